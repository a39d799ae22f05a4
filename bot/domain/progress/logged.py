"""What one rep logged of one indicator, kept so that the sum of any stretch of dates is at hand."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Logged:
    """`days` are the local dates of the entries, in order, each as often as it has entries.

    `running` has the amount of the first 0, 1, 2, … of them in hundredths of the indicator's unit:
    whole numbers, so that every sum is exact.
    """

    days: Sequence[date]
    running: Sequence[int]

    def hundredths(self, first: date, last: date) -> int:
        """The sum from `first` to `last`, both included."""
        start = bisect_left(self.days, first)
        return self.running[bisect_right(self.days, last, start)] - self.running[start]

    def amount(self, first: date, last: date) -> float:
        """The same in the indicator's unit."""
        return self.hundredths(first, last) / HUNDREDTHS

    def amounts(self, starts: Sequence[date]) -> tuple[float, ...]:
        """The sums from each of these dates, in order, to before the next: one fewer."""
        gone = [self.running[bisect_left(self.days, start)] for start in starts]
        return tuple([(after - before) / HUNDREDTHS for before, after in pairwise(gone)])

    def by_day(self, since: date = date.min) -> dict[date, float]:
        """The amount of each date on which anything was logged, from `since` on."""
        start = bisect_left(self.days, since)
        reached = dict(zip(self.days[start:], self.running[start + 1 :], strict=True))
        before = (self.running[start], *reached.values())  # of a day's entries the last one's stays
        return {
            day: (after - gone) / HUNDREDTHS
            for (day, after), gone in zip(reached.items(), before, strict=False)
        }


NOTHING = Logged((), (0,))
