"""What comes of a behaviour at the funnel's next step, and whether it is less than elsewhere.

A conversion is a rate: next steps for each unit of the behaviour. What a rep's own numbers say is
weighed against what the team's say (gamma-Poisson: the rates of a team differ by a gamma
distribution, the counts vary around them), so that two calls without a meeting prove nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from statistics import median, median_low
from typing import Final

_USUAL_SPREAD: Final = 0.15
"""How much reps of one team differ, as a share of the rate, before their numbers are seen."""
_USUAL_WEIGHS: Final = 3
"""As many reps as that expectation is worth."""
_SPREADS: Final = (0.1, 0.6)
"""The least and the most that is believed of it."""
_OPEN_MIND: Final = 0.3
"""However alike the others are, a rep may be as unlike them as this."""
_LEAST_VARIATION: Final = 0.3
_USUAL_WEEKS: Final = 16
"""As many weeks as the expectation of Poisson's variation is worth."""
_A_PAIR: Final = 2
FAR_BELOW: Final = 0.85
"""A conversion below this share of the better half's is worth a manager's time."""


@dataclass(frozen=True)
class Tries:
    """One rep's weeks: how much of a behaviour, and how much of what it leads to."""

    tried: tuple[float, ...]
    led: tuple[float, ...]

    @cached_property
    def all_tried(self) -> float:
        return sum(self.tried)

    @cached_property
    def all_led(self) -> float:
        return sum(self.led)

    @cached_property
    def rate(self) -> float:
        return self.all_led / self.all_tried if self.all_tried else 0.0


@dataclass(frozen=True)
class TeamRates:
    """The conversions of some reps at one step, as one population.

    `variation` is the variance of a count over its mean: 1 for Poisson's, above it where successes
    come in bursts (or in money), below it where most tries succeed.
    """

    reps: tuple[Tries, ...]
    variation: float

    @cached_property
    def rate(self) -> float:
        """Of all together."""
        tried = sum(each.all_tried for each in self.reps)
        return sum(each.all_led for each in self.reps) / tried if tried else 0.0

    @cached_property
    def spread(self) -> float:
        """How much the reps' true rates differ, relative to the rate (method of moments)."""
        excess = squares = 0.0
        for each in self.reps:
            due = each.all_tried * self.rate / self.variation
            excess += (each.all_led / self.variation - due) ** 2 - due
            squares += due**2
        seen = max(excess / squares, 0.0) if squares else 0.0
        weighed = _USUAL_WEIGHS * _USUAL_SPREAD**2 + len(self.reps) * seen
        least, most = _SPREADS
        return min(max(sqrt(weighed / (_USUAL_WEIGHS + len(self.reps))), least), most)

    def estimate(self, rep: Tries, spread: float | None = None) -> tuple[float, float]:
        """Shape and rate of the gamma distribution of a rep's true conversion."""
        shape = (spread or self.spread) ** -2
        return (
            shape + rep.all_led / self.variation,
            shape / self.rate + rep.all_tried / self.variation,
        )

    def estimate_apart(self, rep: Tries) -> tuple[float, float]:
        """The same of somebody who need not be like these: they weigh less in it."""
        return self.estimate(rep, max(self.spread, _OPEN_MIND))

    @cached_property
    def better_half(self) -> tuple[Tries, ...]:
        """Those of the reps whose conversion, shrunk toward the team's, is the higher."""
        ranked = sorted(self.reps, key=self.shrunk, reverse=True)
        return tuple(ranked[: (len(ranked) + 1) // 2])

    @cached_property
    def middle(self) -> float:
        """The conversion in the middle of the reps', as counted; the lower one of two."""
        rates = [each.rate for each in self.reps]
        between = median if len(rates) > _A_PAIR else median_low
        return between(rates) if rates else 0.0

    def shrunk(self, rep: Tries) -> float:
        """The rep's conversion, the nearer to the team's the less the rep's numbers say."""
        shape, rate = self.estimate(rep)
        return shape / rate


@dataclass(frozen=True, slots=True)
class Comparison:
    """A rep's conversion beside that of the better half of the others.

    `better` is theirs, as counted. `chance_below` is the chance that the rep's true conversion lies
    more than a seventh below theirs; `due` is what they would have made of the rep's tries.
    """

    tried: float
    led: float
    better: float
    chance_below: float

    @property
    def due(self) -> float:
        return self.tried * self.better


def variation_of(reps: Sequence[Tries], *, counts: bool) -> float:
    """The variance of a week's successes over their mean, from all reps together (Pearson).

    Counts lean on Poisson's 1, or below it where a try succeeds more often than not; amounts of
    money have no such usual.
    """
    squares, free = _pearson(reps)
    if not counts:
        return max(squares / free if free else 0.0, _mean_success(reps)) or 1.0
    usual = max(_LEAST_VARIATION, 1 - TeamRates(tuple(reps), 1.0).rate)
    return max((_USUAL_WEEKS * usual + squares) / (_USUAL_WEEKS + free), usual)


def better_than(reps: Sequence[Tries]) -> float:
    """The conversion of the reps' better half as counted, which is never less than as shrunk."""
    ranked = sorted(reps, key=lambda each: each.rate, reverse=True)
    return TeamRates(tuple(ranked[: (len(ranked) + 1) // 2]), 1.0).rate


def compare(own: Tries, others: TeamRates) -> Comparison | None:
    """The rep beside the better half of the others; None where there is nothing to compare."""
    if not others.rate or not own.all_tried:
        return None
    from scipy.special import betainc  # noqa: PLC0415 - half a second that only a diagnosis has to wait

    shape, rate = others.estimate_apart(own)
    estimates = [others.estimate(each) for each in others.better_half]
    # Pooled: their shapes and their rates add up, as their counts and their tries do.
    their_shape, their_rate = (sum(part) for part in zip(*estimates, strict=True))
    # P(X ÷ rate < Y ÷ their_rate × slack) for gamma-distributed X and Y is a beta distribution's.
    odds = FAR_BELOW * rate / (FAR_BELOW * rate + their_rate)
    better = TeamRates(others.better_half, others.variation).rate
    chance = float(betainc(shape, their_shape, odds))
    return Comparison(own.all_tried, own.all_led, better, chance)


def chance_less(own: Tries, others: TeamRates, than: float) -> float:
    """The chance that the rep's true rate is less than an amount."""
    if not others.rate:
        return 0.0
    from scipy.special import gammainc  # noqa: PLC0415 - as above

    shape, rate = others.estimate_apart(own)
    return float(gammainc(shape, rate * than))


def _pearson(reps: Sequence[Tries]) -> tuple[float, int]:
    squares, free = 0.0, 0
    for each in reps:
        if not each.all_led:
            continue
        rate, weeks = (
            each.rate,
            [each for each in zip(each.tried, each.led, strict=True) if each[0]],
        )
        squares += sum([(led - rate * tried) ** 2 / (rate * tried) for tried, led in weeks])
        free += max(len(weeks) - 1, 0)
    return squares, free


def _mean_success(reps: Sequence[Tries]) -> float:
    weeks = [led for each in reps for led in each.led if led]
    return sum(weeks) / len(weeks) if weeks else 0.0
