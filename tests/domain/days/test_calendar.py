"""Design §2.1 and the days of §2.2: which days are whose."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.public_holidays import public_holidays
from bot.domain.errors import Refusal
from tests.domain.samples import (
    FRIDAY,
    LONDON,
    MONDAY,
    RILEY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
)

CHRISTMAS = date(2026, 12, 25)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
ranges = st.tuples(days, st.integers(0, 30)).map(
    lambda drawn: DateRange(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)
calendars = st.builds(
    RepCalendar,
    zone=st.just(LONDON),
    workdays=st.frozensets(st.integers(0, 6)),
    holidays=st.frozensets(days, max_size=10),
    time_off=st.lists(ranges, max_size=3).map(tuple),
    started_on=st.none() | days,
    leaves_on=st.none() | days,
)


def test_pattern_days_are_the_teams_weekdays() -> None:
    gulf = RepCalendar(LONDON, workdays=frozenset({6, 0, 1, 2, 3}))
    assert [gulf.is_pattern_day(day) for day in (THURSDAY, FRIDAY, SATURDAY, SUNDAY)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_public_holiday_is_a_pattern_day_but_no_available_day() -> None:
    sam = RepCalendar(LONDON, holidays=public_holidays("GB-ENG"))
    assert sam.is_pattern_day(CHRISTMAS)
    assert not sam.is_available(CHRISTMAS)


def test_time_off_takes_its_first_and_its_last_day() -> None:
    away = replace(RILEY, time_off=(DateRange(TUESDAY, WEDNESDAY), DateRange(FRIDAY, FRIDAY)))
    available = [away.is_available(day) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)]
    assert available == [True, False, False, True, False]
    assert away.is_pattern_day(TUESDAY)


def test_a_rep_is_available_from_the_start_to_the_leaving_both_included() -> None:
    brief = replace(RILEY, started_on=TUESDAY, leaves_on=THURSDAY)
    available = [brief.is_available(day) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)]
    assert available == [False, True, True, True, False]


def test_a_rep_without_a_start_date_was_always_there() -> None:
    assert RILEY.is_available(date(1999, 11, 22))
    assert RILEY.weight(date(1999, 11, 22)) == 1


def test_the_week_of_the_start_date_is_the_first_of_the_ramp() -> None:
    hired_on_friday = replace(RILEY, started_on=FRIDAY)
    weeks = [FRIDAY, *(MONDAY + timedelta(weeks=week) for week in (1, 2, 3, 4))]
    weights = [Decimal(weight) for weight in ("0.25", "0.5", "0.75", "1", "1")]
    assert [hired_on_friday.weight(day) for day in weeks] == weights


def test_a_team_may_ramp_otherwise_or_not_at_all() -> None:
    hired = replace(RILEY, started_on=MONDAY)
    assert replace(hired, ramp=(Decimal("0.1"),)).weight(MONDAY) == Decimal("0.1")
    assert replace(hired, ramp=()).weight(MONDAY) == 1


def test_a_day_in_lieu_of_a_holiday_on_a_weekend_is_a_holiday() -> None:
    assert date(2026, 12, 28) in public_holidays("GB-ENG")


@pytest.mark.parametrize(
    "code,holiday,workday",
    [
        ("GB-ENG", date(2026, 4, 6), date(2026, 11, 30)),
        ("GB-SCT", date(2026, 11, 30), date(2026, 4, 6)),
        ("DE", date(2026, 10, 3), date(2026, 1, 6)),
        ("DE-BY", date(2026, 1, 6), date(2026, 11, 18)),
        ("US", date(2026, 11, 26), date(2026, 11, 27)),
        ("de-by", date(2026, 1, 6), date(2026, 11, 18)),
    ],
)
def test_holidays_are_those_of_the_country_or_its_region(
    code: str, holiday: date, workday: date
) -> None:
    known = public_holidays(code)
    assert holiday in known
    assert workday not in known


def test_a_team_without_a_code_has_no_holidays() -> None:
    assert CHRISTMAS not in public_holidays(None)


@pytest.mark.parametrize(
    "code,sentence",
    [
        ("XX", "Use a country's code such as GB"),
        ("XX-YY", "Use a country's code such as GB"),
        ("England", "Use a country's code such as GB"),
        ("GB-XX", "Use GB alone, or a region such as ENG, NIR, SCT, WLS."),
    ],
)
def test_an_unknown_country_or_region_is_refused_with_what_to_write(
    code: str, sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        public_holidays(code)
    assert sentence in refused.value.sentence


def test_time_off_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        DateRange(TUESDAY, MONDAY)
    assert "ends before it starts" in refused.value.sentence


def test_equal_calendars_are_equal_keys() -> None:
    one, other = (RepCalendar(LONDON, holidays=public_holidays("GB-ENG")) for _ in range(2))
    assert hash(one) == hash(other)
    assert one == other


@given(calendars, days)
def test_only_available_days_weigh_anything(calendar: RepCalendar, day: date) -> None:
    assert (calendar.weight(day) > 0) == calendar.is_available(day)
    assert calendar.is_pattern_day(day) or not calendar.is_available(day)


@given(calendars, days)
def test_days_before_the_start_and_after_the_leaving_weigh_nothing(
    calendar: RepCalendar, day: date
) -> None:
    early = calendar.started_on is not None and day < calendar.started_on
    late = calendar.leaves_on is not None and day > calendar.leaves_on
    assert calendar.is_employed(day) == (not early and not late)
    if early or late:
        assert calendar.weight(day) == 0


@given(calendars, days)
def test_more_time_off_never_makes_a_day_available(calendar: RepCalendar, day: date) -> None:
    away = replace(calendar, time_off=(*calendar.time_off, DateRange(day, day)))
    assert not away.is_available(day)
    assert away.is_pattern_day(day) == calendar.is_pattern_day(day)


@given(days, days)
def test_the_ramp_never_falls(started_on: date, day: date) -> None:
    hired = replace(RILEY, started_on=started_on)
    later = day + timedelta(days=1)
    if hired.is_available(day) and hired.is_available(later):
        assert hired.weight(day) <= hired.weight(later)
