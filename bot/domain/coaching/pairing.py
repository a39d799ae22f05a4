"""Whom to learn a behaviour from, and what two people who are paired agree to do (method.md, 4).

Strongest means: for an effort gap most of it for the target over eight weeks, for a skill gap most
made of it at the funnel's next step, shrunk toward the team as in a diagnosis.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.coaching.diagnosis import FEWEST_WEEKS
from bot.domain.coaching.diagnosis_words import amount
from bot.domain.coaching.funnel_steps import JUDGED_WEEKS, Step, step_of
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import days_between
from bot.domain.indicators import Indicator
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from bot.domain.quantities import Measure

MOST_HELPED: Final = 2
"""People whom one helps at a time."""
LASTS: Final = timedelta(days=13)
"""From the first to the last day: two weeks."""
_THERE: Final = 0.5
"""Share of the two weeks' workdays on which a helper has to be there."""
_ON_TARGET: Final = 1.0


@dataclass(frozen=True, slots=True)
class Pairing:
    """A learner and a teacher at one behaviour, from Monday to the Sunday after next.

    `team_id` is the learner's, whose playbook has the behaviour. `following` is the next step where
    more shall come of the behaviour, None where more shall be done of it.
    """

    id: int
    team_id: int
    behaviour_id: int
    following_id: int | None
    learner_id: int
    learner: str
    teacher_id: int
    teacher: str
    starts_on: date
    ends_on: date
    cancelled_at: datetime | None = None

    def is_running(self, today: date) -> bool:
        """Whether it lies ahead or goes on."""
        return self.cancelled_at is None and today <= self.ends_on


@dataclass(frozen=True, slots=True)
class School:
    """A team in which a behaviour of this name exists, and who of it can't help just now.

    `behaviour` and `following` are this team's own.
    """

    team_id: int
    weeks: WeeklyTeam
    behaviour: Indicator
    following: Indicator | None
    unable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody to learn from: `done` of what was asked (effort), or of what was tried (skill)."""

    user_id: str
    school: School
    done: float
    of: float
    weeks: int
    for_skill: bool

    @property
    def reason(self) -> str:
        """Why this one, in numbers that the team's own manager may see."""
        weeks = f"over {self.weeks} weeks" if self.weeks > 1 else "last week"
        if not self.for_skill:
            return f"did {self.done:.0f} of {self.of:.0f} {weeks}"
        assert self.school.following is not None  # else there is no conversion to compare
        tried = amount(self.of, self.school.behaviour)
        return f"made {amount(self.done, self.school.following)} of {tried}"


class Reader(StrEnum):
    """Who reads a worksheet."""

    LEARNER = "learner"
    TEACHER = "teacher"
    MANAGER = "manager"
    """Of the teacher's team, where that is another one."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """What one of them reads; `why` has the learner's own numbers, for the learner alone.

    `is_over` says that it has been cancelled.
    """

    reader: Reader
    pairing: Pairing
    team: str
    behaviour: Indicator
    following: Indicator | None
    why: str = ""
    is_over: bool = False

    @property
    def steps(self) -> tuple[date, date, date]:
        """Until when each of the three steps is done: watch, together, alone."""
        first = self.pairing.starts_on
        return first + timedelta(days=4), first + timedelta(days=8), first + timedelta(days=11)


def first_day(today: date) -> date:
    """The Monday on which a pairing begins that is proposed today: today if it is one."""
    return today + timedelta(days=-today.weekday() % 7)


def is_there(calendar: RepCalendar, first: date) -> bool:
    """Whether a helper works on at least half of the two weeks' workdays."""
    days = [day for day in days_between(first, first + LASTS) if calendar.is_pattern_day(day)]
    return bool(days) and sum(map(calendar.is_available, days)) >= _THERE * len(days)


def helpers(learner: str, schools: Iterable[School], *, for_skill: bool) -> Iterator[Helper]:
    """Who can help, strongest first, team by team: the learner's own team is to be the first.

    Never the learner, nor anybody who did less than was asked, or makes no more of it. Nobody for
    a learner who did what was asked over these weeks: one bad week needs no teacher.
    """
    than = 0.0
    for school in schools:
        if not for_skill:
            if _does_enough(school, learner):
                return
            yield from _by_volume(school, learner)
            continue
        if school.following is None:
            continue
        step = step_of(school.weeks, school.behaviour, school.following)
        if learner in step.tries and step.all_reps.rate:
            than = step.all_reps.shrunk(step.tries[learner])
        yield from _by_conversion(school, step, learner, than)


def _by_volume(school: School, learner: str) -> Iterator[Helper]:
    measured = (_volume(rep, school) for rep in school.weeks.reps if rep.user_id != learner)
    able = [each for each in measured if _is_enough(each)]
    ranked = sorted(able, key=_strength, reverse=True)
    return (each for each in ranked if each.user_id not in school.unable)


def _strength(helper: Helper) -> tuple[bool, float, float]:
    """Who has shown it for some weeks goes before who is new, and whose targets still grow."""
    return helper.weeks >= FEWEST_WEEKS, helper.done / helper.of, helper.done


def _does_enough(school: School, learner: str) -> bool:
    own = (rep for rep in school.weeks.reps if rep.user_id == learner)
    return any(_is_enough(_volume(rep, school)) for rep in own)


def _is_enough(volume: Helper) -> bool:
    return bool(volume.of) and volume.done >= _ON_TARGET * volume.of


def _volume(rep: WeeklyRep, school: School) -> Helper:
    first = max(rep.first_week, len(rep.days) - JUDGED_WEEKS)
    done = sum(rep.amounts(school.behaviour.id)[first:])
    asked = sum(rep.asked.get(school.behaviour.id, ())[first:])
    return Helper(rep.user_id, school, done, asked, len(rep.days) - first, for_skill=False)


def _by_conversion(school: School, step: Step, learner: str, than: float) -> Iterator[Helper]:
    for user_id in step.strongest:
        tries = step.tries[user_id]
        is_better = step.all_reps.shrunk(tries) > than
        if is_better and user_id != learner and user_id not in school.unable:
            weeks = len(tries.tried)
            yield Helper(user_id, school, tries.all_led, tries.all_tried, weeks, for_skill=True)


def own_numbers(
    rep: WeeklyRep, behaviour: Indicator, following: Indicator | None, weeks: WeeklyTeam
) -> str:
    """Why a learner is paired, in the learner's own numbers: nobody else's are among them."""
    if following is None:
        first = max(rep.first_week, len(rep.days) - JUDGED_WEEKS)
        done, asked = (
            sum(each[first:])
            for each in (rep.amounts(behaviour.id), rep.asked.get(behaviour.id, ()))
        )
        return f"{amount(done, behaviour)} of {asked:.0f} over {len(rep.days) - first} weeks"
    tries = step_of(weeks, behaviour, following).tries[rep.user_id]
    said = f"{amount(tries.all_tried, behaviour)} led to {amount(tries.all_led, following)}"
    if not tries.all_led or following.unit.measure is Measure.MONEY:
        return said
    rate = f"{tries.all_tried / tries.all_led:.1f}".removesuffix(".0")
    return f"{said}, 1 in {rate}"
