"""Reps' days as arrays: what was logged in each week and on each weekday, and what lies ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.domain.days.calendar import RepCalendar
from bot.domain.forecast.prospects import WEEKS_KNOWN, Prospect, Record

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
DAYS = 7


@dataclass(frozen=True, slots=True)
class Past:
    """Rows × weeks × weekdays; the last week is the open one, up to yesterday.

    `amounts` in the indicator's unit. `weights` are the calendar's: 0 on a day that isn't a workday
    of the rep, before the record begins, and from today on.
    """

    amounts: Floats
    weights: Floats
    asked: Floats

    @property
    def days(self) -> Floats:
        """How many workdays each row has."""
        days: Floats = np.count_nonzero(self.weights, axis=(1, 2)).astype(np.float64)
        return days


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def past_of(records: Sequence[Record], days: Sequence[date]) -> Past:
    """Each record up to the day before its rep's today."""
    shape = (len(records), WEEKS_KNOWN + 1, DAYS)
    amounts, weights = np.zeros(shape), np.zeros(shape)
    for row, (record, today) in enumerate(zip(records, days, strict=True)):
        first = monday_of(today) - timedelta(weeks=WEEKS_KNOWN)
        since = max(first, record.since)
        gone, start = (today - first).days, (since - first).days
        if start < gone:
            known = weights[row].reshape(-1)
            known[start:gone] = day_weights(record.calendar, since, today - timedelta(days=1))
        _fill(amounts[row].reshape(-1), record, first, max(start, 0), gone)
    return Past(amounts, weights, np.array([record.asked_a_day for record in records]))


def _fill(into: Floats, record: Record, first: date, start: int, gone: int) -> None:
    base = first.toordinal()
    for day, amount in record.amounts.items():
        place = day.toordinal() - base
        if start <= place < gone:
            into[place] = amount


def ahead_of(prospects: Sequence[Prospect]) -> Floats:
    """Rows × weeks × weekdays from today to the period's end; the first week is the open one."""
    weeks = [(each.ends - monday_of(each.today)).days // DAYS + 1 for each in prospects]
    weights = np.zeros((len(prospects), max(max(weeks, default=1), 1), DAYS))
    for row, each in enumerate(prospects):
        if each.today <= each.ends:
            place = each.today.weekday()
            left = day_weights(each.record.calendar, each.today, each.ends)
            weights[row].reshape(-1)[place : place + len(left)] = left
    return weights


def day_weights(calendar: RepCalendar, first: date, last: date) -> Floats:
    """How much each date counts, both ends included; not to be changed."""
    return _day_weights(calendar.within(first, last), first, last)


@lru_cache(maxsize=2048)
def _day_weights(calendar: RepCalendar, first: date, last: date) -> Floats:
    """Kept, because most reps of a team have equal calendars and ten indicators each.

    As an array, which takes a third of what a tuple of as many floats does.
    """
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    weights = np.array([float(calendar.weight(day)) for day in days])
    weights.flags.writeable = False
    return weights
