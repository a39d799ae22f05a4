"""What anybody would try before a model: base rates, and a plain negative binomial."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt
from scipy.stats import nbinom

from benchmarks.judging import Case
from benchmarks.simulated_reps import Thing

Floats = npt.NDArray[np.float64]
_HALF_LIFE_DAYS = 42
_WEEKS = 12
_BELIEF_IN_OVERALL = 4.0
"""How many periods the overall rate is worth beside a rep's own."""


def base_rates(cases: Sequence[Case], things: Sequence[Thing]) -> Floats:
    """Of two base rates the one that does better for that thing.

    One is how often such cases came true, taken from the very cases that are judged, so that no
    constant does better. The other is how often the rep reached the last twelve targets, leaning
    on how often all reps did.
    """
    happened = np.array([float(case.came_true) for case in cases])
    named = np.array([thing.value for thing in things])
    found = np.empty(len(cases))
    for thing in set(things):
        rows = named == thing.value
        constant = np.full(rows.sum(), happened[rows].mean())
        own = _rates_of_reps([case for case, here in zip(cases, rows, strict=True) if here])
        rivals = (constant, own)
        found[rows] = min(rivals, key=lambda said: brier(said, happened[rows]))
    return found


def _rates_of_reps(cases: Sequence[Case]) -> Floats:
    kept = sum(sum(case.periods_before) for case in cases)
    overall = kept / max(sum(len(case.periods_before) for case in cases), 1)
    return np.array(
        [
            (sum(case.periods_before) + _BELIEF_IN_OVERALL * overall)
            / (len(case.periods_before) + _BELIEF_IN_OVERALL)
            for case in cases
        ]
    )


def plain(case: Case) -> float:
    """A negative binomial by the weighted mean and variance of the last twelve weeks' workdays."""
    record, today = case.prospect.record, case.prospect.today
    first = max(record.since, today - timedelta(weeks=_WEEKS))
    gone = [today - timedelta(days=back) for back in range(1, (today - first).days + 1)]
    days = [day for day in gone if record.calendar.is_available(day)]
    rest = (case.prospect.ends - today).days + 1
    left = sum(record.calendar.is_available(today + timedelta(days=n)) for n in range(rest))
    need = float(case.prospect.target - case.prospect.actual)
    if len(days) < 2 or not left:
        return 0.5
    amounts = np.array([float(record.amounts.get(day, 0)) for day in days])
    weights = np.array([0.5 ** ((today - day).days / _HALF_LIFE_DAYS) for day in days])
    mean = float(np.average(amounts, weights=weights))
    variance = float(np.average((amounts - mean) ** 2, weights=weights))
    return _tail(need, mean * left, max(variance, mean) * left, max(amounts.max(), 1.0))


def _tail(need: float, mean: float, variance: float, most: float) -> float:
    """In units of which a day's most is at most fifty, as the distribution is one of counts."""
    unit = max(1.0, most / 50)
    mean, variance, need = mean / unit, max(variance / unit**2, mean / unit * 1.001), need / unit
    if mean <= 0:
        return 0.0
    chance = mean / variance
    return float(nbinom.sf(np.ceil(need) - 1, mean * chance / (1 - chance), chance))


def brier(said: Floats, happened: Floats) -> float:
    return float(((said - happened) ** 2).mean())
