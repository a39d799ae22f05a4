"""What a set-up begins with, and how to see whether the team is still what it was then."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b
from secrets import token_hex

from bot.db.queries.people.identity import find_standing
from bot.db.session import Session
from bot.domain.days.countries import likely_holidays
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.domain.setups.drafts import Draft, Met, Times, places
from bot.domain.setups.planning import as_drafted
from bot.services.requests.callers import Caller


def first_draft(
    session: Session, caller: Caller, playbook: Playbook, team: TeamPlan | None
) -> Draft:
    """What a new set-up says before anybody has said anything: a new team's, or `team`'s own."""
    nonce = token_hex(8)
    if team is None:
        found = find_standing(session.connection, caller.workspace_id, caller.user_id)
        zone = found.person.zone.key if found else playbook.timezone
        times = Times(timezone=zone, holidays=likely_holidays(zone))
        return Draft(nonce, managers=(caller.user_id,), times=times)
    draft = Draft(
        nonce=nonce,
        name=team.name,
        results=as_drafted(team),
        reps=tuple(rep.user for rep in team.reps),
        managers=team.managers,
        channel=team.channel,
        times=_times(team),
        people=_met(session, caller, team),
        team=team.name,
        seen=fingerprint(team),
    )
    return replace(draft, place=places(draft)[0])


def _times(team: TeamPlan) -> Times:
    return Times(
        nudge_at=f"{team.nudge_at:%H:%M}",
        day_ends_at=f"{team.day_ends_at:%H:%M}",
        digest_day=str(team.digest_at.weekday),
        digest_at=f"{team.digest_at.time:%H:%M}",
        workdays=tuple(str(day) for day in sorted(team.workdays)),
        holidays=team.holidays or "",
        timezone=team.timezone or "",
    )


def _met(session: Session, caller: Caller, team: TeamPlan) -> Mapping[str, Met]:
    """Those of the team as we know them already."""
    users = {*team.managers, *(rep.user for rep in team.reps)}
    found = (find_standing(session.connection, caller.workspace_id, user) for user in users)
    return {
        each.person.user_id: Met(each.person.name, each.person.zone.key) for each in found if each
    }


def fingerprint(plan: TeamPlan) -> str:
    """What a set-up shows of a team, so that a change made meanwhile is seen."""
    shown = (
        plan.name,
        plan.channel,
        plan.managers,
        [rep.user for rep in plan.reps],
        plan.results,
        (plan.nudge_at, plan.day_ends_at, plan.digest_at, sorted(plan.workdays)),
        (plan.holidays, plan.timezone),
    )
    return blake2b(repr(shown).encode(), digest_size=12).hexdigest()
