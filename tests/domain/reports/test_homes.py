"""What Home shows: the next nudge and why not sooner, the week by day, one tap's amount."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.nudging.nudges import NudgeHistory, nudge_moment
from bot.domain.progress.pace import Progress
from bot.domain.reports.homes import (
    Held,
    NextNudge,
    RepLine,
    TeamPart,
    next_nudge,
    tap_of,
    week_shares,
)
from bot.domain.teams import Rep
from tests.domain.reps import LONDON, a_team, riley
from tests.slack.messages.samples import indicator, progress

WEDNESDAY = date(2026, 11, 18)
EIGHT = datetime(2026, 11, 18, 8, tzinfo=UTC)
TEN = datetime(2026, 11, 18, 10, tzinfo=UTC)
NINE = time(9)
UNTOUCHED = NudgeHistory()


def days_later(days: int) -> date:
    return WEDNESDAY + timedelta(days=days)


@pytest.mark.parametrize(
    "rep, now, expected",
    [
        (riley(), EIGHT, NextNudge(WEDNESDAY, NINE)),
        (riley(), TEN, NextNudge(days_later(1), NINE)),
        (replace(riley(), quiet_weekdays=frozenset({3})), TEN, NextNudge(days_later(2), NINE)),
        (riley(), TEN + timedelta(days=2), NextNudge(days_later(5), NINE)),
        (
            riley(RepCalendar(LONDON, time_off=(DateRange(WEDNESDAY, days_later(1)),))),
            EIGHT,
            NextNudge(days_later(2), NINE),
        ),
        (riley(paused=True), EIGHT, NextNudge(None, NINE, Held.PAUSED)),
        (
            riley(snoozed_until=datetime(2026, 11, 20, tzinfo=UTC)),
            EIGHT,
            NextNudge(days_later(2), NINE, Held.SNOOZED),
        ),
        (riley(snoozed_until=EIGHT), TEN, NextNudge(days_later(1), NINE)),
        (
            riley(RepCalendar(LONDON, leaves_on=WEDNESDAY)),
            TEN,
            NextNudge(None, NINE, Held.NO_WORKDAY),
        ),
        (
            replace(riley(), quiet_weekdays=frozenset(range(5))),
            EIGHT,
            NextNudge(None, NINE, Held.NO_WORKDAY),
        ),
    ],
    ids=[
        "still today",
        "today's has been",
        "quiet weekday",
        "over the weekend",
        "away",
        "paused",
        "snoozed",
        "snooze over",
        "leaves",
        "every day quiet",
    ],
)
def test_the_next_nudge(rep: Rep, now: datetime, expected: NextNudge) -> None:
    assert next_nudge(rep, a_team(), UNTOUCHED, now) == expected


def test_ignored_nudges_put_the_next_one_off_and_say_so() -> None:
    ignored = NudgeHistory([WEDNESDAY, days_later(-1), days_later(-2)], days_later(-9))
    expected = NextNudge(days_later(2), NINE, Held.THINNED)
    assert next_nudge(riley(), a_team(), ignored, TEN) == expected


@given(
    hour=st.integers(0, 24 * 20),
    quiet=st.frozensets(st.integers(0, 6)),
    snooze=st.none() | st.integers(0, 24 * 20),
)
def test_before_the_day_that_home_names_no_nudge_is_due(
    hour: int, quiet: frozenset[int], snooze: int | None
) -> None:
    now = EIGHT + timedelta(hours=hour)
    until = None if snooze is None else EIGHT + timedelta(hours=snooze)
    rep = replace(riley(snoozed_until=until), quiet_weekdays=quiet)
    said = next_nudge(rep, a_team(), UNTOUCHED, now)
    if said.on is None:
        return
    due = rep.calendar.instant_of(said.on, rep.nudge_at)
    assert due > now
    assert nudge_moment(rep, a_team(), due) is not None
    for day in (rep.today(now) + timedelta(days=n) for n in range((said.on - now.date()).days)):
        instant = rep.calendar.instant_of(day, rep.nudge_at)
        assert instant <= now or nudge_moment(rep, a_team(), instant) is None


def test_the_week_by_day_counts_behaviours_alike_and_asks_what_each_day_weighs() -> None:
    week = period_of(PeriodKind.WEEK, WEDNESDAY)
    off = riley(RepCalendar(LONDON, time_off=(DateRange(days_later(2), days_later(2)),)))
    calls = Decimal(100), {WEDNESDAY: Decimal(50)}
    demos = Decimal(4), {days_later(3): Decimal(1)}
    shares = week_shares([calls, demos], off, week)
    assert [(each.day.isoweekday(), each.done, each.asked) for each in shares] == [
        (1, 0, Decimal("0.25")),
        (2, 0, Decimal("0.25")),
        (3, Decimal("0.25"), Decimal("0.25")),
        (4, 0, Decimal("0.25")),
        (6, Decimal("0.125"), 0),
    ]


def test_a_week_without_a_target_has_no_chart() -> None:
    assert week_shares([], riley(), period_of(PeriodKind.WEEK, WEDNESDAY)) == ()


@pytest.mark.parametrize(
    "unit, period, target, tap",
    [
        ("meetings", PeriodKind.WEEK, 5, "1"),
        ("calls", PeriodKind.DAY, 20, "5"),
        ("calls", PeriodKind.WEEK, 100, "5"),
        ("calls", PeriodKind.QUARTER, 1000, "1"),
        ("hours", PeriodKind.WEEK, 20, "0.5"),
        ("GBP", PeriodKind.WEEK, 5000, None),
    ],
)
def test_one_tap_logs_a_step_that_the_day_is_made_of(
    unit: str, period: PeriodKind, target: int, tap: str | None
) -> None:
    amount = tap_of(progress(indicator(1, "It", unit, period), target))
    assert amount == (None if tap is None else Decimal(tap))


def line(number: int, stands: Iterable[Progress], *, is_away: bool = False) -> RepLine:
    return RepLine(number, f"U{number}", f"Rep {number}", tuple(stands), is_away)


def test_reps_are_in_one_group_each_and_the_worst_comes_first() -> None:
    behind, done = progress(actual="1"), progress(actual="5")
    worse = progress(actual="0")
    team = TeamPart(
        1,
        "West",
        WEDNESDAY,
        (
            line(1, [behind, done]),
            line(2, [done, done]),
            line(3, [worse, behind]),
            line(4, [worse], is_away=True),
            line(5, []),
            line(6, [worse, done]),
        ),
        (),
    )
    groups = [[each.person_id for each in group] for group in (team.behind, team.on_target)]
    assert groups == [[3, 6, 1], [2]]
    assert [each.person_id for each in team.away] == [4]
    assert [each.person_id for each in team.on_pace] == [5]
