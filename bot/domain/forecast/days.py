"""What a rep's days are like: how they scatter, which weekdays bring most, how many bring nothing.

Each is the rep's own as far as the history goes, and the team's for the rest.
"""

from dataclasses import dataclass

import numpy as np

from bot.domain.forecast.grids import Bools, Floats, Past

_FANO_DAYS = 15.0
_ACTIVE_DAYS = 10.0
_LEAST_FANO = 0.15
_USUAL_FANO = 1.3
"""Of counts, where nothing is known."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of each row before its own history: rows × 1, 7 or experts.

    `weekday_units` is how many units (amount ÷ Fano factor) a weekday is worth that was never seen.
    """

    rate: Floats
    spread: Floats
    fano: Floats
    weekdays: Floats
    weekday_units: Floats
    active: Floats
    experts: Floats


@dataclass(frozen=True, slots=True)
class Days:
    """Rows: the Fano factor of a day, rows × weekdays: its shares, rows: the share with anything.

    `exposure` and `units` are rows × weeks: the workdays' weight by weekday habits, and what was
    logged in units of the Fano factor.
    """

    fano: Floats
    weekdays: Floats
    active: Floats
    exposure: Floats
    units: Floats


def unknown_fano(past: Past, is_count: Bools) -> Floats:
    """A first guess: that of counts, and of amounts what single entries suggest."""
    total = past.amounts.sum(axis=(1, 2))
    squares = (past.amounts**2).sum(axis=(1, 2))
    guess = squares / np.where(total > 0, total, 1.0)
    return np.where(is_count, _USUAL_FANO, np.where(guess > 0, guess, 1.0))


def days_of(past: Past, prior: Prior) -> Days:
    """Weekday shares need the scatter and the scatter the shares: each is estimated twice."""
    fano = prior.fano
    weekdays = _weekdays(past, prior, fano)
    fano = _fano(past, prior, weekdays)
    weekdays = _weekdays(past, prior, fano)
    exposure = (past.weights * weekdays[:, None, :]).sum(axis=2)
    units = past.amounts.sum(axis=2) / fano[:, None]
    return Days(fano, weekdays, _active(past, prior), exposure, units)


def _weekdays(past: Past, prior: Prior, fano: Floats) -> Floats:
    weight = past.weights.sum(axis=1)
    amount = np.where(weight > 0, past.amounts.sum(axis=1), 0.0)
    total = weight.sum(axis=1)
    rate = amount.sum(axis=1) / np.where(total > 0, total, 1.0)
    even = rate[:, None] * weight / fano[:, None]
    units = prior.weekday_units[:, None]
    shares = (amount / fano[:, None] + units * prior.weekdays) / (even + units)
    mean = (shares * weight).sum(axis=1) / np.where(total > 0, total, 1.0)
    scale: Floats = np.where((total > 0) & (mean > 0), 1 / np.where(mean > 0, mean, 1.0), 1.0)
    found: Floats = scale[:, None] * shares
    return found


def _fano(past: Past, prior: Prior, weekdays: Floats) -> Floats:
    """Around each week's own level, so that strong and weak weeks don't count as scatter."""
    parts = past.weights * weekdays[:, None, :]
    whole = parts.sum(axis=2, keepdims=True)
    parts = parts / np.where(whole > 0, whole, 1.0)
    amounts = np.where(parts > 0, past.amounts, 0.0)
    means = amounts.sum(axis=2, keepdims=True) * parts
    scatter = ((amounts - means) ** 2).sum(axis=(1, 2))
    due = (means * (1 - parts)).sum(axis=(1, 2))
    freedom = np.where(means > 0, 1 - parts, 0.0).sum(axis=(1, 2))
    freedom = np.minimum(freedom, 2.0 * np.count_nonzero(amounts, axis=(1, 2)))
    own = scatter / np.where(due > 0, due, 1.0)
    pooled = (_FANO_DAYS * prior.fano + freedom * own) / (_FANO_DAYS + freedom)
    found: Floats = np.maximum(pooled, _LEAST_FANO * prior.fano)
    return found


def _active(past: Past, prior: Prior) -> Floats:
    days = past.days
    some = np.count_nonzero((past.weights > 0) & (past.amounts > 0), axis=(1, 2))
    found: Floats = (some + _ACTIVE_DAYS * prior.active) / (days + _ACTIVE_DAYS)
    return found
