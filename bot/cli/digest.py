"""`pacesetter digest`: a manager's week, as JSON or to read."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.instants import INSTANT

if TYPE_CHECKING:
    from bot.domain.celebrations import Cheer
    from bot.domain.deals import DealFacts
    from bot.domain.digests import Digest, Gap, TeamResult
    from bot.domain.links import Link


@click.command("digest")
@click.option("--team", required=True, metavar="NAME", help="The team's name.")
@click.option("--workspace", metavar="T…", help="Needed only where several have such a team.")
@click.option("--at", type=INSTANT, help="As of this instant (now, unless given).")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, for programs.")
def digest_command(team: str, workspace: str | None, at: datetime | None, as_json: bool) -> None:
    """Shows the manager's digest of the last full week before an instant.

    Of a team with several managers, the first one's: their digests differ only where their weeks
    end at different times.
    """
    from bot.clock import SystemClock
    from bot.services.digesting import digest_of_last_week
    from bot.services.naming import team_named
    from bot.settings import load_settings
    from bot.wiring import session_for

    now = at or SystemClock().now()
    with session_for(load_settings()) as session:
        digest = digest_of_last_week(session, team_named(session, team, workspace), now)
    if as_json:
        click.echo(json.dumps(as_document(digest), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(digest))


def as_document(digest: "Digest") -> dict[str, Any]:
    """The digest in the form of interface.md."""
    on_target = digest.on_target
    cost = digest.cost
    return {
        "team": digest.team,
        "manager": digest.manager,
        "period": {"start": digest.week.start.isoformat(), "end": digest.week.end.isoformat()},
        "on_target": {"reps": on_target.reps, "of": on_target.of, "before": on_target.before},
        "results": [_result(each) for each in digest.results],
        "celebrate": [_celebrated(each) for each in digest.celebrate],
        "gaps": [_gap(each) for each in digest.gaps],
        "coach": [
            {
                "user": each.user_id,
                "behaviour": each.behaviour.name,
                "text": each.text,
                "pair_with": each.pair_with,
            }
            for each in digest.coach
        ],
        "silent": list(digest.silent),
        "cost": {"nudges": cost.nudges, "posts": cost.posts, "entries": cost.entries},
        "deals": _deals(digest.deals),
        "links": [_link(each) for each in digest.links],
        "one_to_ones": [
            {"user": each.user_id, "weeks": each.weeks, "ever": each.ever}
            for each in digest.talks.waiting
        ],
        "overdue": [
            {"owner": each.owner, "user": each.rep, "text": each.text, "due": str(each.due_on)}
            for each in digest.talks.overdue
        ],
    }


def as_text(digest: "Digest") -> str:
    """The digest for people to read on a terminal."""
    from bot.slack.digest_words import Voice, told

    names = {rep.user_id: rep.name for rep in digest.reps}
    voice = Voice(called=lambda user_id: names.get(user_id) or user_id, safe=str)
    reader = "" if digest.manager is None else f", for {digest.manager}"
    lines = [f"{digest.team}, {digest.week.start} to {digest.week.end}{reader}"]
    for part in told(digest, voice):
        lines += ["", part.title, *(f"  {line}" for line in part.lines)]
    return "\n".join(lines)


def _deals(deals: "DealFacts | None") -> dict[str, Any] | None:
    """Counts only: shares follow from them."""
    if deals is None:
        return None
    counts = {outcome.value: share.count for outcome, share in deals.shares.items()}
    reasons = [{"reason": each.weakness.value, "count": each.count} for each in deals.reasons]
    others = [{"reason": reason, "count": count} for reason, count in deals.others]
    return {"weeks": deals.weeks, **counts, "reasons": [*reasons, *others]}


def _link(link: "Link") -> dict[str, Any]:
    return {
        "behaviour": link.behaviour.name,
        "leads_to": link.leads_to.name,
        "verdict": link.verdict.value,
        "lag_weeks": link.lag,
        "correlation": round(link.correlation, 3),
        "low": round(link.low, 3),
        "high": round(link.high, 3),
        "weeks": link.weeks,
    }


def _result(result: "TeamResult") -> dict[str, Any]:
    from bot.cli.printing import number

    period = result.period
    return {
        "name": result.indicator.name,
        "unit": result.indicator.unit.name,
        "period": {
            "kind": period.kind.value,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        },
        "target": number(result.target),
        "actual": number(result.actual),
        "attainment": number(result.attainment),
    }


def _celebrated(cheer: "Cheer") -> dict[str, Any]:
    from bot.slack.headlines import headline

    milestone = cheer.milestone
    return {
        "user": milestone.user_id,
        "kind": milestone.kind.value,
        "behaviour": None if milestone.indicator is None else milestone.indicator.name,
        "text": headline(cheer),
    }


def _gap(gap: "Gap") -> dict[str, Any]:
    from bot.cli.printing import number

    progress = gap.progress
    return {
        "user": gap.user_id,
        "behaviour": progress.indicator.name,
        "target": number(progress.target),
        "actual": number(progress.actual),
        "attainment": number(progress.attainment),
        "diagnosis": gap.diagnosis.value,
        "reason": gap.reason,
    }
