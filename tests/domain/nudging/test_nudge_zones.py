"""Nudges in every zone of the time-zone database, over a whole year (design §2.1, §2.5).

The real rule is asked tick by tick, as the planner asks it, and held against the local clock.
"""

from collections.abc import Container, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.domain.days.calendar import MONDAY_TO_FRIDAY, RepCalendar
from bot.domain.days.periods import days_between
from bot.domain.days.public_holidays import public_holidays
from bot.domain.days.zones import instant_in
from bot.domain.nudging.nudges import NudgeMoment, nudge_moment
from tests.domain.reps import a_team, riley
from tests.domain.year_of_zones import (
    A_DAY,
    ALL_ZONES,
    changes,
    every,
    hours_of,
    utc,
    zones_that_differ,
)

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
A_SECOND, A_QUARTER = timedelta(seconds=1), timedelta(minutes=15)
HALF_AN_HOUR = timedelta(minutes=30)
AROUND_A_CHANGE = timedelta(days=4)
ODD_TIMES = (time(0), time(0, 30), time(1, 59), time(2, 30), time(23, 30))
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})


def ticked(calendar: RepCalendar, nudge_at: time, ticks: Iterable[datetime]) -> list[NudgeMoment]:
    """The nudges that these ticks find, each when it is first found; asserts that none is early."""
    rep, team = riley(calendar, nudge_at=nudge_at), a_team(created_at=LONG_AGO)
    found: dict[str, NudgeMoment] = {}
    for now in ticks:
        moment = nudge_moment(rep, team, now)
        if moment is not None:
            assert moment.due <= now
            known = found.setdefault(moment.key, moment)
            assert (known.due, known.expires) == (moment.due, moment.expires)
    return list(found.values())


def is_right(moment: NudgeMoment) -> bool:
    """Whether it is due as soon as the clock on the wall says so, and gone with the local day."""
    zone, wanted = moment.rep.calendar.zone, datetime.combine(moment.day, moment.rep.nudge_at)
    due, before, end = (
        instant.astimezone(zone).replace(tzinfo=None)
        for instant in (moment.due, moment.due - A_SECOND, moment.expires - A_SECOND)
    )
    is_first = before < wanted <= due
    return is_first and due.date() == end.date() == moment.day and moment.due < moment.expires


def comes(zone: ZoneInfo, day: date, at: time) -> bool:
    """Whether the clock on the wall ever shows that time, or a later one, on that date."""
    return instant_in(zone, day, at).astimezone(zone).date() == day


def workdays(first: date, last: date, off: Container[date] = ()) -> list[date]:
    days = days_between(first, last)
    return [day for day in days if day.weekday() in MONDAY_TO_FRIDAY and day not in off]


def within(moments: Iterable[NudgeMoment], first: date, last: date) -> list[date]:
    return [moment.day for moment in moments if first <= moment.day <= last]


def test_every_zone_is_looked_at() -> None:
    assert len(ALL_ZONES) > 590
    assert len(zones_that_differ(2026)) > 60


def test_in_every_zone_each_workday_of_a_year_has_one_nudge_at_nine() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    for name in zones_that_differ(2026):
        moments = ticked(RepCalendar(ZoneInfo(name)), time(9), hours_of(2026))
        assert within(moments, first, last) == workdays(first, last), name
        assert all(map(is_right, moments)), name
        at_nine = {moment.due.astimezone(ZoneInfo(name)).time() for moment in moments}
        assert at_nine == {time(9)}, name


@pytest.mark.parametrize("at", ODD_TIMES, ids=str)
def test_around_every_change_of_every_zone_each_day_has_one_nudge_at_its_time(at: time) -> None:
    everyday = frozenset(range(7))
    for name in zones_that_differ(2026):
        zone = ZoneInfo(name)
        for change in changes(zone, 2026):
            ticks = every(A_QUARTER, change - AROUND_A_CHANGE, change + AROUND_A_CHANGE)
            moments = ticked(RepCalendar(zone, workdays=everyday), at, ticks)
            assert all(map(is_right, moments)), (name, change)
            days = [moment.day for moment in moments]
            whole = days_between(days[0], days[-1])
            assert days == [day for day in whole if comes(zone, day, at)], (name, change)
            assert len(days) >= 7, (name, change)


