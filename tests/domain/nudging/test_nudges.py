"""Nudges (design §2.5): who is nudged on a local date, about what, and when they thin out."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind, days_between
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.nudging.nudges import (
    MOST_BEHAVIOURS,
    NudgeHistory,
    gaps,
    is_resting,
    nudge_instants,
    nudge_moment,
)
from bot.domain.progress.pace import Progress, assess
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import unit_named
from bot.domain.teams import Rep
from tests.domain.reps import CALENDAR, LONDON, a_team, riley

MONDAY = date(2026, 11, 16)
WEDNESDAY = MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)
NINE = datetime(2026, 11, 18, 9, tzinfo=UTC)


def behind(
    name: str,
    actual: int,
    target: int = 10,
    *,
    today: int = 0,
    position: int = 0,
    on: date = FRIDAY,
) -> Progress:
    unit = unit_named(name)
    behaviour = Indicator(
        position, IndicatorKind.BEHAVIOUR, name, unit, PeriodKind.WEEK, position=position
    )
    setting = TargetSetting(Decimal(target), PeriodKind.WEEK)
    return assess(behaviour, [setting], CALENDAR, on, Decimal(actual), Decimal(today))


def names(progress: Iterable[Progress]) -> list[str]:
    return [one.indicator.name for one in progress]


def test_the_worst_comes_first() -> None:
    found = gaps([behind("Calls", 6), behind("Demos", 0), behind("Meetings", 4)])
    assert names(found) == ["Demos", "Meetings", "Calls"]


def test_of_equal_shortfalls_the_playbooks_order_decides() -> None:
    found = gaps([behind("Calls", 2, position=2), behind("Demos", 2, position=1)])
    assert names(found) == ["Demos", "Calls"]


def test_at_most_three_behaviours_are_named() -> None:
    found = gaps(behind(f"Behaviour {n}", n) for n in range(6))
    assert names(found) == ["Behaviour 0", "Behaviour 1", "Behaviour 2"]
    assert MOST_BEHAVIOURS == 3


def test_what_is_on_pace_or_done_is_not_named() -> None:
    assert gaps([behind("Calls", 8), behind("Demos", 10)]) == ()


def test_what_was_done_for_the_day_is_not_named() -> None:
    # On Wednesday 8 of 20 are due and the morning asked for 7, a third of the 20 that were left.
    assert names(gaps([behind("Calls", 6, 20, today=6, on=WEDNESDAY)])) == ["Calls"]
    assert gaps([behind("Calls", 7, 20, today=7, on=WEDNESDAY)]) == ()


@pytest.mark.parametrize(
    "rep",
    [
        riley(RepCalendar(LONDON, time_off=(DateRange(WEDNESDAY, WEDNESDAY),))),
        riley(RepCalendar(LONDON, holidays=frozenset({WEDNESDAY}))),
        riley(RepCalendar(LONDON, workdays=frozenset({0, 1}))),
        riley(RepCalendar(LONDON, started_on=FRIDAY)),
        riley(RepCalendar(LONDON, leaves_on=MONDAY)),
        riley(snoozed_until=datetime(2026, 11, 18, 9, 0, 1, tzinfo=UTC)),
        riley(paused=True),
    ],
    ids=["time off", "holiday", "no workday", "not started", "left", "snoozed", "paused"],
)
def test_who_is_away_or_wants_quiet_is_not_nudged(rep: Rep) -> None:
    assert nudge_moment(rep, a_team(), NINE) is None


def test_a_quiet_weekday_has_no_nudge_and_is_a_workday_all_the_same() -> None:
    rep = replace(riley(), quiet_weekdays=frozenset({2}))
    assert nudge_moment(rep, a_team(), NINE) is None
    assert nudge_moment(rep, a_team(), NINE + timedelta(days=1)) is not None
    assert rep.calendar.is_available(WEDNESDAY)


def test_a_snooze_that_is_over_holds_nothing_back() -> None:
    rep = riley(snoozed_until=datetime(2026, 11, 18, 9, 0, tzinfo=UTC))
    moment = nudge_moment(rep, a_team(), NINE)
    assert moment is not None
    assert (moment.key, moment.due) == ("nudge:U02RILEY:2026-11-18", NINE)


def test_before_its_time_there_is_no_nudge() -> None:
    assert nudge_moment(riley(), a_team(), NINE - timedelta(seconds=1)) is None


def test_a_nudge_is_worth_sending_until_the_teams_day_ends_in_the_reps_zone() -> None:
    kathmandu = riley(RepCalendar(ZoneInfo("Asia/Kathmandu")))
    due, expires = nudge_instants(kathmandu, a_team(), WEDNESDAY)
    assert due == datetime(2026, 11, 18, 3, 15, tzinfo=UTC)
    assert expires == datetime(2026, 11, 18, 12, 15, tzinfo=UTC)


def test_an_evening_nudge_is_worth_sending_until_midnight() -> None:
    due, expires = nudge_instants(riley(nudge_at=time(20)), a_team(), WEDNESDAY)
    assert (due, expires) == (
        datetime(2026, 11, 18, 20, tzinfo=UTC),
        datetime(2026, 11, 19, 0, tzinfo=UTC),
    )


def nudged_days(until: date, active_on: date | None = None) -> list[date]:
    """The days on which a rep who always has a gap is nudged, ignoring all but `active_on`."""
    sent: list[date] = []
    for day in days_between(MONDAY, until):
        active = active_on if active_on is not None and active_on <= day else None
        history = NudgeHistory(tuple(reversed(sent)), active)
        if CALENDAR.is_available(day) and not is_resting(history, CALENDAR, day):
            sent.append(day)
    return sent


def days_after_monday(*offsets: int) -> list[date]:
    return [MONDAY + timedelta(days=offset) for offset in offsets]


def test_ignored_nudges_thin_out() -> None:
    # Mon, Tue, Wed ignored: then every second workday (Fri, Tue, Thu), then weekly.
    expected = days_after_monday(0, 1, 2, 4, 8, 10, 17, 24, 31)
    assert nudged_days(MONDAY + timedelta(days=34)) == expected


def test_any_entry_restores_daily_nudges() -> None:
    active = MONDAY + timedelta(days=14)
    expected = days_after_monday(0, 1, 2, 4, 8, 10, 14, 15, 16, 17, 21)
    assert nudged_days(MONDAY + timedelta(days=21), active) == expected


def test_an_entry_on_the_nudges_day_means_that_it_was_not_ignored() -> None:
    sent = [MONDAY + timedelta(days=n) for n in (2, 1, 0)]
    assert NudgeHistory(sent, MONDAY + timedelta(days=2)).ignored == 0
    assert NudgeHistory(sent, MONDAY + timedelta(days=1)).ignored == 1
    assert NudgeHistory(sent).ignored == 3


@given(st.sets(st.integers(0, 60)), st.one_of(st.none(), st.integers(0, 60)))
def test_no_more_nudges_count_as_ignored_than_were_sent(days: set[int], active: int | None) -> None:
    sent = sorted(days_after_monday(*days), reverse=True)
    last = None if active is None else MONDAY + timedelta(days=active)
    assert 0 <= NudgeHistory(sent, last).ignored <= len(sent)
