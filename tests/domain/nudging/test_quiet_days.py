"""Quiet days are drawn by chance alone, the same whenever they are asked for."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.zones import zone_named
from bot.domain.nudging.quiet_days import is_drawn, is_rested
from tests.slack.messages.good_news import indicator

CALENDAR = RepCalendar(zone_named("Europe/London"))
DAYS = [date(2026, 1, 1) + timedelta(days=n) for n in range(365 * 2)]
WORKDAYS = [day for day in DAYS if CALENDAR.is_available(day)]


def test_about_one_workday_in_nine_is_drawn() -> None:
    drawn = [is_drawn(f"U{rep}", CALENDAR, day) for rep in range(30) for day in WORKDAYS]
    assert 0.10 < sum(drawn) / len(drawn) < 0.12  # one in eight, less those after a draw


@given(user=st.text("ABC0123456789", min_size=2, max_size=11))
def test_never_two_workdays_in_a_row(user: str) -> None:
    drawn = [is_drawn(user, CALENDAR, day) for day in WORKDAYS]
    assert not any(first and second for first, second in itertools.pairwise(drawn))


def test_reps_are_drawn_apart() -> None:
    both = sum(
        is_drawn("U02RILEY", CALENDAR, day) and is_drawn("U03SAM", CALENDAR, day)
        for day in WORKDAYS
    )
    assert both < 20


def test_a_behaviour_at_rest_is_named_every_other_day() -> None:
    rested = [is_rested(indicator(), day) for day in DAYS]
    assert all(first != second for first, second in itertools.pairwise(rested))
