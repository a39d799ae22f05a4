"""The PostgreSQL that is moved into: empty before, whole after, or as if nothing had been."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.db.engine import make_engine
from bot.db.migrate import LATEST, current_revision, upgrade
from bot.db.moving.checksums import Checksum, checksum_sql
from bot.db.moving.columns import copied
from bot.db.reach import EVERYWHERE, enter
from bot.db.tables import metadata
from bot.domain.errors import Refusal

_NOT_EMPTY = "The database to move into isn't empty ({}): make a new one. Nothing was changed."


class Target:
    """The new database, in one transaction that keeps everybody else from its tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw: Any = connection.connection.driver_connection

    def copy(self, table: Table, batches: Iterable[Sequence[Sequence[Any]]]) -> None:
        """Writes the rows, which are as SQLite gives them, by one COPY.

        Raises `Refusal` for a value that PostgreSQL can't hold.
        """
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        forms = [copied(column) for column in table.columns]
        driver = self._connection.dialect.loaded_dbapi
        try:
            with self._raw.cursor().copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
                for batch in batches:
                    for row in batch:
                        copy.write_row(
                            [
                                None if value is None else form(value)
                                for form, value in zip(forms, row, strict=True)
                            ]
                        )
        except driver.DataError as error:
            # Its details would quote the value, which may be somebody's note.
            why = (error.diag.message_primary or str(error)).partition(":")[0]
            raise Refusal(
                f"PostgreSQL can't hold a value in {table.name} ({why}). Nothing was moved."
            ) from None

    def number_on(self, table: Table) -> None:
        """Sets the table's sequence behind its largest id."""
        if table.autoincrement_column is None:
            return
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        largest = f'(SELECT max(id) FROM "{table.name}")'
        self._connection.execute(
            text(f"SELECT setval({sequence}, {largest}) WHERE {largest} IS NOT NULL")
        )

    def checksum(self, table: Table) -> Checksum:
        """The rows that are stored, as PostgreSQL itself counts and sums them."""
        rows, total = self._connection.exec_driver_sql(checksum_sql(table)).one()
        return Checksum(rows, int(total))

    def analyse(self) -> None:
        """Tells PostgreSQL's planner how much there is, before the first query asks."""
        self._connection.exec_driver_sql("ANALYZE")


@contextmanager
def empty_target(url: str) -> Iterator[Target]:
    """The database, migrated; committed at the end of the block, rolled back where it raises.

    Raises `Refusal` where it can't be reached or has anything in it.
    """
    engine = make_engine(url)
    try:
        _refuse_what_is_not_ours(engine)
        upgrade(url)
        with engine.begin() as connection:
            _lock_while_empty(enter(connection, EVERYWHERE))
            _let_the_owner(connection, "NO FORCE")
            yield Target(connection)
            _let_the_owner(connection, "FORCE")
    finally:
        engine.dispose()


def _let_the_owner(connection: Connection, force: str) -> None:
    """PostgreSQL takes no COPY into a table whose policies hold for whoever copies."""
    for table in metadata.sorted_tables:
        connection.exec_driver_sql(f'ALTER TABLE "{table.name}" {force} ROW LEVEL SECURITY')


def _refuse_what_is_not_ours(engine: Engine) -> None:
    """Before anything is migrated: a database with somebody else's tables stays as it is."""
    try:
        revision = current_revision(engine)
        tables = inspect(engine).get_table_names()
    except DBAPIError as error:
        detail = str(error.orig).strip().partition("\n")[0]
        raise Refusal(f"The database to move into can't be opened: {detail}.") from error
    if revision is None and tables:
        raise Refusal(_NOT_EMPTY.format(f"it has a table {tables[0]}"))
    if revision is not None and revision > LATEST:
        raise Refusal("The database to move into has a newer schema than this version knows.")


def _lock_while_empty(connection: Connection) -> None:
    tables = [table.name for table in metadata.sorted_tables]
    everything = ", ".join(f'"{name}"' for name in tables)
    connection.exec_driver_sql(f"LOCK TABLE {everything} IN ACCESS EXCLUSIVE MODE")
    for name in tables:
        if connection.exec_driver_sql(f'SELECT 1 FROM "{name}" LIMIT 1').first():
            raise Refusal(_NOT_EMPTY.format(f"there are rows in {name}"))
