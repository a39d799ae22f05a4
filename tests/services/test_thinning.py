"""Ignored nudges thin out, and any entry restores daily (design §2.5), through the real ledger."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.db.session import Session
from bot.db.tables import deliveries
from bot.domain.days.calendar import DateRange
from bot.domain.days.periods import days_between
from bot.services import time_off
from bot.services.recording import undo_last
from tests.services.logging_entries import log
from tests.services.ticking import SENT, plan, settle, tick
from tests.teams import RILEY, IndicatorRow, RepRow, TeamRows, a_team

MONDAY = date(2026, 11, 2)
NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
CALLS = (
    IndicatorRow("New customers", "customers", "quarter", 12),
    IndicatorRow("Calls", "calls", "quarter", 660, "New customers"),
)


@pytest.fixture
def riley(session: Session) -> TeamRows:
    """Riley alone, behind with calls on every day of the quarter."""
    return a_team(
        session.connection, "Solo", reps=(RepRow(RILEY, "Riley"),), managers=(), listed=CALLS
    )


def nudged(session: Session, team: TeamRows, first: int, last: int, hour: int = 9) -> list[int]:
    """On which of the days, counted from Monday, a tick at that hour sends a nudge."""
    days = days_between(MONDAY + first * A_DAY, MONDAY + last * A_DAY)
    ticks = {day: datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for day in days}
    return [
        (day - MONDAY).days
        for day, now in ticks.items()
        if tick(session, team, now).get(f"nudge:{RILEY}:{day}") == SENT
    ]


def at(day: int, hour: int = 9) -> datetime:
    return NINE.replace(hour=hour) + day * A_DAY


def test_after_three_every_second_workday_and_after_three_more_weekly(
    session: Session, riley: TeamRows
) -> None:
    assert nudged(session, riley, 0, 34) == [0, 1, 2, 4, 8, 10, 17, 24, 31]


def test_thinning_is_the_same_however_late_in_the_day_it_is_planned(
    session: Session, riley: TeamRows
) -> None:
    assert nudged(session, riley, 0, 34, hour=17) == [0, 1, 2, 4, 8, 10, 17, 24, 31]


def test_days_off_are_no_workdays_between_two_nudges(session: Session, riley: TeamRows) -> None:
    off = DateRange(MONDAY + 3 * A_DAY, MONDAY + 4 * A_DAY)
    time_off.add(session, riley.standing(session), RILEY, off, NINE)
    assert nudged(session, riley, 0, 11) == [0, 1, 2, 8, 10]


def test_an_entry_on_the_day_of_a_nudge_means_that_it_was_not_ignored(
    session: Session, riley: TeamRows
) -> None:
    assert nudged(session, riley, 0, 2) == [0, 1, 2]
    log(session, riley, "Calls", 1, at(2, 17))
    assert nudged(session, riley, 3, 11) == [3, 4, 7, 9, 11]


def test_any_entry_restores_daily_nudges(session: Session, riley: TeamRows) -> None:
    assert nudged(session, riley, 0, 18) == [0, 1, 2, 4, 8, 10, 17]
    log(session, riley, "New customers", 1, at(20, 12))  # a result, on a Sunday
    assert nudged(session, riley, 21, 25) == [21, 22, 23, 25]


def test_a_late_entry_restores_daily_nudges_too(session: Session, riley: TeamRows) -> None:
    assert nudged(session, riley, 0, 10) == [0, 1, 2, 4, 8, 10]
    log(session, riley, "Calls", 1, at(10, 15), day=MONDAY)
    assert nudged(session, riley, 11, 14) == [11, 14]


def test_an_entry_that_was_undone_restores_nothing(session: Session, riley: TeamRows) -> None:
    assert nudged(session, riley, 0, 2) == [0, 1, 2]
    log(session, riley, "Calls", 1, at(2, 15))
    undo_last(session, riley.standing(session), at(2, 16))
    assert nudged(session, riley, 3, 4) == [4]


def test_an_entry_on_a_day_of_rest_brings_no_nudge_before_the_next_morning(
    session: Session, riley: TeamRows
) -> None:
    assert nudged(session, riley, 0, 3) == [0, 1, 2]
    log(session, riley, "Calls", 1, at(3, 10))
    for hour in (11, 14, 17):
        assert plan(session, riley, at(3, hour)) == []
    assert nudged(session, riley, 4, 4) == [4]


def test_only_nudges_that_were_sent_count_as_ignored(session: Session, riley: TeamRows) -> None:
    for day, state in enumerate(("dropped", "failed", "dropped")):
        plan(session, riley, at(day))
        session.connection.execute(update(deliveries).values(state=state))
    assert nudged(session, riley, 3, 9) == [3, 4, 7, 9]


def test_asked_about_a_day_gone_by_later_nudges_do_not_count(
    session: Session, riley: TeamRows
) -> None:
    assert nudged(session, riley, 4, 10) == [4, 7, 8, 10]
    assert plan(session, riley, at(3)) == [f"nudge:{RILEY}:{MONDAY + 3 * A_DAY}"]


def test_a_nudge_that_waits_over_night_is_not_sent_the_next_day(
    session: Session, riley: TeamRows
) -> None:
    plan(session, riley, at(0))
    assert settle(session, riley, at(1, 8)) == {f"nudge:{RILEY}:{MONDAY}": "the day was over"}
