"""`pacesetter import activities`: entries from a CSV file."""

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.domain.counts import counted

if TYPE_CHECKING:
    from bot.services.importing import Imported


@click.group("import")
def import_commands() -> None:
    """Brings data in from files."""


@import_commands.command("activities")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def import_activities(file: BinaryIO, dry_run: bool, as_json: bool) -> None:
    """Imports entries from FILE (CSV, UTF-8; - for standard input).

    All rows or none. A row that was imported before is known by its external_id, or without one by
    what it says, so that the same file may come again.
    """
    with _progress(file) as progress:
        came_of_it = _run(file, progress, dry_run=dry_run)
    if as_json:
        click.echo(json.dumps({**asdict(came_of_it), "dry_run": dry_run}))
    else:
        click.echo(_summary(came_of_it, dry_run=dry_run))


def _run(file: BinaryIO, progress: Callable[[int], object], *, dry_run: bool) -> "Imported":
    """Two transactions on one connection: checking takes long and must not lock SQLite's file."""
    from bot.cli.databases import connected
    from bot.clock import SystemClock
    from bot.db.engine import for_writing
    from bot.db.reach import EVERYWHERE, enter
    from bot.db.session import Session
    from bot.files.activities import read_activities
    from bot.services.importing import add_staged, preview, stage
    from bot.settings import load_settings

    with connected(load_settings()) as connection:
        with connection.begin():
            session = Session(enter(connection, EVERYWHERE))
            staged = stage(session, read_activities(file, progress))
            if dry_run:
                return preview(session, staged)
        with for_writing(connection).begin():
            session = Session(enter(connection, EVERYWHERE))
            return add_staged(session, staged, SystemClock().now())


def _summary(came_of_it: "Imported", *, dry_run: bool) -> str:
    verb = "Would import" if dry_run else "Imported"
    there = came_of_it.duplicates
    were = "was" if there == 1 else "were"
    known = f" ({there:,} {were} there already)" if there else ""
    return f"{verb} {counted(came_of_it.imported, 'entry', 'entries')}{known}."


@contextmanager
def _progress(file: BinaryIO) -> Iterator[Callable[[int], object]]:
    """A bar over the file's bytes on a terminal; elsewhere, or for a pipe, nothing."""
    size = _size(file)
    if not size or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=size, label="Reading", file=sys.stderr) as bar:
        yield bar.update


def _size(file: BinaryIO) -> int | None:
    """The bytes of a regular file; None where nobody can know."""
    try:
        about = os.fstat(file.fileno())
    except OSError:
        return None
    return about.st_size if stat.S_ISREG(about.st_mode) else None
