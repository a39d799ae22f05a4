"""`pacesetter tick`: everything due at an instant, planned, sent, and done."""

import asyncio
import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli.instants import INSTANT

if TYPE_CHECKING:
    from bot.settings import Settings
    from jobs.tick import Outcome

_WIDEST = 100


@click.command("tick")
@click.option("--at", type=INSTANT, metavar="INSTANT", help="Now, unless given.")
@click.option("--dry-run", is_flag=True, help="Change nothing; list what would go out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def tick_command(at: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Plans and sends everything due at an instant, and ends.

    May be run as often as you like, also beside `pacesetter run`: nothing goes out twice.
    """
    from bot.logs import set_up_logging
    from bot.settings import load_settings, needed_for_sending
    from jobs.tick import PlanningBroke

    settings = load_settings() if dry_run else load_settings(needed_for_sending)
    level = "warning" if settings.log_level == "info" else settings.log_level
    set_up_logging(level, settings.log_format)
    try:
        outcomes = asyncio.run(_ticked(settings, at, dry_run=dry_run))
    except PlanningBroke as broken:
        _show(broken.outcomes, dry_run=dry_run, as_json=as_json)
        raise
    _show(outcomes, dry_run=dry_run, as_json=as_json)


def _show(outcomes: "list[Outcome]", *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_document(each) for each in outcomes], ensure_ascii=False, indent=2))
    else:
        _tell(outcomes, dry_run=dry_run)


async def _ticked(settings: "Settings", at: datetime | None, *, dry_run: bool) -> "list[Outcome]":
    from bot.wiring import prepare_database, wired
    from jobs import tick
    from jobs.writers import all_writers

    await asyncio.to_thread(prepare_database, settings.database_url)
    async with wired(settings) as bot:
        instant = at or bot.clock.now()
        if dry_run:
            return await tick.dry_run(instant, bot, all_writers())
        return await tick.tick(instant, bot, all_writers())


def _document(outcome: "Outcome") -> dict[str, object]:
    document: dict[str, object] = {
        "key": outcome.key,
        "kind": outcome.kind,
        "workspace": outcome.workspace,
        "recipient": outcome.recipient,
        "due_at": outcome.due_at.isoformat(),
        "text": outcome.text,
        "behaviours": list(outcome.behaviours),
    }
    if outcome.state is not None:
        document["state"] = outcome.state
    return document


def _tell(outcomes: "list[Outcome]", *, dry_run: bool) -> None:
    for outcome in outcomes:
        line = f"{outcome.state or 'due'}  {outcome.key}  {outcome.recipient}  "
        text = " ".join(outcome.text.split())
        room = max(20, _WIDEST - len(line))
        click.echo(line + (text if len(text) <= room else text[: room - 1] + "…"))
    if not outcomes:
        click.echo("Nothing would go out." if dry_run else "Nothing was due.")
