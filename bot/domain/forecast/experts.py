"""Several ways of reading a rep's past, each weighed by how well it has foretold the next week.

An expert is a gamma-Poisson filter: it forgets by some factor a week, believes in some drift, and
in some swing of whole weeks around the level. Amounts are in units of a day's Fano factor, so that
a day scatters like a Poisson.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.special import gammaln

from bot.domain.forecast.days import Days, Prior
from bot.domain.forecast.grids import Floats
from bot.domain.forecast.prospects import WEEKS_KNOWN

_MEMORIES = {0.97: 0.35, 0.85: 0.35, 0.6: 0.3}
"""What a week counts one week later, and how far each is believed before anything is known."""
_DRIFTS = {-0.08: 0.3, 0.0: 0.4, 0.08: 0.3}
"""Change of the level a week, as a logarithm."""
_SWINGS = {0.0: 0.4, 0.1: 0.35, 0.5: 0.25}
"""Variance of a week's own factor, whose mean is 1."""
_ALL = tuple(product(_MEMORIES, _DRIFTS, _SWINGS))
MEMORY, DRIFT, SWING = (np.array(column) for column in zip(*_ALL, strict=True))
BELIEFS = np.array([_MEMORIES[m] * _DRIFTS[d] * _SWINGS[s] for m, d, s in _ALL])
_FURTHER_FROM_THE_TEAM = 20.0
"""Who drifts comes to differ: of two reps alike in spring one is ahead in autumn."""
_OPENNESS = 1 + _FURTHER_FROM_THE_TEAM * np.abs(DRIFT)
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Reading:
    """Rows × experts, in units a workday: the level, and the open week's own level.

    Each has a mean and a variance. `evidence` is the logarithm of how likely the past was.
    """

    level: Floats
    level_variance: Floats
    week: Floats
    week_variance: Floats
    evidence: Floats

    def weights(self, beliefs: Floats) -> Floats:
        """How far each expert is believed now."""
        scores = self.evidence + np.log(beliefs)
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: Floats = likely / likely.sum(axis=1, keepdims=True)
        return found


def read(days: Days, prior: Prior) -> Reading:
    """What every expert makes of each row's past."""
    shape = 1 / (prior.spread[:, None] * _OPENNESS)
    per_unit = shape / np.maximum(prior.rate / days.fano, _LEAST)[:, None]
    seen, due, evidence = (np.zeros_like(shape) for _ in range(3))
    alpha, beta = before = shape, per_unit
    for week in range(WEEKS_KNOWN + 1):
        seen, due = seen * MEMORY, due * MEMORY * np.exp(-DRIFT)
        alpha, beta = before = shape + seen, per_unit + due
        exposure, units = days.exposure[:, week, None], days.units[:, week, None]
        mean = alpha / beta * exposure
        evidence += _evidence(units, mean, 1 / (SWING + 1 / alpha))
        trust = 1 / (1 + SWING * mean)
        seen, due = seen + units * trust, due + exposure * trust
    alpha, beta = shape + seen, per_unit + due
    week_mean, week_variance = _open_week(days, *before)
    return Reading(alpha / beta, alpha / beta**2, week_mean, week_variance, evidence)


def _evidence(units: Floats, mean: Floats, shape: Floats) -> Floats:
    """The logarithm of a negative binomial's density, less what is the same for every expert."""
    mean = np.maximum(mean, _LEAST)
    ratio = np.log1p(mean / shape)
    density = gammaln(units + shape) - gammaln(shape) - shape * ratio
    density += units * (np.log(mean / shape) - ratio)
    return np.where(mean > _LEAST, density, 0.0)


def _open_week(days: Days, alpha: Floats, beta: Floats) -> tuple[Floats, Floats]:
    """The open week's own level, from what was logged in it so far."""
    shape = 1 / (SWING + 1 / alpha)
    per_unit = shape * beta / alpha + days.exposure[:, -1, None]
    mean = (shape + days.units[:, -1, None]) / per_unit
    return mean, mean / per_unit
