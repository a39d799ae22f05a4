"""What erasing somebody costs, counted: steps of SQLite's machine, not seconds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from bot.db.engine import for_writing, make_engine
from bot.db.reach import enter
from bot.db.session import Session
from bot.services.forgetting import forget_person
from tests.services.costs import counted
from tests.services.months_of_entries import add_entries, an_entry
from tests.teams import RILEY, SAM, WORKSPACE, a_team

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
A_YEAR_AGO = date(2025, 11, 25)
MEETINGS = "First meetings"


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


def steps(engine: Engine, own: int, others: int) -> int:
    """Of erasing Riley, who has so many entries, beside so many of Sam's; nothing is kept."""
    with engine.connect() as connection, for_writing(connection).begin() as transaction:
        session = Session(enter(connection, WORKSPACE))
        west = a_team(connection)
        days = [A_YEAR_AGO + timedelta(n % 300) for n in range(max(own, others))]
        for user, entries in ((RILEY, own), (SAM, others)):
            add_entries(session, [an_entry(west, user, MEETINGS, day) for day in days[:entries]])
        with counted(session) as cost:
            assert forget_person(session, WORKSPACE, RILEY, NOW)["entries"] == own
        transaction.rollback()
    return cost.steps


def test_an_entry_is_erased_without_a_look_at_everybody_elses(engine: Engine) -> None:
    few, many = 500, 1500
    alone, beside = (steps(engine, many, n) - steps(engine, few, n) for n in (10, 5000))
    assert 0 < beside <= 1.5 * alone


def test_twice_the_entries_of_others_cost_no_more_than_twice_as_much(engine: Engine) -> None:
    once, twice = (steps(engine, 300, others) for others in (3000, 6000))
    assert twice <= 2 * once
