"""`/pace` as a use case: from the words behind it to what is shown or changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.days.absences import Absence
from bot.domain.days.calendar import DateRange
from bot.domain.days.zones import local_date_in
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.grammar.log import ShowHelp, is_help, parse_log
from bot.domain.grammar.mentions import named_person
from bot.domain.grammar.names import joined, names_of
from bot.domain.grammar.pace import (
    Away,
    AwayOff,
    PaceCommand,
    ShowBoard,
    ShowNext,
    ShowScorecard,
    ShowTeam,
    Snooze,
    SnoozeOff,
    parse_pace,
)
from bot.domain.grammar.plans import Plan
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import LoggedAmount, written_entry
from bot.domain.grammar.words import from_slack, line, to_slack
from bot.domain.nudging.plans_kept import PlansKept
from bot.domain.permissions import may_see_rep
from bot.domain.progress.scorecards import Scorecard
from bot.domain.talks.one_to_ones import Commitment
from bot.services import snoozing, time_off
from bot.services.agreements import open_commitments
from bot.services.leaderboards import Board, board_asked
from bot.services.membership import actor, member, rep_standing, standing
from bot.services.plans_kept import kept_by
from bot.services.reminding import Planned, plan_reminder
from bot.services.requests.callers import Caller
from bot.services.requests.helping import HelpWanted, help_wanted
from bot.services.requests.team_numbers import TeamNumbers, team_numbers
from bot.services.scorecards import scorecard

_CHANGES: Final = frozenset({"snooze", "away", "plan"})


@dataclass(frozen=True, slots=True)
class ShownScorecard:
    """A scorecard; `own` where the rep looks at it, who alone gets the rest to see."""

    scorecard: Scorecard
    own: bool
    commitments: tuple[Commitment, ...] = ()
    plans: PlansKept | None = None


@dataclass(frozen=True, slots=True)
class ShownNext:
    """The scorecard out of which the one next thing is chosen."""

    scorecard: Scorecard


@dataclass(frozen=True, slots=True)
class Snoozed:
    """Quiet until the local date `until`, or none any more."""

    until: date | None
    today: date


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Time off of `user_id`: what was entered, cancelled or (neither) is listed."""

    user_id: str
    own: bool
    today: date
    absences: tuple[Absence, ...]
    change: str = ""


PaceOutcome = (
    ShownScorecard | ShownNext | TeamNumbers | Board | Snoozed | TimeOff | Planned | HelpWanted
)
ENTERED: Final = "entered"
CANCELLED: Final = "cancelled"


def changes_something(text: str) -> bool:
    """Whether `/pace` with this text writes; looking alone needs no place in the queue."""
    _, rest = named_person(text)
    first = rest.split(maxsplit=1)
    return bool(first) and first[0].casefold() in _CHANGES


def pace_command(session: Session, caller: Caller, text: str, now: datetime) -> PaceOutcome:
    """Does what `/pace` with this text asks for. Raises Refusal."""
    user, rest = named_person(text)
    if is_help(rest):
        return help_wanted(session, caller)
    asking = standing(session, caller.workspace_id, caller.user_id)
    if from_slack(rest).casefold().split() in (["away"], ["away", "list"]):
        return list_time_off(session, asking, user or caller.user_id, now)
    command = parse_pace(text, local_date_in(asking.person.zone, now))
    return _done(session, asking, command, now) or help_wanted(session, caller)


def _done(
    session: Session, asking: Standing, command: PaceCommand, now: datetime
) -> PaceOutcome | None:
    """None where the command only asks for help."""
    match command:
        case ShowScorecard() | ShowNext() | ShowTeam():
            return _shown(session, asking, command, now)
        case ShowBoard():
            return board_asked(session, asking, now)
        case Snooze() | SnoozeOff():
            return _quiet(session, asking, command, now)
        case Away() | AwayOff():
            return _off(session, asking, command, now)
        case Plan():
            return _planned(session, asking, command, now)
        case ShowHelp():
            return None


