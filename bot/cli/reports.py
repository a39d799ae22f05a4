"""`pacesetter scorecard`: a rep's numbers, or a whole team's."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli.instants import INSTANT

if TYPE_CHECKING:
    from bot.db.session import Session
    from bot.domain.progress.scorecards import Scorecard


@click.command("scorecard")
@click.option("--user", metavar="U…", help="A rep's Slack user id.")
@click.option("--team", metavar="NAME", help="A team's name: all its reps, as a list.")
@click.option("--workspace", metavar="T…", help="Needed only where several have such a one.")
@click.option("--at", type=INSTANT, help="As of this instant (now, unless given).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def scorecard_command(
    user: str | None, team: str | None, workspace: str | None, at: datetime | None, as_json: bool
) -> None:
    """Shows a rep's numbers as /pace shows them; a team's as a list."""
    if (user is None) == (team is None):
        raise click.UsageError("Say whose: either --user U… or --team NAME.")
    from bot.clock import SystemClock
    from bot.settings import load_settings
    from bot.wiring import session_for

    now = at or SystemClock().now()
    with session_for(load_settings()) as session:
        scorecards = _scorecards(session, user, team, workspace, now)
    _print(scorecards, as_list=user is None, as_json=as_json)


def _scorecards(
    session: "Session", user: str | None, team: str | None, workspace: str | None, now: datetime
) -> "tuple[Scorecard, ...]":
    from bot.services.naming import rep_named, team_named
    from bot.services.scorecards import scorecard, team_scorecards

    if user is not None:
        who = rep_named(session, user, workspace)
        with session.of(who.playbook.team.workspace_id) as theirs:
            return (scorecard(theirs, who.playbook, who.rep, now),)
    playbook = team_named(session, team or "", workspace)
    with session.of(playbook.team.workspace_id) as theirs:
        return team_scorecards(theirs, playbook, now)


def _print(scorecards: "tuple[Scorecard, ...]", *, as_list: bool, as_json: bool) -> None:
    from bot.cli.printing import as_document, as_text

    if not as_json:
        text = "\n\n".join(map(as_text, scorecards))
        click.echo(text or "The team has no reps yet.")
        return
    documents = [as_document(each) for each in scorecards]
    click.echo(json.dumps(documents if as_list else documents[0], ensure_ascii=False, indent=2))
