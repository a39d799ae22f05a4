"""`/coach pair`: who could learn what from whom, for those who lead the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.db.queries.pairings import pairings_since
from bot.db.session import Session
from bot.domain.coaching.diagnosis import READ_WEEKS, evidence_of
from bot.domain.coaching.pairing import Helper, Pairing
from bot.domain.days.zones import local_date_in
from bot.domain.errors import Refusal
from bot.domain.permissions import require_team
from bot.domain.reports.digests import Gap, find_gaps, last_full_week
from bot.domain.teams import TeamPlaybook
from bot.services.membership import actor, find_member, standing
from bot.services.pairings.suggesting import Suggesting
from bot.services.requests.callers import Caller
from bot.services.requests.team_numbers import team_led
from bot.services.weekly_numbers import weekly_team
from bot.services.weeks import rep_weeks

MOST_SHOWN = 6
MOST_HELPERS = 20


@dataclass(frozen=True, slots=True)
class Suggested:
    """A gap, and who could help with it, strongest first."""

    gap: Gap
    helpers: tuple[Helper, ...]


@dataclass(frozen=True, slots=True)
class PairsAsked:
    """What `/coach pair` shows; `learner` is the rep that was asked about, if any."""

    playbook: TeamPlaybook
    suggested: tuple[Suggested, ...]
    running: tuple[Pairing, ...]
    learner: str | None
    names: Mapping[str, str]


def pairs_asked(
    session: Session, caller: Caller, learner: str | None, team: str, now: datetime
) -> PairsAsked:
    """About one rep's gaps of the last full week, or the worst of each rep of a team.

    Raises NotPermitted, Refusal.
    """
    asking = standing(session, caller.workspace_id, caller.user_id)
    if learner is None:
        playbook = team_led(session, asking, team or None)
    else:
        who = find_member(session, standing(session, caller.workspace_id, learner))
        if who is None:
            raise Refusal("Only reps can be paired, and that person is none.")
        playbook = who.playbook
        require_team(actor(asking), playbook.team.id)
    week = last_full_week(playbook.team.zone, now)
    weeks = weekly_team(session, playbook, week, READ_WEEKS, now)
    suggesting = Suggesting(session, playbook, weeks, week, now)
    suggested = _suggested(suggesting, learner)
    today = local_date_in(playbook.team.zone, now)
    team_id = playbook.team.id
    running = pairings_since(session.connection, caller.workspace_id, team_id, today)
    return PairsAsked(playbook, suggested, tuple(running), learner, suggesting.names)


def _suggested(suggesting: Suggesting, learner: str | None) -> tuple[Suggested, ...]:
    """The worst gaps that somebody can help with: of the learner, or one of each rep."""
    playbook, week = suggesting.playbook, suggesting.week
    reps = rep_weeks(suggesting.session, playbook, week, suggesting.now)
    evidence = evidence_of(suggesting.weeks, playbook.behaviours, playbook.results)
    found: list[Suggested] = []
    for gap in find_gaps(reps, week, evidence):
        seen = learner is None and gap.user_id in {each.gap.user_id for each in found}
        if seen or learner not in (None, gap.user_id) or len(found) == MOST_SHOWN:
            continue
        if suggesting.running(gap.user_id, gap.progress.indicator) is None:
            able = tuple(islice(suggesting.for_gap(gap), MOST_HELPERS))
            found += [Suggested(gap, able)] if able else []
    return tuple(found)