@pytest.mark.parametrize(
    "name,year",
    [
        ("Pacific/Apia", 2011),  # a Friday that never was
        ("Pacific/Kwajalein", 1969),  # a Tuesday that was twice
        ("America/St_Johns", 2006),  # changes at 00:01, so that a date comes back
        ("Asia/Pyongyang", 2018),  # a Friday without its last half hour
        ("America/Nuuk", 2024),
        ("Asia/Kathmandu", 1986),
        ("Africa/Casablanca", 2023),
        ("Europe/Dublin", 2028),  # a leap year
    ],
)
@pytest.mark.parametrize("at", [time(0), time(9), time(23, 30)], ids=str)
def test_odd_years_have_one_nudge_on_each_workday_that_was(name: str, year: int, at: time) -> None:
    zone, first, last = ZoneInfo(name), date(year, 1, 2), date(year, 12, 31)
    ticks = every(HALF_AN_HOUR, utc(year), utc(year + 1) + A_DAY)
    moments = ticked(RepCalendar(zone), at, ticks)
    expected = [day for day in workdays(first, last) if comes(zone, day, at)]
    assert within(moments, first, last) == expected
    assert len(expected) >= len(workdays(first, last)) - 1
    assert all(map(is_right, moments))


@pytest.mark.parametrize(
    "name,day,at",
    [
        ("Pacific/Apia", date(2011, 12, 30), time(9)),  # no such day
        ("Asia/Pyongyang", date(2018, 5, 4), time(23, 45)),  # 23:30 was midnight
        ("America/Nuuk", date(2026, 3, 28), time(23, 30)),  # 23:00 is midnight
    ],
)
def test_a_nudge_time_that_a_date_never_reaches_has_none(name: str, day: date, at: time) -> None:
    calendar = RepCalendar(ZoneInfo(name), workdays=frozenset(range(7)))
    start = datetime.combine(day, time(12), UTC)
    ticks = every(A_QUARTER, start - 2 * A_DAY, start + 3 * A_DAY)
    days = {moment.day for moment in ticked(calendar, at, ticks)}
    assert day not in days
    assert {day - A_DAY, day + A_DAY} <= days


@pytest.mark.parametrize(
    "code,zone",
    [
        ("GB-ENG", "Europe/London"),
        ("US", "America/Chicago"),
        ("DE-BY", "Europe/Berlin"),
        ("IN", "Asia/Kolkata"),
        ("JP", "Asia/Tokyo"),
        ("BR", "America/Sao_Paulo"),
        ("NZ", "Pacific/Auckland"),
    ],
)
def test_public_holidays_have_no_nudge(code: str, zone: str) -> None:
    country, _, region = code.partition("-")
    off = holidays.country_holidays(country, subdiv=region or None, years=(2026, 2027))
    calendar = RepCalendar(ZoneInfo(zone), holidays=public_holidays(code))
    first, last = date(2026, 1, 1), date(2027, 12, 31)
    moments = ticked(calendar, time(9), [*hours_of(2026), *hours_of(2027)])
    assert within(moments, first, last) == workdays(first, last, off)
    assert len(workdays(first, last)) - len(moments) > 10


def test_a_team_that_works_from_sunday_to_thursday_is_nudged_then() -> None:
    calendar = RepCalendar(
        ZoneInfo("Asia/Jerusalem"), SUNDAY_TO_THURSDAY, holidays=public_holidays("IL")
    )
    days = [moment.day for moment in ticked(calendar, time(9), hours_of(2026))]
    assert {day.weekday() for day in days} == SUNDAY_TO_THURSDAY
    assert date(2026, 4, 22) not in days  # Independence Day
