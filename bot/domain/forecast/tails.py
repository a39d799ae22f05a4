"""The chance that what is still to come is enough, given its mean and its variance."""

import numpy as np
from scipy.special import betainc, gammainc, gammaincc

from bot.domain.forecast.grids import Bools, Floats

_NEARLY = 1e-3
"""How near to the mean a variance is the mean, as of a Poisson."""
_TINY = 1e-12


def count_tail(need: Floats, mean: Floats, variance: Floats) -> Floats:
    """P(Y ≥ need) of a count with this mean and variance; need > 0, whole.

    Negative binomial where the variance exceeds the mean, binomial (with any number of trials)
    where it falls short of it, Poisson between.
    """
    excess = variance - mean
    over = np.where(excess > 0, excess, 1.0)
    under = np.where(excess < 0, -excess, 1.0)
    shape = mean**2 / over
    trials = np.maximum(mean**2 / under, mean)
    return np.select(
        [np.abs(excess) <= _NEARLY * mean, excess > 0],
        [gammainc(need, mean), betainc(need, shape, mean / (shape + mean))],
        _binomial_tail(need, trials, mean / trials),
    )


def _binomial_tail(need: Floats, trials: Floats, chance: Floats) -> Floats:
    rest = trials - need + 1
    found = betainc(need, np.maximum(rest, _TINY), np.minimum(chance, 1.0))
    return np.where(rest > _TINY, found, 0.0)


def amount_tail(need: Floats, mean: Floats, variance: Floats, nothing: Floats) -> Floats:
    """P(Y ≥ need) of an amount that is 0 with the chance `nothing`, and else gamma; need > 0."""
    anything = np.maximum(1 - nothing, _TINY)
    its_mean = mean / anything
    its_variance = (variance + mean**2) / anything - its_mean**2
    its_variance = np.maximum(its_variance, _NEARLY * its_mean**2)
    shape = its_mean**2 / its_variance
    found: Floats = anything * gammaincc(shape, need * its_mean / its_variance)
    return found


def rest_of_day(logged: Floats, usual: Floats) -> Floats:
    """How much of today is still to come, as a share, from what was logged and what is usual.

    Nobody knows how much of the day is gone; before the first entry all of it is to come. After
    that: the mean under a share gone that could be anything, as entries come evenly; but never so
    little that an entry takes away more than it brings. Both in units of a day's Fano factor.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        so_far = gammainc(logged + 1, usual)
        ratio = gammainc(logged + 2, usual) / so_far
        gone = np.where(so_far > _TINY, (logged + 1) / usual * ratio, 1.0)
        least = 1 - logged / usual
    left = np.maximum(np.clip(1 - gone, 0.0, 1.0), np.nan_to_num(least, nan=1.0))
    some: Bools = logged > 0
    return np.where(some, np.where(usual > 0, left, 0.0), 1.0)
