"""On PostgreSQL short writes of a workspace share a transaction; each stands or falls alone."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import Engine, event, func, select

from bot.db.engine import make_engine
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session
from bot.db.tables import entries
from bot.db.transactions import Transactions, make_transactions
from bot.db.within import Within
from bot.domain.entries import Recorded
from bot.domain.errors import NotSaved, Refusal
from bot.domain.grammar.requests import LoggedAmount, LogRequest
from bot.services import recording
from bot.services.requests.callers import Caller
from bot.services.requests.log_command import log_command
from tests.teams import RILEY, WORKSPACE, TeamRows, a_team

NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
TODAY = date(2026, 11, 25)
LINE = "2 meetings"
Work = Callable[[Session], object]


@pytest.fixture
def engine(postgresql_url: str) -> Iterator[Engine]:
    made = make_engine(postgresql_url)
    yield made
    made.dispose()


@pytest.fixture
def team(engine: Engine) -> TeamRows:
    with engine.begin() as connection:
        return a_team(enter(connection, EVERYWHERE))


@pytest.fixture
async def transactions(engine: Engine, team: TeamRows) -> AsyncIterator[Transactions]:
    made = make_transactions(engine)
    yield made
    await made.close()


@pytest.fixture
def ours(transactions: Transactions) -> Within:
    return transactions.of(WORKSPACE)


def typing(key: str, line: str = LINE) -> Work:
    return lambda session: log_command(session, Caller(WORKSPACE, RILEY, key), line, NOW)


def breaking(key: str) -> Work:
    def work(session: Session) -> None:
        typing(key)(session)
        raise LookupError(key)

    return work


def kept(session: Session) -> tuple[int, int]:
    of_all = select(func.count(), func.sum(entries.c.quantity))
    number, total = session.connection.execute(of_all).one()
    return number, int(total)


async def outcomes_of(ours: Within, *works: Work) -> list[object]:
    return await asyncio.gather(*(ours.write(work) for work in works), return_exceptions=True)


async def test_lines_that_arrive_together_take_one_transaction(
    engine: Engine, ours: Within
) -> None:
    await ours.write(typing("loads the team"))
    commits: list[object] = []
    event.listen(engine, "commit", commits.append)
    recorded = await outcomes_of(ours, *(typing(f"k{n}") for n in range(6)))
    assert all(isinstance(each, Recorded) and not each.repeated for each in recorded)
    assert len(commits) == 1
    assert await ours.read(kept) == (7, 14)


async def test_each_line_counts_at_least_itself_and_what_was_before(ours: Within) -> None:
    await ours.write(typing("before"))
    recorded = await outcomes_of(ours, *(typing(f"k{n}") for n in range(6)))
    totals = [each.progress[0].actual for each in recorded if isinstance(each, Recorded)]
    assert len(totals) == 6
    assert all(4 <= total <= 14 for total in totals)


async def test_the_same_trigger_twice_in_one_transaction_records_once(ours: Within) -> None:
    recorded = await outcomes_of(ours, *(typing("same") for _ in range(5)))
    repeated = sorted(each.repeated for each in recorded if isinstance(each, Recorded))
    assert repeated == [False, True, True, True, True]
    assert await ours.read(kept) == (1, 2)


async def test_what_breaks_after_it_has_written_undoes_itself_alone(ours: Within) -> None:
    said = await outcomes_of(ours, typing("a"), breaking("b"), typing("c"), breaking("d"))
    assert [type(each) for each in said] == [Recorded, LookupError, Recorded, LookupError]
    assert await ours.read(kept) == (2, 4)


async def test_a_statement_that_fails_stops_nobody_else(ours: Within) -> None:
    def divide(session: Session) -> None:
        session.connection.scalars(select(func.sqrt(-1)))

    said = await outcomes_of(ours, typing("a"), divide, typing("c"))
    assert [isinstance(each, Recorded) for each in said] == [True, False, True]
    assert await ours.read(kept) == (2, 4)


async def test_a_refusal_before_anything_is_written_costs_nobody_a_second_try(
    engine: Engine, ours: Within
) -> None:
    await ours.write(typing("loads the team"))
    undone: list[object] = []
    event.listen(engine, "rollback", undone.append)
    too_much = typing("b", "99999999 meetings")
    said = await outcomes_of(ours, typing("a"), too_much, typing("c"))
    assert isinstance(said[1], Refusal)
    assert not undone
    assert await ours.read(kept) == (3, 6)


async def test_two_edits_of_one_entry_at_once_replace_it_once(ours: Within, team: TeamRows) -> None:
    await ours.write(typing("first"))
    (entry,) = await ours.read(lambda s: recording.recent(s, team.standing(s), NOW))

    def edit(session: Session) -> Recorded:
        amount = LoggedAmount(team.indicator(session, "First meetings"), Decimal(5))
        request = LogRequest((amount,), TODAY)
        return recording.edit(session, team.standing(session), entry.id, request, NOW)

    said = await outcomes_of(ours, *(edit for _ in range(4)))
    repeated = sorted(each.repeated for each in said if isinstance(each, Recorded))
    assert repeated == [False, True, True, True]
    left = await ours.read(lambda s: recording.recent(s, team.standing(s), NOW))
    assert [each.quantity for each in left] == [5]


async def test_who_loses_the_connection_is_told_and_the_others_are_saved(ours: Within) -> None:
    def hang_up(session: Session) -> None:
        session.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    said = await outcomes_of(ours, typing("a"), hang_up, typing("c"))
    assert [type(each) for each in said] == [Recorded, NotSaved, Recorded]
    assert await ours.read(kept) == (2, 4)


async def test_the_engine_hears_once_of_a_workspace_with_something_to_send(
    postgresql_url: str, team: TeamRows
) -> None:
    heard: list[frozenset[str]] = []
    transactions = make_transactions(
        make_engine(postgresql_url), lambda _raw, workspaces: heard.append(workspaces)
    )

    def plan(session: Session) -> None:
        session.to_send.add(WORKSPACE)

    await outcomes_of(transactions.of(WORKSPACE), typing("a"), plan, plan)
    await transactions.close()
    assert heard == [frozenset({WORKSPACE})]
