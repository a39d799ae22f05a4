"""What a `/log` costs, counted: statements and steps of SQLite's machine, not seconds."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, insert

from bot.db.engine import for_writing, make_engine
from bot.db.reach import enter
from bot.db.session import Session
from bot.db.tables import entries
from bot.services.requests.callers import Caller
from bot.services.requests.log_command import log_command
from tests.services.costs import STEP, Cost, counted
from tests.teams import RILEY, WORKSPACE, TeamRows, a_team

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
"""A Wednesday."""
A_YEAR_AGO = date(2025, 11, 1)
MUCH = 100_000


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def history(session: Session, west: TeamRows, rows: int, busy_weeks_ago: int) -> None:
    """So many old entries, one indicator after the other, and a busy week lately."""
    ids = list(west.indicators.values())
    whose = {"workspace_id": WORKSPACE, "person_id": west.people[RILEY], "source": "import"}
    old = [(ids[n % len(ids)], Decimal(1), A_YEAR_AGO - timedelta(n % 1000)) for n in range(rows)]
    lately = NOW.date() - timedelta(weeks=busy_weeks_ago)
    busy = [(each, Decimal(40), lately) for each in ids]
    values = [
        whose
        | {
            "indicator_id": indicator_id,
            "quantity": quantity,
            "local_date": day,
            "occurred_at": datetime.combine(day, NOW.timetz()),
            "recorded_at": NOW,
            "dedupe_key": f"old-{n}",
        }
        for n, (indicator_id, quantity, day) in enumerate(old + busy)
    ]
    session.connection.execute(insert(entries), values)


def cost_of(engine: Engine, line: str, rows: int, busy: int = 1) -> Cost:
    """Of the third `/log` of a day, by a rep with so many old entries; nothing is kept."""
    with engine.connect() as connection, for_writing(connection).begin() as transaction:
        session = Session(connection)
        west = a_team(connection)
        history(session, west, rows, busy)
        enter(connection, WORKSPACE)
        for n in range(2):
            log_command(session, Caller(WORKSPACE, RILEY, f"before-{n}"), line, NOW)
        with counted(session) as cost:
            log_command(session, Caller(WORKSPACE, RILEY, "counted"), line, NOW)
        transaction.rollback()
    return cost


@pytest.mark.parametrize(
    "line",
    ["1 first meeting with Acme", "1 call, 1 opportunity", "1 territory plan", "1 new customer"],
)
def test_history_of_any_length_costs_nothing_more(engine: Engine, line: str) -> None:
    little, much = cost_of(engine, line, 12_000), cost_of(engine, line, MUCH)
    assert len(much.statements) == len(little.statements)
    assert much.steps <= little.steps * 1.1 + 10 * STEP


@pytest.mark.parametrize("line", ["1 first meeting with Acme", "5 first meetings"])
def test_an_entry_takes_three_statements_also_beyond_the_target(engine: Engine, line: str) -> None:
    cost = cost_of(engine, line, 0)
    told = [re.sub(r"\s+", " ", each) for each in cost.statements]
    assert len(told) == 3, told  # who, the entry, its weeks and lifetime


def test_sums_read_an_index_alone_and_only_the_dates_that_they_are_about(engine: Engine) -> None:
    cost = cost_of(engine, "1 first meeting with Acme", 100)
    with engine.connect() as connection:
        sums = [each for each in cost.statements if "FROM entries" in each]
        assert len(sums) == 1
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sums[0]}").fetchall()
    searches = [row[3] for row in plan if "SEARCH entries" in row[3]]
    assert len(searches) == 2, plan  # the lifetime, the weeks
    assert all("USING COVERING INDEX" in each for each in searches), searches
    assert all("indicator_id=?" in each for each in searches), searches
    assert any("local_date>? AND local_date<?" in each for each in searches), searches


def test_a_better_week_of_the_last_year_spares_the_years_before(engine: Engine) -> None:
    costs = [cost_of(engine, "1 first meeting", rows, busy=10) for rows in (12_000, MUCH)]
    assert len(costs[0].statements) == len(costs[1].statements) == 4  # three, and the last year
    assert costs[1].steps <= costs[0].steps * 1.1 + 10 * STEP


def test_a_lifetime_is_summed_up_no_more_once_its_last_step_is_reached(engine: Engine) -> None:
    below = cost_of(engine, "1 first meeting", 900)
    beyond = cost_of(engine, "1 first meeting", 12_000)
    assert beyond.steps < below.steps
