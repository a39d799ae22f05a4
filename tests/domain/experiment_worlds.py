"""Teams that try something new, whose truth is known; shares nothing with the model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.coaching.conversions import Tries
from bot.domain.experiments.agreed import Group, draw
from bot.domain.experiments.effects import Trial


@dataclass(frozen=True, slots=True)
class World:
    """Reps of differing skill (`spread`), whose rates drift by themselves between the weeks before
    and those of the experiment, and who have better and worse weeks (`bursts`)."""

    reps: int
    weeks: int
    rate: float
    tries: float
    spread: float = 0.25
    drift: float = 0.15
    bursts: float = 0.4

    def trials(self, lot: np.random.Generator, effect: float = 0.0) -> Sequence[Trial]:
        """One experiment in which the new way changes every rate by the share `effect`."""
        before, later = {}, {}
        for number in range(self.reps):
            skill = self.rate * _around(lot, self.spread)
            busy = self.tries * _around(lot, 0.3)
            before[f"U{number}"] = self._weeks(lot, skill, busy, 8)
            later[f"U{number}"] = (skill * _around(lot, self.drift), busy)
        baselines = {user: each.all_led / (each.all_tried or 1.0) for user, each in before.items()}
        groups = draw(baselines, str(lot.integers(10**9)))
        found = []
        for user, (skill, busy) in later.items():
            now = skill * (1 + effect * (groups[user] is Group.NEW))
            during = self._weeks(lot, now, busy, self.weeks)
            found.append(Trial(user, groups[user], before[user], during))
        return found

    def _weeks(self, lot: np.random.Generator, rate: float, busy: float, count: int) -> Tries:
        tried = lot.poisson(busy, count)
        chances = np.clip(rate * lot.gamma(self.bursts**-2, self.bursts**2, count), 0, 0.95)
        led = lot.binomial(tried, chances)
        return Tries(tuple(map(float, tried)), tuple(map(float, led)))


def _around(lot: np.random.Generator, spread: float) -> float:
    return float(lot.gamma(spread**-2, spread**2)) if spread else 1.0