def _shown(
    session: Session, asking: Standing, command: ShowScorecard | ShowNext | ShowTeam, now: datetime
) -> PaceOutcome:
    if isinstance(command, ShowTeam):
        return team_numbers(session, asking, now, name=command.name)
    if isinstance(command, ShowScorecard) and command.user not in {None, asking.person.user_id}:
        return ShownScorecard(_reps_card(session, asking, str(command.user), now), own=False)
    who = member(session, asking)
    card = scorecard(session, who.playbook, who.rep, now)
    if isinstance(command, ShowNext):
        return ShownNext(card)
    agreed, plans = open_commitments(session, who.rep), kept_by(session, who.rep, now)
    return ShownScorecard(card, own=True, commitments=agreed, plans=plans)


def _reps_card(session: Session, asking: Standing, user_id: str, now: datetime) -> Scorecard:
    subject = rep_standing(session, asking.person.workspace_id, user_id)
    team_id = subject.team.team_id if subject.team else None
    if not may_see_rep(actor(asking), subject.person.id, team_id):
        raise NotPermitted("A rep's numbers are for the rep and the rep's manager alone.")
    who = member(session, subject)
    return scorecard(session, who.playbook, who.rep, now)


def _quiet(
    session: Session, asking: Standing, command: Snooze | SnoozeOff, now: datetime
) -> Snoozed:
    today = local_date_in(asking.person.zone, now)
    if isinstance(command, SnoozeOff):
        snoozing.resume(session, asking)
        return Snoozed(None, today)
    snoozing.snooze_until(session, asking, command.resumes_on, now)
    return Snoozed(command.resumes_on, today)


def _off(session: Session, asking: Standing, command: Away | AwayOff, now: datetime) -> TimeOff:
    user_id = command.user or asking.person.user_id
    if isinstance(command, AwayOff):
        return _cancel_time_off(session, asking, user_id, command, now)
    days = DateRange(command.first, command.last)
    added = time_off.add(session, asking, user_id, days, now)
    return _time_off(asking, user_id, (added,), now, ENTERED)


def list_time_off(session: Session, asking: Standing, user_id: str, now: datetime) -> TimeOff:
    """What is entered for the person and isn't over. Raises NotPermitted."""
    listed = time_off.listed(session, asking, user_id, now)
    return _time_off(asking, user_id, listed, now)


def _cancel_time_off(
    session: Session, asking: Standing, user_id: str, command: AwayOff, now: datetime
) -> TimeOff:
    """What overlaps the given days, else all that isn't over."""
    listed = time_off.listed(session, asking, user_id, now)
    first, last = command.first or date.min, command.last or date.max
    meant = [each for each in listed if each.days.start <= last and each.days.end >= first]
    taken = tuple(time_off.cancel(session, asking, each.id, now) for each in meant)
    return _time_off(asking, user_id, taken, now, CANCELLED)


def _time_off(
    asking: Standing, user_id: str, found: tuple[Absence, ...], now: datetime, change: str = ""
) -> TimeOff:
    today = local_date_in(asking.person.zone, now)
    return TimeOff(user_id, user_id == asking.person.user_id, today, found, change)


def _planned(session: Session, asking: Standing, command: Plan, now: datetime) -> Planned:
    """The behaviour by its name alone, or as one would log it ("5 calls")."""
    who = member(session, asking)
    behaviours = who.playbook.behaviours
    named = names_of(behaviours).find(joined(line(command.what).tokens)).only
    if named is not None:
        return plan_reminder(session, asking, named, command.at, now, command.day)
    today = who.rep.today(now)
    try:
        entries = parse_log(to_slack(command.what), behaviours, today).entries
    except NotUnderstood as puzzled:
        raise Refusal(puzzled.sentence) from puzzled
    if len(entries) > 1:
        raise Refusal(_one_after_the_other(command, entries, today))
    [entry] = entries
    return plan_reminder(
        session, asking, entry.indicator, command.at, now, command.day, entry.quantity
    )


def _one_after_the_other(command: Plan, entries: Sequence[LoggedAmount], today: date) -> str:
    """A plan is of one behaviour, as its reminder has one button: what to type for each."""
    when = f"{command.at:%H:%M}" if command.day == today else f"{command.day} {command.at:%H:%M}"
    lines = [f"/pace plan {when} {written_entry(each)}" for each in entries]
    return f"One plan is for one behaviour. Type {', then '.join(lines)}."
