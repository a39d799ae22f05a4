"""Days, weeks (Monday first), months, quarters and years of a local calendar."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

ONE_DAY = timedelta(days=1)


class PeriodKind(StrEnum):
    """How long the stretch is over which a target is expected."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def short_day(day: date) -> str:
    """ "Tue 17 Nov", within a sentence that the domain speaks."""
    return f"{day:%a} {day.day} {day:%b}"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of local dates; `start` and `end` both belong to it."""

    kind: PeriodKind
    start: date
    end: date

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def days(self) -> Iterator[date]:
        """Every date of the period, first to last."""
        return days_between(self.start, self.end)

    def next(self) -> "Period":
        """The period of the same kind that follows."""
        return period_of(self.kind, self.end + ONE_DAY)

    def previous(self) -> "Period":
        """The period of the same kind before this one."""
        return period_of(self.kind, self.start - ONE_DAY)


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from `first` to `last`, both included; none where `last` lies before."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@lru_cache(maxsize=4096)
def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of this kind that holds the day."""
    match kind:
        case PeriodKind.DAY:
            return Period(kind, day, day)
        case PeriodKind.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Period(kind, monday, monday + timedelta(days=6))
        case PeriodKind.MONTH:
            return _months(kind, day.replace(day=1), 1)
        case PeriodKind.QUARTER:
            return _months(kind, date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)
        case PeriodKind.YEAR:
            return Period(kind, date(day.year, 1, 1), date(day.year, 12, 31))


def scored_period(kind: PeriodKind, day: date) -> Period:
    """The period over which a target of this kind is scored: the week for a daily one (§2.3)."""
    return period_of(PeriodKind.WEEK if kind is PeriodKind.DAY else kind, day)


def _months(kind: PeriodKind, first: date, count: int) -> Period:
    last_month = first.month + count - 1
    last_day = monthrange(first.year, last_month)[1]
    return Period(kind, first, date(first.year, last_month, last_day))
