"""Reps whose ways are known, because they are drawn: what a forecast is judged by.

Knows nothing of the bot. A team is drawn from a seed; each rep logs on each workday, by a kind of
habit that doesn't stop on the day from which on forecasts are judged.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np


class Kind(StrEnum):
    """How a rep goes about it."""

    STEADY = "steady"
    BURSTY = "bursty"
    """Strong weeks and weak ones, and days with much or nothing within them."""
    IMPROVING = "improving"
    FADING = "fading"
    RHYTHM = "weekly rhythm"
    """Most of the week falls on two days."""
    NEW = "new"
    """Here for three to six weeks when judged first."""


class Thing(StrEnum):
    """What is logged, and over what it is judged."""

    CALLS = "counts, a week"
    DEMOS = "small counts, a week"
    PLANS = "counts, a month"
    SELLING = "hours, a week"
    REVENUE = "amounts, a month"


@dataclass(frozen=True, slots=True)
class SimulatedRep:
    """What one rep logged on each workday from `start` on; `away` has the days off among them."""

    kind: Kind
    start: date
    logged: Mapping[date, float]
    away: frozenset[date]


@dataclass(frozen=True, slots=True)
class SimulatedTeam:
    """A team and what it is asked for on one workday; judged from `judged_from` to `end`."""

    thing: Thing
    reps: tuple[SimulatedRep, ...]
    asked_a_day: float
    judged_from: date
    end: date


FIRST_MONDAY = date(2025, 9, 1)
WEEKS_BEFORE = 18
WEEKS_JUDGED = 9
_WEEKS = WEEKS_BEFORE + WEEKS_JUDGED
_EVEN = (1.0, 1.0, 1.0, 1.0, 1.0)
_LEVELS = {
    Thing.CALLS: (3.0, 9.0),
    Thing.DEMOS: (0.4, 1.4),
    Thing.PLANS: (0.3, 1.0),
    Thing.SELLING: (1.5, 4.0),
    Thing.REVENUE: (800.0, 3000.0),
}
_HARDEST, _EASIEST = 1.2, 0.85


def simulated_team(seed: int, thing: Thing, reps: int = 12) -> SimulatedTeam:
    """A team with two reps of each kind (of twelve), over 18 weeks and the nine to be judged."""
    chance = np.random.default_rng(seed)
    level = chance.uniform(*_LEVELS[thing])
    kinds = list(Kind)
    judged_from = FIRST_MONDAY + timedelta(weeks=WEEKS_BEFORE)
    return SimulatedTeam(
        thing=thing,
        reps=tuple(
            _rep(chance, kinds[number % len(kinds)], thing, level * chance.lognormal(0.0, 0.25))
            for number in range(reps)
        ),
        asked_a_day=level * chance.uniform(_EASIEST, _HARDEST),
        judged_from=judged_from,
        end=judged_from + timedelta(weeks=WEEKS_JUDGED) - timedelta(days=1),
    )


def workdays(first: date, last: date) -> Iterator[date]:
    """Mondays to Fridays, both ends included."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < len(_EVEN):
            yield day


def _rep(chance: np.random.Generator, kind: Kind, thing: Thing, level: float) -> SimulatedRep:
    start = FIRST_MONDAY
    if kind is Kind.NEW:
        start += timedelta(weeks=WEEKS_BEFORE - int(chance.integers(3, 7)))
    shape = _weekday_shape(chance, kind)
    course = _course(chance, kind)
    logged, away = {}, set()
    for day in workdays(start, FIRST_MONDAY + timedelta(weeks=_WEEKS, days=-1)):
        if chance.random() < 0.04:
            away.add(day)
            continue
        week = (day - FIRST_MONDAY).days // 7
        mean = level * course[week] * shape[day.weekday()]
        logged[day] = _amount(chance, kind, thing, mean)
    return SimulatedRep(kind, start, logged, frozenset(away))


def _weekday_shape(chance: np.random.Generator, kind: Kind) -> tuple[float, ...]:
    """How much each weekday has of an even one; a fifth of the week is 1."""
    concentration = 1.2 if kind is Kind.RHYTHM else 25.0
    drawn = chance.dirichlet([concentration] * len(_EVEN)) * len(_EVEN)
    return tuple(float(each) for each in drawn)


def _course(chance: np.random.Generator, kind: Kind) -> list[float]:
    """What each week is of the rep's level."""
    if kind is Kind.BURSTY:
        strong = chance.random(_WEEKS) < 0.4
        return [float(each) for each in np.where(strong, 1.75, 0.5)]
    if kind in {Kind.IMPROVING, Kind.FADING}:
        # From 0.6 to 1.5 of it or back, half of the way in six weeks around some week.
        middle = chance.uniform(WEEKS_BEFORE - 6, WEEKS_BEFORE + 6)
        gone = 1 / (1 + np.exp(-(np.arange(_WEEKS) - middle) / 3.0))
        risen = 0.6 + 0.9 * (gone if kind is Kind.IMPROVING else 1 - gone)
        return [float(each) for each in risen]
    drift = np.cumsum(chance.normal(0.0, 0.04, _WEEKS))
    return [float(each) for each in np.exp(drift - drift.mean())]


def _amount(chance: np.random.Generator, kind: Kind, thing: Thing, mean: float) -> float:
    if thing is Thing.SELLING:
        return _hours(chance, kind, mean)
    if thing is Thing.REVENUE:
        deals = chance.poisson(mean / 5000.0)
        return float(np.round(chance.lognormal(8.2, 0.8, deals).sum(), 2))
    if kind is Kind.BURSTY:
        return float(chance.negative_binomial(1.0, 1 / (1 + mean)) if mean else 0)
    if kind is Kind.STEADY and thing is Thing.CALLS:
        tries = max(1, round(2 * mean))
        return float(chance.binomial(tries, min(1.0, mean / tries)))
    return float(chance.poisson(mean))


def _hours(chance: np.random.Generator, kind: Kind, mean: float) -> float:
    """Sessions of about an hour, rarer and longer with a bursty rep, to the quarter hour."""
    length = 2.0 if kind is Kind.BURSTY else 0.8
    sessions = chance.poisson(mean / length)
    spent = chance.gamma(3.0, length / 3.0, sessions).sum()
    return float(np.round(spent * 4) / 4)
