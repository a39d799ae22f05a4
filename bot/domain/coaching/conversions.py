"""What comes of a behaviour at the funnel's next step, and whether it is less than elsewhere.

A conversion is a rate: next steps for each unit of the behaviour. What a rep's own numbers say is
weighed against what the team's say (gamma-Poisson: the rates of a team differ by a gamma
distribution, the counts vary around them), so that two calls without a meeting prove nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Final

USUAL_SPREAD: Final = 0.15
"""How much reps of one team differ, as a share of the rate, before their numbers are seen."""
USUAL_WEIGHS: Final = 3
"""As many reps as that expectation is worth."""
SPREADS: Final = (0.1, 0.6)
"""The least and the most that is believed of it."""
OPEN_MIND: Final = 0.3
"""However alike the others are, a rep may be as unlike them as this."""
LEAST_VARIATION: Final = 0.3
USUAL_WEEKS: Final = 16
"""As many weeks as the expectation of Poisson's variation is worth."""
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
        weighed = USUAL_WEIGHS * USUAL_SPREAD**2 + len(self.reps) * seen
        least, most = SPREADS
        return min(max(sqrt(weighed / (USUAL_WEIGHS + len(self.reps))), least), most)

    def estimate(self, rep: Tries, spread: float | None = None) -> tuple[float, float]:
        """Shape and rate of the gamma distribution of a rep's true conversion."""
        shape = (spread or self.spread) ** -2
        return (
            shape + rep.all_led / self.variation,
            shape / self.rate + rep.all_tried / self.variation,
        )

    def estimate_apart(self, rep: Tries) -> tuple[float, float]:
        """The same of somebody who need not be like these: they weigh less in it."""
        return self.estimate(rep, max(self.spread, OPEN_MIND))

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


def better_than(reps: Sequence[Tries]) -> float:
    """The conversion of the reps' better half as counted, which is never less than as shrunk."""
    ranked = sorted(reps, key=lambda each: each.rate, reverse=True)
    return TeamRates(tuple(ranked[: (len(ranked) + 1) // 2]), 1.0).rate


def chance_less(own: Tries, others: TeamRates, than: float) -> float:
    """The chance that the rep's true rate is less than an amount."""
    if not others.rate:
        return 0.0
    from scipy.special import gammainc  # noqa: PLC0415 - half a second, for a diagnosis alone

    shape, rate = others.estimate_apart(own)
    return float(gammainc(shape, rate * than))
