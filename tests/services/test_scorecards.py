"""Scorecards: the numbers of §2.3 from what is in the database, as of any instant."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

import pytest
from sqlalchemy import insert

from bot.db.session import Session
from bot.db.tables import entries
from bot.domain.days.calendar import MONDAY_TO_FRIDAY
from bot.domain.days.periods import PeriodKind
from bot.domain.progress.pace import Progress, Status
from bot.domain.progress.scorecards import Scorecard
from bot.services.scorecards import progress, scorecard, team_scorecards
from tests.services.statements import statements as queries
from tests.teams import ALEX, INDICATORS, RILEY, SAM, RepRow, TeamRows, a_target, a_team

WEDNESDAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
_key = count(1)


def enter(
    session: Session,
    west: TeamRows,
    name: str,
    quantity: int,
    day: date,
    user: str = RILEY,
    at: time = time(12),
) -> None:
    """An entry for a local date, which occurred at that time in UTC."""
    session.connection.execute(
        insert(entries),
        {
            "workspace_id": west.workspace_id,
            "person_id": west.people[user],
            "indicator_id": west.indicators[name],
            "quantity": Decimal(quantity),
            "local_date": day,
            "occurred_at": datetime.combine(day, at, UTC),
            "recorded_at": NOW,
            "source": "import",
            "dedupe_key": f"row-{next(_key)}",
        },
    )


def card(session: Session, west: TeamRows, now: datetime = NOW, user: str = RILEY) -> Scorecard:
    return scorecard(session, west.playbook(session), west.rep(session, user), now)


def named(scores: Scorecard, name: str) -> Progress:
    both = (*scores.behaviours, *scores.results)
    return next(each for each in both if each.indicator.name == name)


def test_a_card_lists_behaviours_and_results_in_the_playbooks_order(
    session: Session, west: TeamRows
) -> None:
    scores = card(session, west)
    listed = [each.indicator.name for each in (*scores.results, *scores.behaviours)]
    assert listed == [row.name for row in INDICATORS]
    meetings = scores.driven_by(named(scores, "First meetings"))
    assert meetings is not None
    assert meetings.indicator.name == "New customers"


def test_a_weekly_behaviour_counts_its_week_only(session: Session, west: TeamRows) -> None:
    enter(session, west, "First meetings", 4, date(2026, 11, 22))  # Sunday
    enter(session, west, "First meetings", 1, date(2026, 11, 23))
    enter(session, west, "First meetings", 1, WEDNESDAY)
    meetings = named(card(session, west), "First meetings")
    assert (meetings.actual, meetings.today_actual) == (Decimal(2), Decimal(1))
    assert (meetings.expected, meetings.status) == (Decimal(2), Status.ON_PACE)


def test_a_daily_behaviour_shows_today_beside_the_week(session: Session, west: TeamRows) -> None:
    enter(session, west, "Prospecting calls", 30, date(2026, 11, 23))
    enter(session, west, "Prospecting calls", 8, WEDNESDAY)
    calls = named(card(session, west), "Prospecting calls")
    assert (calls.period.kind, calls.target, calls.actual) == (
        PeriodKind.WEEK,
        Decimal(100),
        Decimal(38),
    )
    assert (calls.today_target, calls.today_actual) == (Decimal(20), Decimal(8))


def test_longer_periods_are_scored_beside_shorter_ones(session: Session, west: TeamRows) -> None:
    enter(session, west, "Territory plan", 1, date(2026, 10, 1))
    enter(session, west, "Revenue", 900, date(2026, 9, 30))
    enter(session, west, "Revenue", 4200, date(2026, 10, 2))
    scores = card(session, west)
    assert named(scores, "Territory plan").status is Status.DONE
    assert named(scores, "Revenue").actual == 4200


def test_an_instant_sees_what_had_occurred_by_then(session: Session, west: TeamRows) -> None:
    enter(session, west, "First meetings", 1, WEDNESDAY, at=time(9))
    enter(session, west, "First meetings", 2, WEDNESDAY, at=time(14))
    for hour, seen in ((8, 0), (9, 1), (13, 1), (14, 3)):
        now = datetime.combine(WEDNESDAY, time(hour), UTC)
        assert named(card(session, west, now), "First meetings").actual == seen


def test_each_rep_is_scored_on_the_reps_own_date(session: Session, west: TeamRows) -> None:
    night = datetime(2026, 11, 23, 3, tzinfo=UTC)  # Sunday in New York, Monday in Kolkata
    for user in (SAM, ALEX):
        enter(session, west, "First meetings", 4, date(2026, 11, 22), user)
    book = west.playbook(session)
    cards = {each.user_id: each for each in team_scorecards(session, book, night)}
    assert named(cards[SAM], "First meetings").actual == 4
    assert named(cards[ALEX], "First meetings").actual == 0
    assert cards[SAM].today == date(2026, 11, 22)


def test_a_reps_own_period_is_summed_over_that_period(session: Session, west: TeamRows) -> None:
    a_target(session.connection, west, "First meetings", 20, "month", person_id=west.people[SAM])
    for user in (RILEY, SAM):
        enter(session, west, "First meetings", 6, date(2026, 11, 3), user)
    assert named(card(session, west, user=RILEY), "First meetings").actual == 0
    sams = named(card(session, west, user=SAM), "First meetings")
    assert (sams.actual, sams.target) == (Decimal(6), Decimal(20))


@pytest.mark.parametrize("reps", [2, 40])
def test_progress_takes_one_query_whatever_the_number_of_reps(session: Session, reps: int) -> None:
    zones = ("Europe/London", "Pacific/Auckland", "America/Los_Angeles")
    rows = [RepRow(f"U{n:05}", f"Rep {n}", zones[n % 3]) for n in range(reps)]
    team = a_team(session.connection, reps=rows)
    book = team.playbook(session)
    with queries(session) as seen:
        scored = progress(session, book, book.reps, book.indicators, NOW)
    assert len(scored) == reps * len(INDICATORS)
    assert len(seen) == 1


@pytest.mark.parametrize("reps", [2, 40])
def test_a_teams_scorecards_take_as_many_queries_as_one(session: Session, reps: int) -> None:
    rows = [RepRow(f"U{n:05}", f"Rep {n}") for n in range(reps)]
    team = a_team(session.connection, reps=rows)
    book = team.playbook(session)
    with queries(session) as seen:
        team_scorecards(session, book, NOW)
    kinds = {row.period for row in INDICATORS if row.drives}
    windows = {kind for kind in kinds if kind != "day"}  # forecasts read days with their weeks
    assert len(seen) == 1 + len(kinds) + len(windows)


@pytest.mark.parametrize("workdays", [1, 9, 60, 130])
def test_a_daily_streak_is_counted_however_long_it_is(
    session: Session, west: TeamRows, workdays: int
) -> None:
    day, reached = WEDNESDAY, 0
    while reached < workdays:
        if day.weekday() in MONDAY_TO_FRIDAY:
            enter(session, west, "Prospecting calls", 20, day)
            reached += 1
        day -= timedelta(days=1)
    enter(session, west, "Prospecting calls", 5, date(2025, 1, 6))
    assert named(card(session, west), "Prospecting calls").streak == workdays


@pytest.mark.parametrize("weeks", [2, 8, 70])
def test_a_weekly_streak_is_counted_however_long_it_is(
    session: Session, west: TeamRows, weeks: int
) -> None:
    for week in range(weeks):
        enter(session, west, "Opportunities", 3, WEDNESDAY - timedelta(weeks=week))
    assert named(card(session, west), "Opportunities").streak == weeks


def test_a_streak_is_as_of_the_instant(session: Session, west: TeamRows) -> None:
    for week in range(3):
        enter(session, west, "Opportunities", 3, WEDNESDAY - timedelta(weeks=week))
    morning = datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert named(card(session, west, morning), "Opportunities").streak == 2
    assert named(card(session, west), "Opportunities").streak == 3


def test_a_team_without_reps_has_no_cards(session: Session) -> None:
    team = a_team(session.connection, reps=())
    assert team_scorecards(session, team.playbook(session), NOW) == ()
