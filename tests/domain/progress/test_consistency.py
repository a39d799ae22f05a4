"""How steadily a target was reached; days away never count (method.md, belief 6)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress import consistency as reckoning
from bot.domain.progress.consistency import Consistency, consistency, window_of
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import unit_named
from tests.domain.progress.days_logged import logged

WEDNESDAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 23)
LONG_AGO = date(2025, 1, 1)
CALENDAR = RepCalendar(ZoneInfo("UTC"))
MEETINGS = Indicator(
    1, IndicatorKind.BEHAVIOUR, "Meetings", unit_named("meetings"), PeriodKind.WEEK
)
FIVE = (TargetSetting(Decimal(5), PeriodKind.WEEK),)


def weeks(*amounts: int) -> dict[date, float]:
    """These amounts on the Tuesdays of the weeks before this one, the last of them last week's."""
    newest_first = enumerate(reversed(amounts), start=1)
    return {MONDAY + timedelta(days=1, weeks=-back): float(each) for back, each in newest_first}


def of(
    amounts: dict[date, float],
    calendar: RepCalendar = CALENDAR,
    settings: tuple[TargetSetting, ...] = FIVE,
    first: date = LONG_AGO,
) -> Consistency | None:
    return consistency(MEETINGS, settings, calendar, WEDNESDAY, logged(amounts), first)


def test_it_is_the_share_of_the_last_twelve_periods_on_target() -> None:
    found = of(weeks(9, 9, *[5] * 7, *[4] * 5))
    assert found is not None
    assert (found.kept, found.of) == (7, 12)
    assert found.share == pytest.approx(7 / 12)


def test_its_spread_is_how_far_the_middle_half_lies_apart() -> None:
    found = of(weeks(6, 0, 20, 4, 5), first=MONDAY - timedelta(weeks=5))
    assert found == Consistency(3, 5, low=0.8, high=1.2)
    assert found.spread == pytest.approx(0.4)


def test_of_two_reps_with_one_total_the_steady_one_is_seen() -> None:
    steady, heroic = of(weeks(*[5] * 12)), of(weeks(*[0, 10] * 6))
    assert steady is not None
    assert heroic is not None
    assert (steady.share, steady.spread) == (1.0, 0.0)
    assert (heroic.share, heroic.spread) == (0.5, 2.0)


def test_a_week_away_is_passed_over() -> None:
    last_week = DateRange(MONDAY - timedelta(days=7), MONDAY - timedelta(days=1))
    away = replace(CALENDAR, time_off=(last_week,))
    assert of(weeks(*[5] * 12, 0), away) == of(weeks(*[5] * 12))


def test_half_a_week_away_asks_for_half() -> None:
    days_off = DateRange(MONDAY - timedelta(days=7), MONDAY - timedelta(days=5))
    found = of(weeks(2), replace(CALENDAR, time_off=(days_off,)), first=MONDAY - timedelta(days=7))
    assert found == Consistency(1, 1)


def test_the_open_period_is_not_held_against_anybody() -> None:
    assert of({**weeks(*[5] * 12), WEDNESDAY: 0.0}) == of(weeks(*[5] * 12))


def test_nothing_before_the_first_entry_counts() -> None:
    found = of(weeks(5, 5, 5), first=MONDAY - timedelta(weeks=3))
    assert found == Consistency(3, 3)


def test_a_daily_target_counts_by_weeks() -> None:
    daily = (TargetSetting(Decimal(1), PeriodKind.DAY),)
    found = of(weeks(5, 4), settings=daily, first=MONDAY - timedelta(weeks=2))
    assert found == Consistency(1, 2)


def test_without_a_period_that_asked_for_something_there_is_none() -> None:
    assert of({}, settings=()) is None
    assert of({}, first=WEDNESDAY) is None


def test_hundredths_add_up() -> None:
    third = {MONDAY - timedelta(days=7 - day): 1.1 for day in range(3)}
    hours = (TargetSetting(Decimal("3.3"), PeriodKind.WEEK),)
    selling = replace(MEETINGS, unit=unit_named("hours"))
    found = consistency(
        selling, hours, CALENDAR, WEDNESDAY, logged(third), MONDAY - timedelta(days=7)
    )
    assert found == Consistency(1, 1)


def test_the_window_leaves_room_for_weeks_away() -> None:
    assert window_of(PeriodKind.DAY, WEDNESDAY) == MONDAY - timedelta(weeks=16)
    assert window_of(PeriodKind.QUARTER, WEDNESDAY) == date(2023, 10, 1)


def test_what_is_kept_of_a_week_is_kept_once_and_not_for_each_of_its_days() -> None:
    reckoning._asked.cache_clear()
    for day in range(7):
        today = MONDAY + timedelta(days=day)
        consistency(MEETINGS, FIVE, CALENDAR, today, logged({}), LONG_AGO)
    assert reckoning._asked.cache_info().currsize == 1
