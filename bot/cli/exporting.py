"""`pacesetter export`: what is recorded, streamed to standard output."""

import os
import sys
from datetime import date, datetime
from io import TextIOWrapper

import click

_DATE = click.DateTime(["%Y-%m-%d"])
_WHAT = click.Choice(["activities", "results", "milestones", "deliveries", "audit"])


@click.command("export")
@click.argument("what", type=_WHAT)
@click.option("--workspace", "workspaces", metavar="T…", multiple=True, help="Of all, otherwise.")
@click.option("--since", type=_DATE, metavar="D", help="From this local date on, 2026-11-20.")
@click.option("--until", type=_DATE, metavar="D", help="Up to this local date, included.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def export_command(
    what: str,
    workspaces: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    form: str,
    as_json: bool,
) -> None:
    """Writes WHAT to standard output, a row at a time.

    An export of activities can be imported again, here (it adds nothing) or elsewhere.
    """
    try:
        _stream(what, workspaces, _day(since), _day(until), as_json=as_json or form == "json")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`). What is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stream(
    what: str,
    workspaces: tuple[str, ...],
    since: date | None,
    until: date | None,
    *,
    as_json: bool,
) -> None:
    from bot.cli.databases import connected
    from bot.db.reach import EVERYWHERE, enter
    from bot.db.session import Session
    from bot.files.tables import write_csv, write_json
    from bot.services.exporting import COLUMNS, What, exported
    from bot.settings import load_settings

    wanted = What(what)
    out = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    with connected(load_settings()) as connection, connection.begin():
        rows = exported(Session(enter(connection, EVERYWHERE)), wanted, workspaces, since, until)
        if as_json:
            write_json(out, COLUMNS[wanted], rows)
        else:
            write_csv(out, COLUMNS[wanted], rows)
    out.detach()  # which writes the rest out, and leaves standard output open


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
