"""A team's habits, from the records of its reps: what empirical Bayes shrinks a rep towards."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from bot.domain.forecast.days import Days, Prior, days_of, unknown_fano
from bot.domain.forecast.experts import BELIEFS, Reading, read
from bot.domain.forecast.grids import Bools, Floats, Past, past_of
from bot.domain.forecast.prospects import LEAST_REPS, LEAST_WEEKS, Record, TeamHabits
from bot.domain.quantities import Measure, Unit

_EVEN_UNITS = 10.0
"""How many units of the team's stand for an even week."""
_USUAL_UNITS = 5.0
"""How much of a rep's own outweighs the team's weekdays, where it isn't known."""
_USUAL_REPS = 4.0
"""How many reps that expectation is worth."""
_LEAST_UNITS, _MOST_UNITS = 1.5, 25.0
_LEAST_SHARE = 0.05
_LEFT_FREE = 0.8
"""Of the five workdays' scatter: each rep's own sum is taken as it is."""
_EXPERT_REPS = 6.0
"""How many reps the beliefs about experts are worth that were there before."""
_ROUNDS = 3
_LEAST_SPREAD, _MOST_SPREAD = 0.02, 2.0
UNKNOWN_SPREAD = 0.5
_WORKDAYS = 5


def has_enough(past: Past) -> Bools:
    """Which rows have three weeks of workdays of their own."""
    found: Bools = past.days >= LEAST_WEEKS * _WORKDAYS
    return found


def team_habits(records: Sequence[Record], unit: Unit, today: date) -> TeamHabits | None:
    """What the team does, over the weeks up to yesterday.

    None where fewer than two reps have three weeks of history, or nobody ever logged any of it.
    """
    if not records:
        return None
    past = past_of(records, [today] * len(records))
    rows = has_enough(past)
    past = Past(past.amounts[rows], past.weights[rows], past.asked[rows])
    if np.count_nonzero(rows) < LEAST_REPS or not past.amounts.any():
        return None
    is_count = np.full(len(past.asked), unit.measure is Measure.COUNT)
    blank = own_prior(past, is_count)
    pooled = _pooled(past, blank)
    days = days_of(past, pooled)
    return _habits(past, days, read(days, pooled), pooled)


def own_prior(past: Past, is_count: Bools) -> Prior:
    """What is believed of a row of whose team nothing is known."""
    rows = len(past.asked)
    fano = unknown_fano(past, is_count)
    weight = past.weights.sum(axis=(1, 2))
    rate = past.amounts.sum(axis=(1, 2)) / np.where(weight > 0, weight, 1.0)
    some = np.count_nonzero(past.amounts, axis=(1, 2)) / np.maximum(past.days, 1.0)
    return Prior(
        rate=np.where(rate > 0, rate, past.asked / 2),
        spread=np.full(rows, UNKNOWN_SPREAD),
        fano=fano,
        weekdays=np.ones((rows, 7)),
        weekday_units=np.full(rows, _USUAL_UNITS),
        active=np.clip(some, 0.02, 0.98),
        experts=np.tile(BELIEFS, (rows, 1)),
    )


def _pooled(past: Past, blank: Prior) -> Prior:
    """The same for every row: what the rows have in common before each is read for itself."""
    rows = len(past.asked)
    days = days_of(past, blank)
    fano = float(np.average(days.fano, weights=past.days))
    weight = past.weights.sum(axis=(0, 1))
    units = (np.where(past.weights > 0, past.amounts, 0.0)).sum(axis=(0, 1)) / fano
    even = weight * units.sum() / max(weight.sum(), 1.0)
    shares = (units + _EVEN_UNITS) / (even + _EVEN_UNITS)
    rate, spread = _rate_and_spread(past, fano)
    active = np.count_nonzero(past.amounts) / max(past.days.sum(), 1.0)
    return Prior(
        rate=rate * past.asked,
        spread=np.full(rows, spread),
        fano=np.full(rows, fano),
        weekdays=np.tile(shares, (rows, 1)),
        weekday_units=np.full(rows, _units_of_weekdays(past, days.fano, shares)),
        active=np.full(rows, np.clip(active, 0.02, 0.98)),
        experts=blank.experts,
    )


def _units_of_weekdays(past: Past, fano: Floats, shares: Floats) -> float:
    """How alike the reps' weeks are, by moments: many units where the team's weekdays are all's."""
    weight = past.weights.sum(axis=1)
    seen = np.where(weight > 0, past.amounts.sum(axis=1), 0.0) / fano[:, None]
    parts = weight * shares
    due = parts * (seen.sum(axis=1) / np.maximum(parts.sum(axis=1), 1.0))[:, None]
    scatter = ((seen - due) ** 2 - _LEFT_FREE * due).sum()
    by_units = _LEFT_FREE * (due**2 / np.maximum(shares, _LEAST_SHARE)).sum()
    unlike = np.average(
        [1 / _USUAL_UNITS, scatter / max(by_units, 1.0)], weights=[_USUAL_REPS, len(fano)]
    )
    return float(1 / np.clip(unlike, 1 / _MOST_UNITS, 1 / _LEAST_UNITS))


def _rate_and_spread(past: Past, fano: float) -> tuple[float, float]:
    """The reps' mean share of what is asked, and how much they differ beyond chance."""
    weight = past.weights.sum(axis=(1, 2))
    shares = past.amounts.sum(axis=(1, 2)) / (weight * past.asked)
    mean = float(shares.mean())
    by_chance = float((fano * mean / (weight * past.asked)).mean())
    beyond = float(shares.var(ddof=1)) - by_chance
    return mean, float(np.clip(beyond / mean**2, _LEAST_SPREAD, _MOST_SPREAD))


def _habits(past: Past, days: Days, reading: Reading, pooled: Prior) -> TeamHabits:
    first_row = pooled.weekdays[0]
    return TeamHabits(
        rate=float(pooled.rate[0] / past.asked[0]),
        spread=float(pooled.spread[0]),
        fano=float(np.average(days.fano, weights=past.days)),
        weekdays=tuple(float(each) for each in first_row),
        weekday_units=float(pooled.weekday_units[0]),
        active=float(pooled.active[0]),
        experts=tuple(float(each) for each in _believed(reading)),
    )


def _believed(reading: Reading) -> Floats:
    """How far the team's reps together bear each expert out, by expectation and maximisation."""
    beliefs = BELIEFS
    for _ in range(_ROUNDS):
        weights = reading.weights(beliefs)
        beliefs = (weights.sum(axis=0) + _EXPERT_REPS * BELIEFS) / (len(weights) + _EXPERT_REPS)
    return beliefs
