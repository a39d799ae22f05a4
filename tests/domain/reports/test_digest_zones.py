"""When digests and recaps are due: in every zone, over DST, month ends and years (§2.7)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.reports.digests import last_full_week, last_moment
from bot.domain.teams import WeekMoment
from tests.domain.year_of_zones import utc, zones_that_differ

MONDAY_MORNING = WeekMoment(0, time(8, 30))
SUNDAY_NIGHT = WeekMoment(6, time(2, 30))
"""When DST changes in most of Europe."""
A_SECOND, SIX_HOURS, A_WEEK = timedelta(seconds=1), timedelta(hours=6), timedelta(days=7)


@pytest.mark.parametrize("moment", [MONDAY_MORNING, SUNDAY_NIGHT, WeekMoment(5, time(23, 30))])
def test_in_every_zone_each_week_of_a_year_has_one_digest_about_the_one_before(
    moment: WeekMoment,
) -> None:
    ticks = [utc(2026, 1, 12) + SIX_HOURS * n for n in range(4 * 7 * 52)]
    for name in zones_that_differ(2026):
        zone = ZoneInfo(name)
        dues = sorted({last_moment(moment, zone, now) for now in ticks})
        weeks = [last_full_week(zone, due) for due in dues]
        starts = [week.start for week in weeks]
        assert starts == [starts[0] + A_WEEK * n for n in range(len(starts))], name
        assert len(starts) in {52, 53}, name
        for due, week in zip(dues, weeks, strict=True):
            local = due.astimezone(zone)
            assert week.start.weekday() == 0
            assert timedelta(0) < local.date() - week.end <= A_WEEK, name


@pytest.mark.parametrize(
    "name,moment,due,week",
    [
        # The clock skips 02:30: the first instant after the gap.
        ("Europe/Berlin", SUNDAY_NIGHT, utc(2026, 3, 29, 1), date(2026, 3, 16)),
        # The clock shows 02:30 twice: the first time.
        ("Europe/Berlin", SUNDAY_NIGHT, utc(2026, 10, 25, 0, 30), date(2026, 10, 12)),
        ("America/New_York", SUNDAY_NIGHT, utc(2026, 3, 8, 7), date(2026, 2, 23)),
        ("Asia/Kathmandu", MONDAY_MORNING, utc(2026, 11, 23, 2, 45), date(2026, 11, 16)),
        ("Pacific/Kiritimati", MONDAY_MORNING, utc(2026, 11, 22, 18, 30), date(2026, 11, 16)),
        # The day after a change, the hour on the wall stays.
        ("Europe/London", MONDAY_MORNING, utc(2026, 3, 30, 7, 30), date(2026, 3, 23)),
        ("Europe/London", MONDAY_MORNING, utc(2026, 10, 26, 8, 30), date(2026, 10, 19)),
        # A week with a leap day, one over a month's end, one over New Year.
        ("Europe/London", MONDAY_MORNING, utc(2028, 3, 6, 8, 30), date(2028, 2, 28)),
        ("Europe/London", MONDAY_MORNING, utc(2026, 11, 2, 8, 30), date(2026, 10, 26)),
        ("Europe/London", MONDAY_MORNING, utc(2027, 1, 4, 8, 30), date(2026, 12, 28)),
        # At New Year itself the week isn't over yet.
        ("Europe/London", WeekMoment(4, time(0)), utc(2027, 1, 1), date(2026, 12, 21)),
    ],
)
def test_a_digest_is_due_at_its_local_time_about_the_last_full_week(
    name: str, moment: WeekMoment, due: datetime, week: date
) -> None:
    zone = ZoneInfo(name)
    assert last_moment(moment, zone, due) == due
    assert last_moment(moment, zone, due + A_WEEK - timedelta(hours=2)) == due
    assert last_moment(moment, zone, due - A_SECOND) < due
    assert last_full_week(zone, due).start == week
