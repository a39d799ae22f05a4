"""What a button does. What it carries is never trusted: all is checked against who pressed it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from bot.db.queries.entries.one_by_one import find_entry
from bot.db.queries.people.absences import person_named_by
from bot.db.session import Session
from bot.domain.days.zones import local_date_in
from bot.domain.entries import Entry, Origin, Recorded, Undone
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.grammar.requests import LoggedAmount, LogRequest
from bot.domain.indicators import Indicator
from bot.domain.nudging.nudges import gaps
from bot.domain.progress.pace import Progress
from bot.domain.retired import retired_sentence
from bot.domain.teams import TeamPlaybook
from bot.services import time_off
from bot.services.forecasting import with_forecasts
from bot.services.membership import Member, member, rep_standing, standing
from bot.services.own_account import resting
from bot.services.recording import SLACK, recent, record, undo
from bot.services.reminding import Planned, plan_reminder
from bot.services.requests.callers import Caller
from bot.services.requests.log_command import RecentEntries
from bot.services.requests.pace_command import CANCELLED, TimeOff
from bot.services.requests.team_numbers import TeamNumbers, team_numbers
from bot.services.scorecards import progress

_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Why:
    """Which of the behaviours that a nudge named are still behind, and when nudges come.

    `rested` are those of them that nudges don't move: they are named every other day.
    """

    gaps: tuple[Progress, ...]
    nudge_at: time
    rested: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryToEdit:
    """One's own entry (a deal's first row), the team it counts in, and the rep's local date."""

    entry: Entry
    indicators: tuple[Indicator, ...]
    today: date


def log_amount(
    session: Session, caller: Caller, indicator_id: int, amount: str, now: datetime
) -> Recorded:
    """One tap: records exactly this amount for today, once for the caller's key."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    who = member(session, asking)
    indicator = _indicator(who.playbook, indicator_id)
    request = LogRequest((LoggedAmount(indicator, _number(amount)),), who.rep.today(now))
    return record(session, asking, request, Origin(SLACK, caller.key), now)


def plan(
    session: Session, caller: Caller, indicator_id: int, chosen: str, now: datetime
) -> Planned:
    """An if-then plan for today from a time picker ("14:30")."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    indicator = _indicator(member(session, asking).playbook, indicator_id)
    try:
        at = time.fromisoformat(chosen)
    except ValueError:
        raise Refusal("Choose a time of day, like 10:00.") from None
    return plan_reminder(session, asking, indicator, at.replace(tzinfo=None), now)


def undo_entries(session: Session, caller: Caller, ids: Iterable[int], now: datetime) -> Undone:
    """Takes back all the entries of one reply."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    undone = [undo(session, asking, entry_id, now) for entry_id in ids]
    if not undone:
        raise Refusal("That button is too old for me. `/log undo` takes your last entry back.")
    return _together(undone)


def listed(session: Session, caller: Caller, now: datetime) -> RecentEntries:
    """The caller's recent entries."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    today = local_date_in(asking.person.zone, now)
    return RecentEntries(recent(session, asking, now), today)


def entry_to_edit(session: Session, caller: Caller, entry_id: int, now: datetime) -> EntryToEdit:
    """What an edit form starts from. Raises NotPermitted for somebody else's entry."""
    asking = rep_standing(session, caller.workspace_id, caller.user_id)
    who = member(session, asking)
    entry = find_entry(session.connection, caller.workspace_id, entry_id)
    if entry is None:
        raise Refusal("I can't find that entry. `/log list` shows your recent ones.")
    if entry.person_id != who.rep.id:
        raise NotPermitted("Only the person who logged an entry can change it.")
    if entry.undone_at is not None:
        raise Refusal("That entry was taken back or changed already. `/log list` shows the rest.")
    return EntryToEdit(entry, who.playbook.indicators, who.rep.today(now))


def why(session: Session, caller: Caller, ids: Sequence[int], now: datetime) -> Why:
    """The numbers behind a nudge, as they stand now."""
    who = _rep(session, caller)
    named = [each for each in who.playbook.behaviours if each.id in ids]
    scored = progress(session, who.playbook, (who.rep,), named, now)
    forecast = with_forecasts(session, who.playbook, scored, now)
    slow = resting(session, [who.playbook], now)
    rested = tuple(each for each in named if each.id in slow)
    return Why(gaps(forecast.values()), who.rep.nudge_at, rested)


def cancel_time_off(session: Session, caller: Caller, absence_id: int, now: datetime) -> TimeOff:
    """Takes one stretch of time off out again, one's own or a led rep's."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    taken = time_off.cancel(session, asking, absence_id, now)
    user_id = person_named_by(session.connection, caller.workspace_id, taken.person_id)
    today = local_date_in(asking.person.zone, now)
    return TimeOff(user_id, user_id == caller.user_id, today, (taken,), CANCELLED)


def pick_team(session: Session, caller: Caller, team_id: int, now: datetime) -> TeamNumbers:
    """Another of the teams that the caller leads. Raises NotPermitted for any other."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    return team_numbers(session, asking, now, team_id=team_id)


def _rep(session: Session, caller: Caller) -> Member:
    return member(session, rep_standing(session, caller.workspace_id, caller.user_id))


def _indicator(playbook: TeamPlaybook, indicator_id: int) -> Indicator:
    for indicator in playbook.indicators:
        if indicator.id == indicator_id:
            return indicator
    for indicator in playbook.retired:
        if indicator.id == indicator_id:
            raise Refusal(retired_sentence(playbook, indicator))
    raise NotPermitted("That button is of another team. `/log` opens a form with your own.")


def _number(amount: str) -> Decimal:
    """The shown amount; `record` holds it against the limits."""
    try:
        number = Decimal(amount[:_LONGEST_NUMBER])
    except InvalidOperation:
        raise Refusal("That button is too old for me. Type the amount behind `/log`.") from None
    return number


def _together(undone: Sequence[Undone]) -> Undone:
    """Several rows taken back, as one; each indicator with its last, hence right, progress."""
    moved = {each.indicator.id: each for one in undone for each in one.progress}
    return Undone(
        entries=tuple(entry for one in undone for entry in one.entries),
        day=undone[0].day,
        today=undone[0].today,
        progress=tuple(moved.values()),
        repeated=all(one.repeated for one in undone),
    )
