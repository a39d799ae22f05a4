"""What a rep logged, from amounts by date."""

from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from bot.domain.progress.logged import Logged


def logged(amounts: Mapping[date, float]) -> Logged:
    """One entry a day, as if read from the database."""
    days = sorted(amounts)
    hundredths = [round(100 * amounts[day]) for day in days]
    return Logged(days, list(accumulate(hundredths, initial=0)))
