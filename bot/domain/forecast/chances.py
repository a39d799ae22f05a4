"""Chances for many prospects at once: one rep's scorecard, or sixty reps' twelve behaviours."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.domain.forecast.days import Days, Prior, days_of
from bot.domain.forecast.experts import DRIFT, MEMORY, SWING, Reading, read
from bot.domain.forecast.grids import Bools, Floats, Past, ahead_of, past_of
from bot.domain.forecast.habits import has_enough, own_prior
from bot.domain.forecast.prospects import Prospect, TeamHabits
from bot.domain.forecast.tails import amount_tail, count_tail, rest_of_day
from bot.domain.quantities import Measure

_DRIFTS_ON_FOR = 4
"""Weeks for which a drift is believed to go on."""
_MOST_FORGOTTEN = 4.0
_ROUNDING = 1e-9
_SURE = 0.999
"""No chance that is still open is nearer to certainty than this."""


def chances(
    prospects: Sequence[Prospect], habits: Sequence[TeamHabits | None]
) -> list[float | None]:
    """The chance of each prospect in 0…1, with the habits of the rep's team for its indicator.

    1 where the target is reached, 0 where it isn't and no workday is left. None where the rep has
    fewer than three weeks of workdays and the team's habits aren't known, or nobody ever logged
    any of it.
    """
    if not prospects:
        return []
    past = past_of([each.record for each in prospects], [each.today for each in prospects])
    ahead = ahead_of(prospects)
    need = np.array([float(each.target - each.actual) for each in prospects])
    found = np.clip(_chances(prospects, habits, past, ahead, need), 1 - _SURE, _SURE)
    found = np.where(ahead.any(axis=(1, 2)), found, 0.0)
    found = np.where(need <= 0, 1.0, found)
    has_team = np.array([each is not None for each in habits])
    can_say = has_team | (has_enough(past) & past.amounts.any(axis=(1, 2)))
    can_say |= (need <= 0) | ~ahead.any(axis=(1, 2))
    return [float(chance) if can else None for chance, can in zip(found, can_say, strict=True)]


@dataclass(frozen=True, slots=True)
class _Coming:
    """Rows × experts: mean and variance of what is still to come, in the indicator's unit."""

    mean: Floats
    variance: Floats

    def of(self, rows: Bools) -> "_Coming":
        return _Coming(self.mean[rows], self.variance[rows])


def _chances(
    prospects: Sequence[Prospect],
    habits: Sequence[TeamHabits | None],
    past: Past,
    ahead: Floats,
    need: Floats,
) -> Floats:
    is_count = np.array([each.unit.measure is Measure.COUNT for each in prospects])
    prior = _prior(past, is_count, habits)
    days = days_of(past, prior)
    reading = read(days, prior)
    weights = reading.weights(prior.experts)
    exposure = _exposure(prospects, days, reading, weights, ahead)
    coming = _coming(days, reading, exposure)
    tails = np.empty_like(weights)
    tails[is_count] = _of_counts(need[is_count], coming.of(is_count))
    rest = ~is_count
    step = np.array([float(each.unit.step) for each in prospects])
    nothing = (1 - days.active) ** _days_left(ahead, exposure)
    tails[rest] = _of_amounts(need[rest], step[rest], coming.of(rest), nothing[rest])
    found: Floats = (weights * tails).sum(axis=1)
    return found


def _of_counts(need: Floats, coming: _Coming) -> Floats:
    whole = np.ceil(np.maximum(need, 1.0) - _ROUNDING)
    return count_tail(whole[:, None], coming.mean, coming.variance)


def _of_amounts(need: Floats, step: Floats, coming: _Coming, nothing: Floats) -> Floats:
    """What is logged is rounded, so half a step less is enough."""
    least = np.maximum(need - step / 2, step / 2)
    return amount_tail(least[:, None], coming.mean, coming.variance, nothing[:, None])


def _prior(past: Past, is_count: Bools, habits: Sequence[TeamHabits | None]) -> Prior:
    prior = own_prior(past, is_count)
    for row, team in enumerate(habits):
        if team is not None:
            prior.rate[row] = team.rate * past.asked[row]
            prior.spread[row] = team.spread
            prior.fano[row] = team.fano
            prior.weekdays[row] = team.weekdays
            prior.weekday_units[row] = team.weekday_units
            prior.active[row] = team.active
            prior.experts[row] = team.experts
    return prior


def _exposure(
    prospects: Sequence[Prospect], days: Days, reading: Reading, weights: Floats, ahead: Floats
) -> Floats:
    """Rows × weeks: the weight of the days ahead by weekday habits, today's as far as is left."""
    by_day = ahead * days.weekdays[:, None, :]
    rows = np.arange(len(prospects))
    weekday = np.array([each.today.weekday() for each in prospects])
    logged = np.array([float(each.record.amounts.get(each.today, 0)) for each in prospects])
    usual = (weights * reading.week).sum(axis=1) * by_day[rows, 0, weekday]
    by_day[rows, 0, weekday] *= rest_of_day(logged / days.fano, usual)
    exposure: Floats = by_day.sum(axis=2)
    return exposure


def _coming(days: Days, reading: Reading, exposure: Floats) -> _Coming:
    this_week, later = exposure[:, :1], exposure[:, 1:]
    weeks = np.arange(1, later.shape[1] + 1)
    drift = np.exp(DRIFT[:, None] * np.minimum(weeks, _DRIFTS_ON_FOR))
    forgotten = np.minimum(MEMORY[:, None] ** -weeks, _MOST_FORGOTTEN)
    grown = later @ drift.T
    squares = (later**2) @ (drift**2).T
    unsure = later @ (drift * np.sqrt(forgotten)).T
    mean = reading.week * this_week + reading.level * grown
    variance = (
        mean
        + reading.week_variance * this_week**2
        + reading.level_variance * unsure**2
        + SWING * reading.level**2 * squares
        + 2 * reading.level_variance * this_week * unsure
    )
    fano = days.fano[:, None]
    return _Coming(np.maximum(mean * fano, 1e-9), np.maximum(variance * fano**2, 1e-12))


def _days_left(ahead: Floats, exposure: Floats) -> Floats:
    """How many workdays are left, as far as they are."""
    whole = ahead.sum(axis=(1, 2))
    left = np.minimum(exposure.sum(axis=1), whole)
    found: Floats = np.minimum(np.count_nonzero(ahead, axis=(1, 2)), left)
    return found
