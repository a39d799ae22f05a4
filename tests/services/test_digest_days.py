"""Who gets a digest when, and nudges at the edges of months, across zones (design §2.5, §2.7)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import deliveries, team_managers
from tests.services.logging_entries import log
from tests.services.ticking import SENT, plan, tick
from tests.teams import (
    ALEX,
    MORGAN,
    RILEY,
    SAM,
    IndicatorRow,
    RepRow,
    TeamRows,
    a_person,
    a_team,
    a_workspace,
)

SUNDAY = datetime(2026, 11, 22, tzinfo=UTC)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
AUCKLAND, HONOLULU = "U08HANA", "U09KAI"
CUSTOMERS = IndicatorRow("New customers", "customers", "quarter", 12)
MONTHLY = (CUSTOMERS, IndicatorRow("Calls", "calls", "month", 220, "New customers"))


def came(
    session: Session, team: TeamRows, kind: str, first: datetime, hours: int
) -> dict[str, str]:
    """What of this kind is sent, and when (month-day and hour, UTC), with a tick every hour."""
    ticks = [first + AN_HOUR * n for n in range(hours)]
    return {
        key: f"{now:%m-%d %H:%M}"
        for now in ticks
        for key, what in tick(session, team, now).items()
        if what == SENT and key.startswith(kind)
    }


def test_managers_read_the_same_week_at_their_own_half_past_eight(session: Session) -> None:
    a_workspace(session.connection)
    a_person(session.connection, AUCKLAND, "Hana", "Pacific/Auckland")
    a_person(session.connection, HONOLULU, "Kai", "Pacific/Honolulu")
    west = a_team(session.connection, managers=(MORGAN, AUCKLAND, HONOLULU))
    digests = came(session, west, "digest", SUNDAY - A_DAY + AN_HOUR / 2, 24 * 5)
    assert digests == {
        f"digest:{west.team_id}:{AUCKLAND}:2026-11-16": "11-22 19:30",
        f"digest:{west.team_id}:{MORGAN}:2026-11-16": "11-23 08:30",
        f"digest:{west.team_id}:{HONOLULU}:2026-11-16": "11-23 18:30",
    }


def test_the_recap_comes_at_the_teams_hour_not_the_managers(session: Session) -> None:
    a_workspace(session.connection)
    a_person(session.connection, AUCKLAND, "Hana", "Pacific/Auckland")
    tokyo = a_team(session.connection, "Tokyo", managers=(AUCKLAND,), timezone="Asia/Tokyo")
    log(session, tokyo, "First meetings", 5, SUNDAY - 3 * A_DAY)
    recap = came(session, tokyo, "recap", SUNDAY + AN_HOUR / 2, 48)
    assert recap == {f"recap:{tokyo.team_id}:2026-11-16": "11-22 23:30"}


def test_a_manager_of_two_teams_gets_a_digest_of_each(session: Session, west: TeamRows) -> None:
    east = a_team(session.connection, "East", reps=(RepRow("U06LEE", "Lee"),))
    monday = SUNDAY + A_DAY + 9 * AN_HOUR
    for team in (west, east):
        plan(session, team, monday)
        assert plan(session, team, monday) == []
    query = select(deliveries.c.key).where(deliveries.c.kind == "digest")
    assert set(session.connection.scalars(query)) == {
        f"digest:{team.team_id}:{MORGAN}:2026-11-16" for team in (west, east)
    }


def test_a_manager_who_is_a_rep_gets_both(session: Session, west: TeamRows) -> None:
    leads = {"workspace_id": west.workspace_id, "team_id": west.team_id}
    row = team_managers.insert().values(**leads, person_id=west.people[RILEY])
    session.connection.execute(row)
    wednesday = SUNDAY + 2 * A_DAY + 9 * AN_HOUR
    outcomes = tick(session, west, wednesday)
    assert outcomes[f"digest:{west.team_id}:{RILEY}:2026-11-16"] == SENT
    assert outcomes[f"nudge:{RILEY}:2026-11-24"] == SENT


@pytest.mark.parametrize(
    "last_day",
    [date(2026, 11, 30), date(2028, 2, 29), date(2026, 12, 31)],
    ids=["month end", "leap day", "year end"],
)
def test_a_month_is_held_against_a_rep_to_its_last_local_day_and_starts_anew(
    session: Session, last_day: date
) -> None:
    team = a_team(session.connection, "Monthly", listed=MONTHLY, managers=())
    noon = datetime(last_day.year, last_day.month, last_day.day, 12, tzinfo=UTC)
    nudges = came(session, team, "nudge", noon - 11 * AN_HOUR - AN_HOUR / 2, 48)
    assert set(nudges) == {f"nudge:{user}:{last_day}" for user in (RILEY, SAM, ALEX)}


def test_a_new_month_begins_where_the_rep_is(session: Session) -> None:
    reps = (RepRow(SAM, "Sam", "America/Los_Angeles"), RepRow(ALEX, "Alex", "Pacific/Auckland"))
    team = a_team(session.connection, "Monthly", reps=reps, listed=MONTHLY, managers=())
    # 21:00 on 30 November in London: 13:00 in Los Angeles, 10:00 of 1 December in Auckland.
    assert tick(session, team, datetime(2026, 11, 30, 21, tzinfo=UTC)) == {
        f"nudge:{SAM}:2026-11-30": SENT
    }
