"""Time off and snoozing: for oneself, or for a rep by the rep's manager (§2.5, §2.8)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.db.session import Session
from bot.domain.days.calendar import DateRange
from bot.domain.errors import NotPermitted, Refusal, UnknownPerson
from bot.services import snoozing, time_off
from tests.services.own_settings import pause
from tests.teams import ALEX, MORGAN, RILEY, SAM, TeamRows, a_person, a_team

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)  # a Wednesday
TODAY = date(2026, 11, 25)
THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
TWO_DAYS = DateRange(THURSDAY, FRIDAY)


def test_time_off_is_no_workday_at_once(session: Session, west: TeamRows) -> None:
    assert west.rep(session).calendar.is_available(THURSDAY)
    time_off.add(session, west.standing(session), RILEY, TWO_DAYS, NOW)
    assert not west.rep(session).calendar.is_available(THURSDAY)
    assert west.rep(session, SAM).calendar.is_available(THURSDAY)


def test_a_manager_enters_time_off_for_a_rep_and_another_rep_does_not(
    session: Session, west: TeamRows
) -> None:
    time_off.add(session, west.standing(session, MORGAN), RILEY, TWO_DAYS, NOW)
    with pytest.raises(NotPermitted):
        time_off.add(session, west.standing(session, SAM), RILEY, TWO_DAYS, NOW)
    with pytest.raises(NotPermitted):
        time_off.listed(session, west.standing(session, SAM), RILEY, NOW)
    a_team(session.connection, "East", reps=(), managers=("U06EAST",))
    with pytest.raises(NotPermitted):
        time_off.add(session, west.standing(session, "U06EAST"), RILEY, TWO_DAYS, NOW)


def test_an_admin_enters_time_off_for_anybody(session: Session, west: TeamRows) -> None:
    a_person(session.connection, "U07ADMIN", is_admin=True)
    admin = west.standing(session, "U07ADMIN")
    assert time_off.add(session, admin, RILEY, TWO_DAYS, NOW).days == TWO_DAYS
    with pytest.raises(UnknownPerson):
        time_off.add(session, admin, "U99GHOST", TWO_DAYS, NOW)


def test_days_that_are_off_already_are_entered_once(session: Session, west: TeamRows) -> None:
    riley = west.standing(session)
    first = time_off.add(session, riley, RILEY, TWO_DAYS, NOW)
    assert time_off.add(session, riley, RILEY, DateRange(FRIDAY, FRIDAY), NOW) == first
    assert time_off.listed(session, riley, RILEY, NOW) == (first,)


def test_cancelled_time_off_is_worked_again(session: Session, west: TeamRows) -> None:
    riley = west.standing(session)
    added = time_off.add(session, riley, RILEY, TWO_DAYS, NOW)
    with pytest.raises(NotPermitted):
        time_off.cancel(session, west.standing(session, ALEX), added.id, NOW)
    time_off.cancel(session, riley, added.id, NOW)
    assert west.rep(session).calendar.is_available(THURSDAY)
    with pytest.raises(Refusal, match="isn't there"):
        time_off.cancel(session, riley, added.id, NOW)


def test_cancelling_keeps_the_days_gone_by_off(session: Session, west: TeamRows) -> None:
    riley = west.standing(session)
    monday = TODAY - timedelta(days=2)
    added = time_off.add(session, riley, RILEY, DateRange(monday, FRIDAY), NOW)
    time_off.cancel(session, riley, added.id, NOW)
    calendar = west.rep(session).calendar
    assert not calendar.is_available(monday)
    assert calendar.is_available(TODAY)


def test_more_than_a_year_off_is_refused(session: Session, west: TeamRows) -> None:
    long = DateRange(TODAY, TODAY + timedelta(days=366))
    with pytest.raises(Refusal, match="more than a year"):
        time_off.add(session, west.standing(session), RILEY, long, NOW)


@pytest.mark.parametrize(
    "first, last, said",
    [
        (date(1, 1, 1), date(1, 1, 1), "0001-01-01 is too long ago: enter days off from 2025-11-2"),
        (date(2025, 11, 23), date(2025, 11, 30), "2025-11-23 is too long ago"),
        (date(2028, 11, 20), date(2028, 11, 28), "2028-11-28 is too far ahead"),
        (date(9999, 12, 31), date(9999, 12, 31), "9999-12-31 is too far ahead"),
    ],
)
def test_time_off_that_is_absurdly_far_is_refused(
    session: Session, west: TeamRows, first: date, last: date, said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        time_off.add(session, west.standing(session), RILEY, DateRange(first, last), NOW)


@pytest.mark.parametrize("day", [date(2025, 11, 24), date(2028, 11, 26)])
def test_time_off_a_year_back_or_two_years_ahead_is_taken(
    session: Session, west: TeamRows, day: date
) -> None:
    off = DateRange(day, day)
    assert time_off.add(session, west.standing(session), RILEY, off, NOW).days == off


def test_a_snooze_for_today_ends_with_the_reps_own_day(session: Session, west: TeamRows) -> None:
    ends = snoozing.snooze_until(session, west.standing(session, SAM), THURSDAY, NOW)
    assert ends == datetime(2026, 11, 26, 5, tzinfo=UTC)  # midnight in New York
    assert west.rep(session, SAM).snoozed_until == ends


@pytest.mark.parametrize("day", [date.min, TODAY, TODAY + timedelta(days=93), date.max])
def test_a_snooze_into_the_past_or_for_ever_is_refused(
    session: Session, west: TeamRows, day: date
) -> None:
    with pytest.raises(Refusal):
        snoozing.snooze_until(session, west.standing(session), day, NOW)


def test_off_ends_a_snooze(session: Session, west: TeamRows) -> None:
    snoozing.snooze_until(session, west.standing(session), FRIDAY, NOW)
    assert snoozing.resume(session, west.standing(session))
    assert west.rep(session).snoozed_until is None


def test_off_ends_a_pause(session: Session, west: TeamRows) -> None:
    pause(session, NOW)
    assert west.rep(session).paused
    assert snoozing.resume(session, west.standing(session))
    assert not west.rep(session).paused
    assert not snoozing.resume(session, west.standing(session))


def test_whoever_gets_no_nudges_can_snooze_none(session: Session, west: TeamRows) -> None:
    with pytest.raises(UnknownPerson, match="You lead West"):
        snoozing.snooze_until(session, west.standing(session, MORGAN), FRIDAY, NOW)
