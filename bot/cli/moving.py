"""`pacesetter move`: from SQLite into PostgreSQL, everything or nothing."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot.domain.errors import NotSaved, Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from bot.db.moving.move import Moved


@click.command("move")
@click.option("--to", "to", metavar="URL", help="The empty PostgreSQL: postgresql://…")
@click.option("--reopen", is_flag=True, help="Make a file that was moved usable again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def move_command(to: str | None, reopen: bool, as_json: bool) -> None:
    """Copies the installation of DATABASE_URL (SQLite) into an empty PostgreSQL.

    Verified by counts and checksums, all or nothing. Stop the bot first. The file stays as it is,
    marked so that nothing starts on it by accident.
    """
    if reopen == (to is not None):
        raise click.UsageError("Say either --to URL or --reopen.")
    path = _source()
    if to is None:
        was_moved = _reopen(path)
        told = f"{path} is open again." if was_moved else f"{path} was open: it was never moved."
        document = {"reopened": str(path), "was_moved": was_moved}
        click.echo(json.dumps(document) if as_json else told)
        return
    where = _target(to)
    moved = _moved(path, to)
    click.echo(_document(moved, where) if as_json else _told(moved, where, path))


def _source() -> "Path":
    from bot.db.engine import database_address
    from bot.db.moving.source import path_of
    from bot.settings import load_settings

    url = load_settings().database_url
    if database_address(url).get_backend_name() != "sqlite":
        raise Refusal("There is nothing to move: DATABASE_URL names a PostgreSQL already.")
    return path_of(url)


def _target(url: str) -> str:
    """The address as it may be shown, without its password."""
    from sqlalchemy.exc import ArgumentError

    from bot.db.engine import database_address

    try:
        address = database_address(url)
    except (ArgumentError, ValueError):  # whose text may quote a password
        address = None
    if address is None or address.get_backend_name() != "postgresql" or not address.database:
        raise click.BadParameter(
            "must be an address like postgresql://user:password@host/database", param_hint="--to"
        )
    shown = address.set(drivername="postgresql", query={})
    return shown.render_as_string(hide_password=True)


def _moved(path: "Path", url: str) -> "Moved":
    from sqlalchemy.exc import OperationalError

    from bot.db.failures import missing_rights_told
    from bot.db.moving.move import moving
    from bot.wiring import prepare_database

    prepare_database(f"sqlite:///{path}")  # an older file gets this version's tables first
    try:
        with (
            missing_rights_told(),
            moving(path, url) as move,
            _progress(move.rows()) as progress,
        ):
            return move.run(progress)
    except OperationalError as error:
        raise NotSaved from error


def _reopen(path: "Path") -> bool:
    """Whether there was anything to undo."""
    from bot.db.moving.source import exclusive

    with exclusive(path) as source:
        was_moved = source.has_moved
        source.mark(moved=False)
    return was_moved


@contextmanager
def _progress(rows: int) -> Iterator[Callable[[int], object]]:
    """A bar over the rows on a terminal; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=rows, label="Moving", file=sys.stderr) as bar:
        yield bar.update


def _document(moved: "Moved", where: str) -> str:
    tables = {
        name: {"rows": each.rows, "checksum": str(each)} for name, each in moved.tables.items()
    }
    return json.dumps({"to": where, "rows": moved.rows, "tables": tables})


def _told(moved: "Moved", where: str, path: "Path") -> str:
    return (
        f"Moved {moved.rows:,} rows of {len(moved.tables)} tables to {where}, and checked each "
        f"table. Now set DATABASE_URL to that address and start the bot. {path} is as it was, "
        "and marked: no bot starts on it."
    )
