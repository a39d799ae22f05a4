"""The bot's own account: what it costs each rep, and whether its nudges help."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.db.queries.coaching import own_account as queries
from bot.db.queries.entries.totals import Span
from bot.db.queries.ledger.unmoved import keep_unmoved, unmoved
from bot.db.queries.people.identity import find_rep
from bot.db.session import Session
from bot.domain.days.periods import ONE_DAY, Period
from bot.domain.days.zones import instant_in
from bot.domain.ledger.occasions import Payload
from bot.domain.nudging.account import Interaction, RepCost, TimeCost, time_cost
from bot.domain.nudging.nudge_effects import (
    FEWEST_QUIET_DAYS,
    LOOKING_BACK,
    NudgeAccount,
    NudgeDay,
    effect_of,
    judged_at,
    overall,
    unresponsive,
)
from bot.domain.nudging.quiet_days import NUDGES_BEFORE, is_drawn
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.membership import find_member

_NAMED, _RESTED, _TRIAL = "named", "rested", "trial"
_QUIET, _NUDGED = "quiet", "nudged"


def note_interactions(session: Session, seen: Iterable[Interaction]) -> None:
    """Adds to the reps' own days; what others did with the bot isn't counted."""
    by_user: dict[tuple[str, str], list[Interaction]] = {}
    for each in seen:
        by_user.setdefault((each.workspace_id, each.user_id), []).append(each)
    spent: dict[tuple[str, int, date, str], list[float]] = {}
    for (workspace_id, user_id), done in sorted(by_user.items()):
        standing = find_rep(session.connection, workspace_id, user_id)
        who = None if standing is None else find_member(session, standing)
        if who is None:
            continue
        for each in done:
            key = (workspace_id, who.rep.id, who.rep.today(each.at), each.kind.value)
            spent.setdefault(key, []).append(each.seconds)
    queries.add_interactions(session.connection, [_row(*key, took) for key, took in spent.items()])


def rep_costs(
    session: Session, playbook: TeamPlaybook, week: Period, reps: Collection[str]
) -> TimeCost | None:
    """What the median of these reps spent on the bot in a week."""
    ids = [rep.id for rep in playbook.reps if rep.user_id in reps]
    found = queries.costs(session.connection, ids, Span(week.start, week.end))
    return time_cost([found.get(each, RepCost()) for each in ids])


def nudge_account(
    session: Session, playbook: TeamPlaybook, week: Period, now: datetime
) -> NudgeAccount:
    """What became of a week's nudges, and what twelve weeks of them say. Two queries."""
    until = min(now, instant_in(playbook.team.zone, week.end + ONE_DAY, time.max))
    days = nudge_days(session, playbook, until)
    of_week = [day for day in days if week.start <= day.day <= week.end]
    sent = [day for day in of_week if day.sent]
    return NudgeAccount(
        sent=len(sent),
        acted_on=sum(day.was_acted_on for day in sent),
        quiet=len(of_week) - len(sent),
        drawn=sum(not day.sent for day in days),
        effect=effect_of(overall(days)),
    )


def nudge_days(session: Session, playbook: TeamPlaybook, until: datetime) -> list[NudgeDay]:
    """Twelve weeks of nudges, sent or drawn, with what was done on their days."""
    asked = ([rep.id for rep in playbook.reps], until - LOOKING_BACK, until)
    rows = queries.nudge_rows(session.connection, *asked)
    done = queries.done_after(session.connection, *asked) if rows else {}
    return [_nudge_day(row, done.get(row.id, frozenset())) for row in rows]


def resting(session: Session, playbooks: Sequence[TeamPlaybook], now: datetime) -> frozenset[int]:
    """The teams' behaviours that nudges credibly don't move: they are named every other day.

    As it stood when the week began (`judged_at`); reckoned where a plan hasn't kept it yet.
    """
    at = judged_at(now)
    kept = unmoved(session.connection, [each.team.id for each in playbooks], at)
    found = kept | _judged(session, [each for each in playbooks if each.team.id not in kept], at)
    return frozenset(each for team in found.values() for each in team)


def keep_resting(session: Session, playbooks: Sequence[TeamPlaybook], now: datetime) -> None:
    """Reckons it for those of the teams for which the week's isn't kept, and keeps it."""
    at = judged_at(now)
    kept = unmoved(session.connection, [each.team.id for each in playbooks], at)
    missing = [each for each in playbooks if each.team.id not in kept]
    keep_unmoved(session.connection, _judged(session, missing, at), at)


def _judged(
    session: Session, playbooks: Sequence[TeamPlaybook], at: datetime
) -> dict[int, frozenset[int]]:
    """By team id. One query for all, two more for each team in which enough days were drawn."""
    if not playbooks:
        return {}
    people = [rep.id for playbook in playbooks for rep in playbook.reps]
    drawn = queries.quiet_days(session.connection, people, at - LOOKING_BACK, at)
    found: dict[int, frozenset[int]] = {}
    for playbook in playbooks:
        behaviours: frozenset[int] = frozenset()
        if sum(drawn.get(rep.id, 0) for rep in playbook.reps) >= FEWEST_QUIET_DAYS:
            ids = [behaviour.id for behaviour in playbook.behaviours]
            behaviours = unresponsive(nudge_days(session, playbook, at), ids)
        found[playbook.team.id] = behaviours
    return found


def nudge_payload(
    rep: Rep, day: date, named: Sequence[int], rested: Sequence[int], sent_before: int
) -> Payload:
    """What the ledger keeps of a nudge: what it names, what it leaves out, and how it was drawn."""
    payload: dict[str, str | int | list[str]] = {_NAMED: [str(each) for each in named]}
    if rested:
        payload[_RESTED] = [str(each) for each in rested]
    if sent_before >= NUDGES_BEFORE:
        payload[_TRIAL] = _QUIET if is_drawn(rep.user_id, rep.calendar, day) else _NUDGED
    return payload


def is_quiet(payload: Payload) -> bool:
    """Whether this day was drawn to go without the nudge."""
    return payload.get(_TRIAL) == _QUIET


def rested_in(payload: Payload) -> frozenset[int]:
    """What the nudge was planned not to name."""
    return _ids(payload, _RESTED)


def _nudge_day(row: queries.NudgeRow, done: frozenset[int]) -> NudgeDay:
    named = _ids(row.payload, _NAMED)
    in_trial = _TRIAL in row.payload
    return NudgeDay(row.person_id, row.day, row.sent, in_trial, named, done & named)


def _ids(payload: Payload, name: str) -> frozenset[int]:
    listed = payload.get(name)
    return frozenset(map(int, listed)) if isinstance(listed, list) else frozenset()


def _row(
    workspace_id: str, person_id: int, day: date, kind: str, took: Sequence[float]
) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "person_id": person_id,
        "local_date": day,
        "kind": kind,
        "times": len(took),
        "milliseconds": round(sum(took) * 1000),
    }
