"""Who is nudged today, and about what (design §2.5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import ONE_DAY, days_between
from bot.domain.ledger.occasions import nudge_key
from bot.domain.nudging.plans_kept import PlansKept
from bot.domain.progress.pace import Progress, Status
from bot.domain.quantities import ZERO
from bot.domain.teams import Rep, Team

MOST_BEHAVIOURS = 3
"""One nudge names at most three behaviours (method.md, evidence on nudges)."""
IGNORED_BEFORE_EVERY_SECOND = 3
IGNORED_BEFORE_WEEKLY = 6
_A_WEEK = timedelta(days=7)
_UNKNOWN_FORECAST = 0.5


@dataclass(frozen=True, slots=True)
class NudgeHistory:
    """The local dates of the nudges that reached a rep, newest first, and of the last sign of life.

    `last_active_on` is the latest date that an entry is for, or on which one came in.
    """

    sent_on: Sequence[date] = ()
    last_active_on: date | None = None

    @property
    def ignored(self) -> int:
        """Nudges in a row, up to the last one, without an entry on their day or later."""
        return sum(1 for day in self.sent_on if day > (self.last_active_on or date.min))


@dataclass(frozen=True, slots=True)
class NudgeFacts:
    """What a nudge says: the behaviours that are behind, worst first, never a result; and how the
    rep's last if-then plans went."""

    user_id: str
    day: date
    gaps: tuple[Progress, ...]
    nudge_at: str
    team: str
    plans: PlansKept | None = None


@dataclass(frozen=True, slots=True)
class NudgeMoment:
    """The nudge that a rep may get on a local date: from `due` on, until `expires`."""

    rep: Rep
    day: date
    due: datetime
    expires: datetime

    @property
    def key(self) -> str:
        return nudge_key(self.rep.user_id, self.day)


def nudge_moment(rep: Rep, team: Team, now: datetime) -> NudgeMoment | None:
    """The nudge of the rep's local date of `now`, whatever there is to say.

    None where it isn't time yet, where the rep is away or wants quiet, and where the team was set
    up after it had fallen due.
    """
    day = rep.today(now)
    if not rep.calendar.is_available(day):
        return None
    due, expires = nudge_instants(rep, team, day)
    if due > now or team.was_set_up_between(due, now) or wants_quiet(rep, due):
        return None
    return NudgeMoment(rep, day, due, expires)


def nudge_instants(rep: Rep, team: Team, day: date) -> tuple[datetime, datetime]:
    """When the rep's nudge of a local date is due, and until when it is still worth sending.

    The latter is the end of the team's day in the rep's zone; a rep who chose a nudge time after
    that has until midnight.
    """
    due = rep.calendar.instant_of(day, rep.nudge_at)
    ends = rep.calendar.instant_of(day, team.day_ends_at)
    if ends <= due:
        ends = rep.calendar.instant_of(day + ONE_DAY, datetime.min.time())
    return due, ends


def wants_quiet(rep: Rep, at: datetime) -> bool:
    """Whether the rep has asked not to be nudged at that instant, or on that weekday ever."""
    if rep.today(at).weekday() in rep.quiet_weekdays:
        return True
    return rep.paused or (rep.snoozed_until is not None and rep.snoozed_until > at)


def is_resting(history: NudgeHistory, calendar: RepCalendar, today: date) -> bool:
    """Whether ignored nudges have thinned out so far that today has none.

    After 3 in a row every second workday, after 3 more weekly; any entry restores daily.
    """
    ignored = history.ignored
    if ignored < IGNORED_BEFORE_EVERY_SECOND:
        return False
    last = history.sent_on[0]
    if ignored >= IGNORED_BEFORE_WEEKLY:
        return today - last < _A_WEEK
    return _workdays_after(last, today, calendar) < 2


def gaps(progress: Iterable[Progress]) -> tuple[Progress, ...]:
    """The behaviours to name, worst first: behind, and with today's ask not met yet."""
    return all_gaps(progress)[:MOST_BEHAVIOURS]


def all_gaps(progress: Iterable[Progress]) -> tuple[Progress, ...]:
    """The same without a limit."""
    behind = [one for one in progress if one.status is Status.BEHIND and not is_done_today(one)]
    return tuple(sorted(behind, key=_urgency))


def is_done_today(progress: Progress) -> bool:
    """Whether the rep has logged today what the day asked for this morning."""
    return progress.today_actual >= progress.ask_this_morning


def shortfall(progress: Progress) -> Decimal:
    """What is missing by now, as a share of what the period is to bring: its cost to the result."""
    if progress.target is None:
        return ZERO
    return (progress.expected - progress.actual) / progress.target


def cost_at_risk(progress: Progress) -> float:
    """What the shortfall costs × how likely the target is missed; even where nobody knows."""
    return float(shortfall(progress)) * (1 - _forecast(progress))


def _urgency(progress: Progress) -> tuple[Decimal, float, int]:
    return -shortfall(progress), _forecast(progress), progress.indicator.position


def _forecast(progress: Progress) -> float:
    return _UNKNOWN_FORECAST if progress.forecast is None else progress.forecast


def _workdays_after(last: date, today: date, calendar: RepCalendar) -> int:
    return sum(1 for day in days_between(last + ONE_DAY, today) if calendar.is_available(day))
