"""What an experiment has shown: the difference, its interval, and the chance that it is real.

Whole reps are in one group or the other, so reps are what is counted: each one's rate during the
experiment, beside what that rep's own weeks before it led to expect (shrunk toward the team, as in
a diagnosis). A rep weighs by how much that is known of, and the uncertainty comes from how much
reps of one group differ. Conversations of one rep are never taken for independent evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from bot.domain.coaching.conversions import TeamRates, Tries
from bot.domain.coaching.variations import variation_of
from bot.domain.experiments.agreed import Group

REAL: Final = 0.95
PROBABLE: Final = 0.8
_DRIFT: Final = 0.15
"""How much a rep's rate moves by itself from one stretch to the next, as a share of it."""
_DRIFT_WEIGHS: Final = 3
"""As many degrees of freedom as the expected spread is worth beside the one that is seen."""
_ESTIMATED: Final = 3
"""Taken from the same numbers: the two groups' means, and how the season was for all."""
_FEWEST_LED: Final = 10
"""Below that, over all reps, there is nothing to compare."""
_FEWEST_A_GROUP: Final = 2


@dataclass(frozen=True, slots=True)
class Trial:
    """One rep in an experiment: before it and during it, in weeks.

    Of a conversion `tried` is the behaviour and `led` what came of it; of a behaviour itself
    `tried` are days of work, `led` how much was done.
    """

    user_id: str
    group: Group
    before: Tries
    during: Tries


@dataclass(frozen=True, slots=True)
class Sum:
    """A group: its people and what they did together."""

    people: int
    tried: float
    led: float

    @property
    def rate(self) -> float:
        return self.led / self.tried if self.tried else 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """New minus usual, per try, given how each rep did before; `low` to `high` has it 19 times in
    20. `chance` is 1 − p: without any effect, that share of experiments shows a smaller difference.
    """

    difference: float
    low: float
    high: float
    chance: float


def summed(trials: Sequence[Trial], group: Group) -> Sum:
    """What a group did during the experiment."""
    of_group = [each.during for each in trials if each.group is group]
    tried = sum(each.all_tried for each in of_group)
    return Sum(len(of_group), tried, sum(each.all_led for each in of_group))


def effect_of(trials: Sequence[Trial], *, counts: bool) -> Effect | None:
    """The adjusted difference; None where there is too little to compare.

    Reps who did nothing at all during it say nothing, and are left out.
    """
    told = [each for each in trials if each.during.all_tried]
    groups = [sum(each.group is group for each in told) for group in Group]
    led = sum(each.during.all_led for each in told)
    if min(groups) < _FEWEST_A_GROUP or (led < _FEWEST_LED if counts else not led):
        return None
    residuals, variances = _residuals(told, counts=counts)
    weights = [1 / each for each in variances]
    means, inverse = {}, 0.0
    for group in Group:
        own = [place for place, each in enumerate(told) if each.group is group]
        weight = sum(weights[place] for place in own)
        means[group] = sum(weights[place] * residuals[place] for place in own) / weight
        inverse += 1 / weight
    squares = sum(
        weight * (residual - means[each.group]) ** 2
        for weight, residual, each in zip(weights, residuals, told, strict=True)
    )
    free = len(told) - _ESTIMATED + _DRIFT_WEIGHS
    error = sqrt(inverse * (squares + _DRIFT_WEIGHS) / free)
    return _effect(means[Group.NEW] - means[Group.USUAL], error, free)


def _residuals(told: Sequence[Trial], *, counts: bool) -> tuple[list[float], list[float]]:
    """How far each rep is from what was to be expected, and the variance that this has at least."""
    before = tuple(each.before for each in told)
    weeks = tuple(
        Tries(each.before.tried + each.during.tried, each.before.led + each.during.led)
        for each in told
    )
    variation = variation_of(weeks, counts=counts)
    during = TeamRates(tuple(each.during for each in told), variation)
    known = TeamRates(before, variation)
    if not known.rate:
        known = TeamRates(tuple(Tries((), ()) for _ in told) + during.reps, variation)
        before = tuple(Tries((), ()) for _ in told)
    scale = _scale(told, [known.shrunk(each) for each in before])
    residuals, variances = [], []
    for each, past in zip(told, before, strict=True):
        shape, rate = known.estimate(past)
        expected = scale * shape / rate
        residuals.append(each.during.rate - expected)
        variances.append(
            variation * during.rate / each.during.all_tried
            + scale**2 * shape / rate**2
            + (_DRIFT * during.rate) ** 2
        )
    return residuals, variances


def _scale(told: Sequence[Trial], expected: Sequence[float]) -> float:
    """How much better or worse the whole team does than before: the season is in both groups."""
    due = sum(rate * each.during.all_tried for rate, each in zip(expected, told, strict=True))
    return sum(each.during.all_led for each in told) / due if due else 1.0


def _effect(difference: float, error: float, free: int) -> Effect:
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415 - half a second that few wait for

    reach = float(stdtrit(free, (1 + REAL) / 2)) * error
    chance = 1 - 2 * float(stdtr(free, -abs(difference) / error))
    return Effect(difference, difference - reach, difference + reach, chance)
