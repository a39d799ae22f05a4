"""A team and a rep as plain values, for rules that need no database."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.days.calendar import RepCalendar
from bot.domain.teams import Person, Rep, Team, WeekMoment

LONDON = ZoneInfo("Europe/London")
CALENDAR = RepCalendar(zone=LONDON)
CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def a_team(day_ends_at: time = time(18), created_at: datetime = CREATED) -> Team:
    return Team(
        id=1,
        workspace_id="T01TEST",
        name="West",
        channel="C01WEST",
        zone=LONDON,
        workdays=CALENDAR.workdays,
        holidays=None,
        nudge_at=time(9),
        day_ends_at=day_ends_at,
        digest_at=WeekMoment(0, time(8, 30)),
        ramp=CALENDAR.ramp,
        ramp_results=False,
        created_at=created_at,
        revision="1",
    )


def riley(
    calendar: RepCalendar = CALENDAR,
    *,
    nudge_at: time = time(9),
    snoozed_until: datetime | None = None,
    paused: bool = False,
) -> Rep:
    person = Person(2, "T01TEST", "U02RILEY", "Riley", calendar.zone, is_admin=False)
    return Rep(person, 1, None, calendar, nudge_at, snoozed_until, paused, celebrate_alone=False)
