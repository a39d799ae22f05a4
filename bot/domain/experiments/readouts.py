"""What is said of an experiment at one moment; before its end there is no verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.domain.coaching.conversions import Tries
from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import days_between
from bot.domain.experiments.agreed import Experiment, Group, Phase
from bot.domain.experiments.effects import Effect, Sum, Trial, effect_of, summed
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure

BEFORE: Final = timedelta(weeks=8)
"""How far back one looks for how each rep did before."""
_A_WEEK: Final = 7

Days = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class ReadOut:
    """An experiment, what its groups have done so far, and (only once it has ended) its effect.

    `week` is the number of workdays of a week. `left` have left the team since, and count in their
    group all the same; `joined` have joined it, and don't count.
    """

    experiment: Experiment
    phase: Phase
    behaviour: Indicator
    following: Indicator | None
    new: Sum
    usual: Sum
    effect: Effect | None
    week: int
    left: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()

    @property
    def counted(self) -> Indicator:
        """What the groups are compared by."""
        return self.following or self.behaviour


def read_out(
    experiment: Experiment,
    phase: Phase,
    behaviour: Indicator,
    following: Indicator | None,
    trials: tuple[Trial, ...],
    week: int,
) -> ReadOut:
    """The numbers; a verdict only where the experiment went on to its planned end."""
    counts = (following or behaviour).unit.measure is not Measure.MONEY
    effect = effect_of(trials, counts=counts) if phase is Phase.ENDED else None
    new, usual = (summed(trials, group) for group in (Group.NEW, Group.USUAL))
    return ReadOut(experiment, phase, behaviour, following, new, usual, effect, week)


def tries_of(calendar: RepCalendar, first: date, last: date, done: Days, led: Days | None) -> Tries:
    """A rep's weeks, from `first` to `last`: what was tried and what came of it.

    Without `led` it is the behaviour itself that is asked about: tried are days of work.
    """
    tried: list[float] = []
    came: list[float] = []
    for place, day in enumerate(days_between(first, last)):
        if place % _A_WEEK == 0:
            tried.append(0.0)
            came.append(0.0)
        if led is None:
            tried[-1] += calendar.is_available(day)
            came[-1] += done.get(day, 0.0)
        else:
            tried[-1] += done.get(day, 0.0)
            came[-1] += led.get(day, 0.0)
    return Tries(tuple(tried), tuple(came))
