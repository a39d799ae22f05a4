"""Conversions of a whole team at once, as arrays of reps × weeks or reps × reps.

The method is that of `conversions`. NumPy and SciPy take half a second to load, so whoever needs
this imports it only then.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

from bot.domain.coaching.conversions import (
    FAR_BELOW,
    LEAST_VARIATION,
    OPEN_MIND,
    SPREADS,
    USUAL_SPREAD,
    USUAL_WEEKS,
    USUAL_WEIGHS,
    Comparison,
    Tries,
)
from bot.domain.progress.weekly_numbers import WeeklyTeam

Floats = npt.NDArray[np.float64]
_FEW: Final = 2
"""Of no more others than that the lower one is the middle."""


def weeks_of(reps: Sequence[Tries]) -> tuple[Floats, Floats]:
    """What was tried and what came of it, 0 in the weeks that some reps have more than others."""
    tried = zip_longest(*(each.tried for each in reps), fillvalue=0.0)
    led = zip_longest(*(each.led for each in reps), fillvalue=0.0)
    as_rows = (np.array(list(each), float).reshape(-1, len(reps)) for each in (tried, led))
    first, second = (each.T for each in as_rows)
    return first, second


def of_weeks(team: WeeklyTeam, indicator_id: int) -> Floats:
    """What each rep did of one indicator, reps × weeks."""
    return np.array([rep.amounts(indicator_id) for rep in team.reps], float)


def shifted(
    tried: Floats, led: Floats, since: Sequence[int], delay: int, count: int
) -> tuple[Floats, Floats]:
    """The last weeks, `count` at most, of what came and of what was tried so much earlier.

    0 where that was before the week in which a rep began.
    """
    weeks = tried.shape[1]
    first = max(weeks - count, delay)
    counted = np.arange(first - delay, weeks - delay) >= np.array(since)[:, None]
    return tried[:, first - delay : weeks - delay] * counted, led[:, first:] * counted


def variation(tried: Floats, led: Floats, *, counts: bool) -> float:
    """The variance of a week's successes over their mean, from all reps together (Pearson)."""
    all_tried, all_led = tried.sum(axis=-1), led.sum(axis=-1)
    rate = _share(all_led, all_tried)
    due = rate[:, None] * tried
    squares = float(_share((led - due) ** 2, due).sum())
    weeks = np.count_nonzero(due, axis=-1)
    free = int(np.maximum(weeks - 1, 0).sum())
    if not counts:
        some = np.count_nonzero(led)
        mean = float(led.sum()) / some if some else 0.0
        return max(squares / free if free else 0.0, mean) or 1.0
    usual = max(LEAST_VARIATION, 1 - float(_share(all_led.sum(), all_tried.sum())))
    return max((USUAL_WEEKS * usual + squares) / (USUAL_WEEKS + free), usual)


def compare(reps: Sequence[Tries], better: float, variation: float) -> list[Comparison]:
    """Each rep beside the better half of the others; all of them have tried.

    Most aren't far below `better`, that of all reps, and need no reckoning. Nor do those near the
    middle of the others: one star alone makes nobody else weak.
    """
    tried, led = (np.array([getattr(each, of) for each in reps]) for of in ("all_tried", "all_led"))
    found = [Comparison(each.all_tried, each.all_led, better, 0.0) for each in reps]
    rates = led / tried
    below = np.flatnonzero(rates < FAR_BELOW * np.minimum(better, _middles(rates)))
    if len(below):
        betters, chances = _beside_others(tried, led, variation, below)
        for place, theirs, chance in zip(below.tolist(), betters, chances, strict=True):
            own = reps[place]
            found[place] = Comparison(own.all_tried, own.all_led, float(theirs), float(chance))
    return found


def _middles(rates: Floats) -> Floats:
    """For each rep the conversion in the middle of the others', the lower one of two; 0 alone."""
    if len(rates) == 1:
        return np.zeros(1)
    others = np.broadcast_to(rates, (len(rates),) * 2)[_others(len(rates))].reshape(len(rates), -1)
    found: Floats = np.median(others, axis=1) if others.shape[1] > _FEW else others.min(axis=1)
    return found


def _beside_others(
    tried: Floats, led: Floats, variation: float, whom: npt.NDArray[np.intp]
) -> tuple[Floats, Floats]:
    """Of some reps the conversion of the others' better half, and the chance to be far below it.

    `tried` and `led` are every rep's sums.
    """
    rest = _others(len(tried))[whom]
    tries, came = (
        np.broadcast_to(each, rest.shape)[rest].reshape(len(whom), -1) for each in (tried, led)
    )
    rate = came.sum(axis=1) / tries.sum(axis=1)
    spread = _spread(tries * rate[:, None] / variation, came / variation)
    shape = spread**-2
    shapes, rates = shape[:, None] + came / variation, (shape / rate)[:, None] + tries / variation
    ranked = np.argsort(-shapes / rates, axis=1, kind="stable")[:, : (tries.shape[1] + 1) // 2]
    # Pooled: their shapes and their rates add up, as their counts and their tries do.
    their_shape, their_rate, all_came, all_tries = (
        np.take_along_axis(each, ranked, 1).sum(axis=1) for each in (shapes, rates, came, tries)
    )
    apart = np.maximum(spread, OPEN_MIND) ** -2
    own_shape, own_rate = apart + led[whom] / variation, apart / rate + tried[whom] / variation
    # P(X ÷ rate < Y ÷ their_rate × slack) for gamma-distributed X and Y is a beta distribution's.
    odds = FAR_BELOW * own_rate / (FAR_BELOW * own_rate + their_rate)
    return all_came / all_tries, betainc(own_shape, their_shape, odds)


def _spread(due: Floats, came: Floats) -> Floats:
    """How much the reps' true rates differ, row by row (method of moments)."""
    excess = ((came - due) ** 2 - due).sum(axis=1)
    seen = np.maximum(_share(excess, (due**2).sum(axis=1)), 0)
    weighed = USUAL_WEIGHS * USUAL_SPREAD**2 + due.shape[1] * seen
    found: Floats = np.clip(np.sqrt(weighed / (USUAL_WEIGHS + due.shape[1])), *SPREADS)
    return found


def _others(count: int) -> npt.NDArray[np.bool_]:
    return ~np.eye(count, dtype=bool)


def _share(part: Floats, whole: Floats) -> Floats:
    """0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
