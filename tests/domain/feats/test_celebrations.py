"""When the channel hears of good news (design §2.6)."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feats.celebrations import last_roundup_day, news_since, roundup_instant
from bot.domain.reports.digests import last_full_week, last_moment
from bot.domain.teams import Team, WeekMoment

INSTANTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from(
    [ZoneInfo(name) for name in ("Europe/London", "Asia/Kathmandu", "America/St_Johns")]
)


def team(zone: ZoneInfo, workdays: frozenset[int] = frozenset(range(5))) -> Team:
    return Team(
        id=1,
        workspace_id="T01TEST",
        name="West",
        channel="C01WEST",
        zone=zone,
        workdays=workdays,
        holidays=None,
        nudge_at=time(9),
        day_ends_at=time(18),
        digest_at=WeekMoment(0, time(8, 30)),
        ramp=(Decimal(1),),
        ramp_results=False,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        revision="r",
    )


@given(now=INSTANTS, zone=ZONES, workdays=st.frozensets(st.integers(0, 6), min_size=1))
def test_the_last_round_up_is_the_latest_workday_that_is_over(
    now: datetime, zone: ZoneInfo, workdays: frozenset[int]
) -> None:
    west = team(zone, workdays)
    day = last_roundup_day(west, now)
    assert day.weekday() in workdays
    assert roundup_instant(west, day) <= now
    later = (day + timedelta(days=n) for n in range(1, 8))
    following = next(each for each in later if each.weekday() in workdays)
    assert roundup_instant(west, following) > now


@given(now=INSTANTS, zone=ZONES, workdays=st.frozensets(st.integers(0, 6), min_size=1))
def test_news_is_kept_for_72_hours_or_until_a_round_up_could_tell_it(
    now: datetime, zone: ZoneInfo, workdays: frozenset[int]
) -> None:
    since = news_since(team(zone, workdays), now)
    assert now - timedelta(days=15) < since <= now - timedelta(hours=72)


@given(now=INSTANTS, zone=ZONES, weekday=st.integers(0, 6), hour=st.integers(0, 23))
def test_a_digest_is_due_once_a_week(
    now: datetime, zone: ZoneInfo, weekday: int, hour: int
) -> None:
    due = last_moment(WeekMoment(weekday, time(hour)), zone, now)
    assert due.astimezone(zone).weekday() == weekday
    assert timedelta(0) <= now - due < timedelta(days=7, hours=2)


@pytest.mark.parametrize(
    "instant, monday",
    [
        ("2026-11-22T23:59:59+00:00", date(2026, 11, 9)),
        ("2026-11-23T00:00:00+00:00", date(2026, 11, 16)),
        ("2026-11-29T12:00:00+00:00", date(2026, 11, 16)),
    ],
)
def test_the_last_full_week_is_over_where_the_manager_is(instant: str, monday: date) -> None:
    week = last_full_week(ZoneInfo("Europe/London"), datetime.fromisoformat(instant))
    assert (week.start, week.end) == (monday, monday + timedelta(days=6))
    kathmandu = last_full_week(
        ZoneInfo("Asia/Kathmandu"), datetime.fromisoformat("2026-11-22T18:15:00+00:00")
    )
    assert kathmandu.start == date(2026, 11, 16)
