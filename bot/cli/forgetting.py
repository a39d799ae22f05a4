"""`pacesetter forget`: erases a person's or a workspace's data."""

import json
from typing import Final

import click

from bot.domain.counts import counted

_IRREGULAR: Final = {
    "people": ("person", "people"),
    "entries": ("entry", "entries"),
    "deliveries": ("message", "messages"),
    "audit": ("line of the audit log", "lines of the audit log"),
    "time_off": ("stretch of time off", "stretches of time off"),
    "kudos": ("kudos", "kudos"),
    "setups": ("set-up", "set-ups"),
    "one_to_ones": ("one-to-one", "one-to-ones"),
}
"""Tables whose rows aren't called as the table is, with or without an s."""


@click.command("forget")
@click.option("--workspace", metavar="T…", required=True, help="Whose data; all of it, alone.")
@click.option("--user", metavar="U…", help="Only this person's.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def forget_command(workspace: str, user: str | None, yes: bool, as_json: bool) -> None:
    """Erases a person's or a workspace's data for good, after a question.

    What a team had in all stays where four or more people stand behind it, without names. Messages
    that are in Slack already stay there, and so does what backups hold.
    """
    what = f"{user} in {workspace}" if user else f"everything of the workspace {workspace}"
    if not yes:
        click.confirm(f"Erase {what}? This can't be undone.", abort=True, err=True)
    from bot.clock import SystemClock
    from bot.services.forgetting import forget_on_request, forget_workspace
    from bot.settings import load_settings
    from bot.wiring import session_for

    with session_for(load_settings()) as session:
        if user:
            erased = forget_on_request(session, workspace, user, SystemClock().now())
        else:
            erased = forget_workspace(session, workspace)
    if as_json:
        click.echo(json.dumps({"workspace": workspace, "user": user, "erased": dict(erased)}))
    else:
        counts = ", ".join(_counted(name, count) for name, count in erased.items())
        click.echo(f"Erased {what}: {counts}.")


def _counted(table: str, rows: int) -> str:
    words = table.replace("_", " ")
    one, many = _IRREGULAR.get(table, (words.removesuffix("s"), words))
    return counted(rows, one, many)
