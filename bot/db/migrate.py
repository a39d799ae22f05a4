"""Brings a database to a schema, and tells how far it is."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

import migrations
from bot.db.engine import for_writing, make_engine
from bot.db.reach import EVERYWHERE, enter

if TYPE_CHECKING:
    from alembic.config import Config

LATEST = "0014"
"""The schema that this code works with; a test holds it against `migrations/versions`."""

_MIGRATION_LOCK = 0x70616365  # "pace": one migration at a time on PostgreSQL


def upgrade(url: str, revision: str = "head") -> str | None:
    """Migrates forward, all or nothing; returns the revision from which.

    Where several migrate at once the first does it, and the others return what it made.
    """
    return _migrate(url, "upgrade", revision)


def downgrade(url: str, revision: str) -> None:
    """Migrates back to an earlier schema; "base" is an empty database."""
    _migrate(url, "downgrade", revision)


def current_revision(engine: Engine) -> str | None:
    """The schema's revision, None where nothing was ever migrated.

    Read without alembic, which costs 10 MB of memory that a running bot has no other use for.
    """
    with engine.connect() as connection:
        return _revision_of(connection)


def _revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _migrate(url: str, direction: str, revision: str) -> str | None:
    from alembic import command  # noqa: PLC0415  see current_revision

    engine = make_engine(url, busy_timeout=30.0)
    try:
        with engine.connect() as connection:
            _lift_references(connection)
            with for_writing(connection).begin():
                _prepare(enter(connection, EVERYWHERE))
                before = _revision_of(connection)
                getattr(command, direction)(_configuration(connection), revision)
                _check_references(connection)
        return before
    finally:
        engine.dispose()


def _lift_references(connection: Connection) -> None:
    """SQLite alters a table by making it anew; meanwhile, references to its rows hang in the air.

    They can be lifted outside a transaction only; the driver doesn't begin one, SQLAlchemy would.
    """
    raw = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and raw is not None:
        raw.execute("PRAGMA foreign_keys = OFF")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            tables = ", ".join(sorted({row[0] for row in orphans}))
            raise RuntimeError(f"foreign keys without a row, from {tables}; nothing was migrated")


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def _configuration(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  see current_revision

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(migrations.__file__).parent))
    configuration.attributes["connection"] = connection
    return configuration
