"""What the Home tab shows: a rep's own day and week, and a manager's teams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.domain.days.periods import ONE_DAY, Period, PeriodKind
from bot.domain.milestones import Milestone
from bot.domain.nudging.nudges import (
    NudgeHistory,
    is_resting,
    nudge_instants,
    shortfall,
    wants_quiet,
)
from bot.domain.nudging.plans_kept import PlansKept
from bot.domain.progress.pace import Progress, Status
from bot.domain.progress.scorecards import Scorecard
from bot.domain.quantities import ZERO, Measure
from bot.domain.reports.digests import TeamResult
from bot.domain.talks.one_to_ones import Commitment
from bot.domain.teams import Rep, Team

MILESTONES_FOR: Final = timedelta(days=28)
"""How long a milestone counts as recent."""
_MANY: Final = 10
_SMALL_STEP, _LARGE_STEP = Decimal(1), Decimal(5)
_HALF_AN_HOUR: Final = Decimal("0.5")
_WORKDAYS: Final = 5
_LOOKING_AHEAD: Final = 366


@dataclass(frozen=True, slots=True)
class DayShare:
    """One day's part in the week: what was done, and what an even pace asks, as shares of the
    week's targets (1 is all of them), each behaviour counting alike."""

    day: date
    done: Decimal
    asked: Decimal


class Held(StrEnum):
    """Why the next nudge isn't simply the next workday's."""

    PAUSED = "paused"
    SNOOZED = "snoozed"
    THINNED = "thinned"
    """Earlier ones were followed by no entry (design §2.5)."""
    NO_WORKDAY = "no_workday"


@dataclass(frozen=True, slots=True)
class NextNudge:
    """The local date and time of the next possible nudge; None while there is none in sight."""

    on: date | None
    at: time
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A rep's own day. `managers` are the user ids of those who see the rep's numbers;
    `in_public` says whether the team's channel hears of the rep's milestones. How the last plans
    went, nobody else is told."""

    scorecard: Scorecard
    week: tuple[DayShare, ...]
    milestones: tuple[Milestone, ...]
    nudge: NextNudge
    managers: tuple[str, ...]
    in_public: bool
    commitments: tuple[Commitment, ...] = ()
    plans: PlansKept | None = None


@dataclass(frozen=True, slots=True)
class RepLine:
    """One rep as the manager's list has them."""

    person_id: int
    user_id: str
    name: str | None
    behaviours: tuple[Progress, ...]
    is_away: bool

    @property
    def behind(self) -> tuple[Progress, ...]:
        """The behaviours that are behind, the worst first."""
        found = [each for each in self.behaviours if each.status is Status.BEHIND]
        return tuple(sorted(found, key=shortfall, reverse=True))

    @property
    def is_on_target(self) -> bool:
        """Whether every behaviour that has a target has reached it."""
        counted = [each for each in self.behaviours if each.target is not None]
        return bool(counted) and all(each.status is Status.DONE for each in counted)


@dataclass(frozen=True, slots=True)
class TeamPart:
    """A team that somebody leads; `today` is the team's local date."""

    team_id: int
    name: str
    today: date
    reps: tuple[RepLine, ...]
    results: tuple[TeamResult, ...]

    @property
    def behind(self) -> tuple[RepLine, ...]:
        """Who is at work and behind on something, the one with most of it first."""
        found = [each for each in self.reps if each.behind and not each.is_away]
        return tuple(sorted(found, key=lambda rep: (-len(rep.behind), -shortfall(rep.behind[0]))))

    @property
    def on_target(self) -> tuple[RepLine, ...]:
        return tuple(each for each in self.reps if each.is_on_target and not each.is_away)

    @property
    def away(self) -> tuple[RepLine, ...]:
        return tuple(each for each in self.reps if each.is_away)

    @property
    def on_pace(self) -> tuple[RepLine, ...]:
        """All the others."""
        named = {each.person_id for each in (*self.behind, *self.on_target, *self.away)}
        return tuple(each for each in self.reps if each.person_id not in named)


Marks = frozenset[tuple[int, str]]
"""Teams (by id) and the states of them (revisions) that something was drawn from."""


@dataclass(frozen=True, slots=True)
class Home:
    """What one person's Home tab shows. `is_known` is False for who is no one to the bot yet;
    `has_teams` says whether anybody in the workspace has set a team up."""

    own: OwnPart | None = None
    teams: tuple[TeamPart, ...] = ()
    is_known: bool = False
    is_admin: bool = False
    has_teams: bool = False
    marks: Marks = frozenset()


def tap_of(progress: Progress) -> Decimal | None:
    """What one tap logs: a step that the day is made of; None for what is counted in money.

    One, five where a day asks for ten or more, half an hour for hours.
    """
    match progress.indicator.unit.measure:
        case Measure.MONEY:
            return None
        case Measure.HOURS:
            return _HALF_AN_HOUR
        case Measure.COUNT:
            return _LARGE_STEP if _a_day(progress) >= _MANY else _SMALL_STEP


def _a_day(progress: Progress) -> Decimal:
    """About what a day asks for."""
    if progress.today_target is not None:
        return progress.today_target
    weekly = progress.period.kind is PeriodKind.WEEK
    return (progress.target or ZERO) / _WORKDAYS if weekly else ZERO


WeekOf = tuple[Decimal, Mapping[date, Decimal]]
"""A behaviour's target of the week, and what was done of it on which date."""


def week_shares(weekly: Sequence[WeekOf], rep: Rep, week: Period) -> tuple[DayShare, ...]:
    """The week day by day, from each behaviour that has a target of the week.

    Days on which nothing was asked and nothing done are left out; () where there is no target.
    """
    if not weekly:
        return ()
    weights = {day: rep.calendar.weight(day) for day in week.days()}
    total = sum(weights.values(), ZERO)
    shares = (
        DayShare(day, _done(weekly, day), weight / total if total else ZERO)
        for day, weight in weights.items()
    )
    return tuple(each for each in shares if each.asked or each.done)


def _done(weekly: Sequence[WeekOf], day: date) -> Decimal:
    parts = [amounts.get(day, ZERO) / target for target, amounts in weekly]
    return sum(parts, ZERO) / len(parts)


def next_nudge(rep: Rep, team: Team, history: NudgeHistory, now: datetime) -> NextNudge:
    """When the rep may next be nudged, if something is behind then (design §2.5)."""
    if rep.paused:
        return NextNudge(None, rep.nudge_at, Held.PAUSED)
    held = Held.SNOOZED if rep.snoozed_until is not None and rep.snoozed_until > now else None
    for day in _days_from(rep.today(now)):
        due, _ = nudge_instants(rep, team, day)
        if due <= now or not rep.calendar.is_available(day) or wants_quiet(rep, due):
            continue
        if is_resting(history, rep.calendar, day):
            held = held or Held.THINNED
            continue
        return NextNudge(day, rep.nudge_at, held)
    return NextNudge(None, rep.nudge_at, Held.NO_WORKDAY)


def _days_from(today: date) -> Iterable[date]:
    return (today + number * ONE_DAY for number in range(_LOOKING_AHEAD))
