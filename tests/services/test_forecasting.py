"""Forecasts and consistency from what is in the database, for a rep and for a whole team."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.db.session import Session
from bot.db.tables import entries
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.nudging.nudges import gaps
from bot.domain.progress.consistency import Consistency
from bot.domain.progress.pace import Progress
from bot.domain.progress.scorecards import Scorecard
from bot.services.digesting import digest
from bot.services.forecasting import with_forecasts
from bot.services.scorecards import progress, scorecard, team_scorecards
from tests.services.months_of_entries import add_entries, an_entry, weekly
from tests.teams import ALEX, RILEY, SAM, RepRow, TeamRows, a_team

WEDNESDAY, MONDAY = date(2026, 11, 25), date(2026, 11, 23)
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
LAST_MONDAY = MONDAY - timedelta(days=7)
MEETINGS, PLAN = "First meetings", "Territory plan"


@pytest.fixture
def west(session: Session) -> TeamRows:
    """Riley and Sam with twelve steady weeks of five meetings; Alex has logged nothing."""
    team = a_team(session.connection)
    for user in (RILEY, SAM):
        add_entries(session, weekdays(team, user, 12))
    return team


def weekdays(team: TeamRows, user: str, weeks: int) -> Iterator[dict[str, Any]]:
    """One meeting on every workday of so many weeks up to last Friday."""
    for back in range(1, 7 * weeks + 1):
        day = MONDAY - timedelta(days=back)
        if day.weekday() < 5:
            yield an_entry(team, user, MEETINGS, day)


def card(session: Session, team: TeamRows, user: str = RILEY, now: datetime = NOW) -> Scorecard:
    return scorecard(session, team.playbook(session), team.rep(session, user), now)


def named(scores: Scorecard, name: str = MEETINGS) -> Progress:
    both = (*scores.behaviours, *scores.results)
    return next(each for each in both if each.indicator.name == name)


def forecast(session: Session, team: TeamRows, user: str = RILEY) -> float:
    found = named(card(session, team, user)).forecast
    assert found is not None
    return found


@contextmanager
def queries(session: Session) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(*arguments: Any) -> None:
        seen.append(arguments[2])

    event.listen(session.connection, "before_cursor_execute", note)
    yield seen
    event.remove(session.connection, "before_cursor_execute", note)


def test_a_scorecard_says_how_likely_a_target_is(session: Session, west: TeamRows) -> None:
    assert forecast(session, west) < 0.4  # nothing yet, and three days for five
    add_entries(session, [an_entry(west, RILEY, MEETINGS, MONDAY, 3)])
    assert 0.5 < forecast(session, west) < 1
    add_entries(session, [an_entry(west, RILEY, MEETINGS, MONDAY, 2)])
    assert forecast(session, west) == 1.0


def test_what_was_undone_is_not_counted(session: Session, west: TeamRows) -> None:
    before = forecast(session, west)
    add_entries(session, [an_entry(west, RILEY, MEETINGS, day(5), 40)])
    session.connection.execute(
        update(entries).where(entries.c.quantity == Decimal(40)).values(undone_at=NOW)
    )
    assert forecast(session, west) == before


def test_several_entries_of_a_day_are_one_amount(session: Session, west: TeamRows) -> None:
    once, twice = weekdays(west, ALEX, 12), weekdays(west, ALEX, 12)
    add_entries(session, [{**row, "quantity": Decimal("0.5")} for row in (*once, *twice)])
    assert forecast(session, west, ALEX) == forecast(session, west, SAM)


def test_who_never_logged_anything_has_no_forecast(session: Session, west: TeamRows) -> None:
    assert named(card(session, west, ALEX)).forecast is None
    assert named(card(session, west, ALEX)).consistency is None


def test_who_has_just_begun_leans_on_the_team(session: Session, west: TeamRows) -> None:
    add_entries(session, [an_entry(west, ALEX, MEETINGS, MONDAY, 3)])
    assert 0.3 < forecast(session, west, ALEX) < 1


def test_what_nobody_ever_logged_has_no_forecast(session: Session, west: TeamRows) -> None:
    assert named(card(session, west), PLAN).forecast is None


def test_an_imported_history_is_seen_at_once(session: Session) -> None:
    team = a_team(session.connection)
    assert named(card(session, team)).forecast is None
    for user in (RILEY, SAM):
        add_entries(session, weekdays(team, user, 12))
    assert named(card(session, team)).forecast is not None


def test_a_rep_alone_and_in_the_team_hears_the_same(session: Session, west: TeamRows) -> None:
    together = team_scorecards(session, west.playbook(session), NOW)
    alone = [card(session, west, user) for user in (RILEY, SAM, ALEX)]
    assert [named(each).forecast for each in together] == [named(each).forecast for each in alone]


def test_consistency_counts_the_weeks_that_are_over(session: Session, west: TeamRows) -> None:
    assert named(card(session, west)).consistency == Consistency(12, 12, 1.0, 1.0)
    add_entries(session, weekly(west, ALEX, MEETINGS, 5, LAST_MONDAY, 2))
    assert named(card(session, west, ALEX)).consistency == Consistency(2, 2)


@pytest.mark.parametrize("reps", [2, 40])
def test_it_takes_as_many_queries_for_many_reps_as_for_few(session: Session, reps: int) -> None:
    team = a_team(session.connection, reps=[RepRow(f"U{n:05}", f"Rep {n}") for n in range(reps)])
    book = team.playbook(session)
    standing = progress(session, book, book.reps, book.indicators, NOW)
    with queries(session) as seen:
        with_forecasts(session, book, standing, NOW)
    assert len(seen) == 2  # the weeks of weekly targets, and the years of quarterly ones


def test_the_team_is_looked_at_once_an_hour(session: Session, west: TeamRows) -> None:
    read = []
    for minutes in (0, 59, 61):
        with queries(session) as seen:
            card(session, west, SAM, NOW + timedelta(minutes=minutes))
        read.append(sum("_agg(" in each or "group_concat(" in each for each in seen))
    assert read == [4, 2, 4]  # two windows of the rep's own, and two of the team's


def test_of_equal_shortfalls_a_nudge_names_the_less_likely_first(
    session: Session, west: TeamRows
) -> None:
    book, rep = west.playbook(session), west.rep(session)
    found = gaps(progress(session, book, (rep,), book.behaviours, NOW).values())
    even = [replace(each, expected=each.target or Decimal(1), forecast=0.6) for each in found[:2]]
    unlikely = replace(even[1], forecast=0.2)
    assert gaps([even[0], unlikely])[0] == unlikely


def test_a_digest_forecasts_what_goes_on_after_the_week(session: Session, west: TeamRows) -> None:
    for user in (RILEY, SAM):
        rows = [an_entry(west, user, PLAN, MONDAY - timedelta(weeks=n), 0.1) for n in range(3, 9)]
        add_entries(session, rows)
    week = period_of(PeriodKind.WEEK, LAST_MONDAY)
    riley = digest(session, west.playbook(session), None, week, NOW).reps[0]
    found = {each.indicator.name: each for each in riley.behaviours}
    assert found[MEETINGS].forecast is None
    assert found[PLAN].forecast is not None
    assert found[MEETINGS].consistency == Consistency(12, 12, 1.0, 1.0)


def day(back: int) -> date:
    return WEDNESDAY - timedelta(days=back)
