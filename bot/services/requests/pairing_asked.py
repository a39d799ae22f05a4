"""`/coach pair`: who could learn what from whom, for those who lead the team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.queries.coaching.pairings import pairings_since
from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.coaching.diagnosis import READ_WEEKS, evidence_of
from bot.domain.coaching.pairing import Helper, Pairing
from bot.domain.days.periods import Period
from bot.domain.days.zones import local_date_in
from bot.domain.errors import Refusal
from bot.domain.permissions import require_team
from bot.domain.reports.digests import Gap, find_gaps, last_full_week
from bot.domain.reports.what_to_coach import what_matters_first
from bot.domain.teams import TeamPlaybook
from bot.services.membership import actor, find_member, standing
from bot.services.pairings.suggesting import Suggesting
from bot.services.requests.callers import Caller
from bot.services.requests.team_numbers import rep_meant, team_led, teams_seen
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
    """What `/coach pair` shows; `learner` is the rep that was asked about, if any.

    `has_gaps` says whether there was anything to help with.
    """

    playbook: TeamPlaybook
    suggested: tuple[Suggested, ...]
    running: tuple[Pairing, ...]
    learner: str | None
    names: Mapping[str, str]
    has_gaps: bool


def pairs_asked(
    session: Session, caller: Caller, learner: str | None, team: str, now: datetime
) -> PairsAsked:
    """About one rep's gaps of the last full week, or the worst of each rep of a team.

    `team` may be a rep's name, typed and not picked. Raises NotPermitted, Refusal.
    """
    asking = standing(session, caller.workspace_id, caller.user_id)
    learner = learner or _rep_named(session, asking, team)
    if learner is None:
        playbook = team_led(session, asking, team or None)
    else:
        who = find_member(session, standing(session, caller.workspace_id, learner))
        if who is None:
            raise Refusal("Only reps can be paired, and that person is none.")
        playbook = who.playbook
        require_team(actor(asking), playbook.team.id)
    week = last_full_week(playbook.team.zone, now)
    suggesting = _suggesting(session, playbook, week, now)
    gaps = [gap for gap in suggesting.gaps if learner in (None, gap.user_id)]
    return PairsAsked(
        playbook,
        _suggested(suggesting, gaps, each_rep_once=learner is None),
        _running(session, playbook, learner, now),
        learner,
        suggesting.names,
        has_gaps=bool(gaps),
    )


def _rep_named(session: Session, asking: Standing, typed: str) -> str | None:
    """Of a team that the person leads; None where a team is called so, or nobody."""
    seen = teams_seen(session, asking) if typed else []
    if any(each.team.name.casefold().startswith(typed.casefold()) for each in seen):
        return None
    named = rep_meant([rep.person for each in seen for rep in each.present], typed)
    return None if named is None else named.user_id


def _suggesting(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> Suggesting:
    """With the gaps that the week's digest has, in the order in which it would coach them."""
    weeks = weekly_team(session, playbook, week, READ_WEEKS, now)
    evidence = evidence_of(weeks, playbook.behaviours, playbook.results)
    gaps = find_gaps(rep_weeks(session, playbook, week, now), week, evidence)
    return Suggesting(session, playbook, weeks, week, now, what_matters_first(gaps))


def _suggested(
    suggesting: Suggesting, gaps: Sequence[Gap], *, each_rep_once: bool
) -> tuple[Suggested, ...]:
    """The first gaps that somebody can help with, of each rep one or all."""
    found: list[Suggested] = []
    for gap in gaps:
        seen = each_rep_once and gap.user_id in {each.gap.user_id for each in found}
        if seen or len(found) == MOST_SHOWN:
            continue
        if suggesting.running(gap.user_id, gap.progress.indicator) is None:
            able = suggesting.offer(gap, MOST_HELPERS)
            found += [Suggested(gap, able)] if able else []
    return tuple(found)


def _running(
    session: Session, playbook: TeamPlaybook, learner: str | None, now: datetime
) -> tuple[Pairing, ...]:
    """The team's, or those that the rep who was asked about is in."""
    team = playbook.team
    today = local_date_in(team.zone, now)
    found = pairings_since(session.connection, team.workspace_id, team.id, today)
    return tuple(each for each in found if learner in (None, each.learner, each.teacher))
