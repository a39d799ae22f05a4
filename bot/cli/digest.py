"""`pacesetter digest`: a manager's week, as JSON or to read."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from bot.cli.coaching_documents import experiment_document, pairing_document
from bot.cli.instants import INSTANT

if TYPE_CHECKING:
    from bot.domain.coaching.deals import DealFacts
    from bot.domain.coaching.links import Link
    from bot.domain.coaching.trends import Trend
    from bot.domain.feats.celebrations import Cheer
    from bot.domain.nudging.account import Cost
    from bot.domain.nudging.nudge_effects import Effect
    from bot.domain.reports.digests import Digest, Gap, TeamResult


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
        playbook = team_named(session, team, workspace)
        with session.of(playbook.team.workspace_id) as theirs:
            digest = digest_of_last_week(theirs, playbook, now)
    if as_json:
        click.echo(json.dumps(as_document(digest), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(digest))


def as_document(digest: "Digest") -> dict[str, Any]:
    """The digest in the form of interface.md."""
    on_target = digest.on_target
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
        "cost": _cost(digest.cost),
        "deals": _deals(digest.deals),
        "links": [_link(each) for each in digest.links],
        "weeks": _weeks(digest.trend),
        "one_to_ones": [
            {"user": each.user_id, "weeks": each.weeks, "ever": each.ever}
            for each in digest.talks.waiting
        ],
        "overdue": [
            {"owner": each.owner, "user": each.rep, "text": each.text, "due": str(each.due_on)}
            for each in digest.talks.overdue
        ],
        "pairings": [pairing_document(each) for each in digest.pairings],
        "experiments": [experiment_document(each) for each in digest.experiments],
    }


def as_text(digest: "Digest") -> str:
    """The digest for people to read on a terminal."""
    from bot.slack.words.digest import Voice, told

    names = {rep.user_id: rep.name for rep in digest.reps}
    voice = Voice(called=lambda user_id: names.get(user_id) or user_id, safe=str)
    reader = "" if digest.manager is None else f", for {digest.manager}"
    lines = [f"{digest.team}, {digest.week.start} to {digest.week.end}{reader}"]
    for part in told(digest, voice):
        lines += ["", part.title, *(f"  {line}" for line in part.lines)]
    return "\n".join(lines)


def _cost(cost: "Cost") -> dict[str, Any]:
    """Seconds and interactions are the median rep's week; the effect is of the last 12 weeks."""
    return {
        "nudges": cost.nudges,
        "posts": cost.posts,
        "entries": cost.entries,
        "acted_on": cost.nudging.acted_on,
        "ignored": max(0, cost.nudging.sent - cost.nudging.acted_on),
        "quiet_days": cost.nudging.quiet,
        "seconds": None if cost.time is None else round(cost.time.seconds, 1),
        "interactions": None if cost.time is None else cost.time.interactions,
        "effect": _effect(cost.nudging.effect),
    }


def _effect(effect: "Effect | None") -> dict[str, Any] | None:
    """Shares of what nudges name that is done that day; None where there is too little data."""
    if effect is None:
        return None
    return {
        "verdict": effect.verdict.value,
        "with_nudge": round(effect.with_nudge, 3),
        "without": round(effect.without, 3),
        "difference": round(effect.difference, 3),
        "low": round(effect.low, 3),
        "high": round(effect.high, 3),
        "quiet_days": effect.quiet_days,
    }


def _weeks(trend: "Trend | None") -> list[dict[str, Any]]:
    """Shares of the weeks' targets that the team reached."""
    if trend is None:
        return []
    pairs = zip(trend.mondays, trend.team, strict=True)
    return [{"week": monday.isoformat(), "reached": round(share, 3)} for monday, share in pairs]


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
    from bot.slack.words.headlines import headline

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
