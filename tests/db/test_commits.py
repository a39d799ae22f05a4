"""On PostgreSQL nobody is told that nothing was saved where it was, whenever a line breaks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from sqlalchemy import select, update

from bot.db.engine import make_engine
from bot.db.session import Session
from bot.db.tables import workspaces
from bot.db.transactions import Transactions, make_transactions
from bot.domain.errors import NotKnown, NotSaved
from tests.db.losing import Line
from tests.db.test_transactions import adding, ids


@pytest.fixture
def line(postgresql_url: str) -> Iterator[Line]:
    with Line(postgresql_url) as made:
        yield made


@pytest.fixture
async def transactions(line: Line) -> AsyncIterator[Transactions]:
    """With a connection that is there already: making one ends with a commit, too."""
    made = make_transactions(make_engine(line.through))
    await made.everywhere.read(ids)
    yield made
    await made.close()


def there(url: str) -> list[str]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = list(connection.scalars(select(workspaces.c.id).order_by(workspaces.c.id)))
    engine.dispose()
    return found


def moving_to(zone: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.connection.execute(update(workspaces).values(timezone=zone))
        return zone

    return work


def zone_of(session: Session) -> str | None:
    zone: str | None = session.connection.scalar(select(workspaces.c.timezone))
    return zone


async def test_a_commit_whose_answer_is_lost_is_saved(
    transactions: Transactions, line: Line
) -> None:
    for number, write in enumerate((transactions.everywhere.write, transactions.of("T1").write)):
        line.loses = "answer"
        assert await write(adding(f"T{number}")) == f"T{number}"
    assert await transactions.everywhere.read(ids) == ["T0", "T1"]


async def test_those_that_share_a_commit_are_all_saved(
    transactions: Transactions, line: Line
) -> None:
    await transactions.everywhere.write(adding("T1"))
    line.loses = "answer"
    asked = [
        transactions.of("T1").write(moving_to(zone)) for zone in ("Asia/Tokyo", "Africa/Cairo")
    ]
    assert await asyncio.gather(*asked) == ["Asia/Tokyo", "Africa/Cairo"]
    assert await transactions.of("T1").read(zone_of) == "Africa/Cairo"


async def test_a_commit_that_never_arrived_saved_nothing(
    transactions: Transactions, line: Line
) -> None:
    line.loses = "commit"
    with pytest.raises(NotSaved, match="nothing was recorded"):
        await transactions.everywhere.write(adding("T1"))
    assert await transactions.everywhere.read(ids) == []


async def test_where_nobody_can_be_asked_nothing_is_claimed(
    transactions: Transactions,
    line: Line,
    postgresql_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.db.commits._FINDS_OUT_WITHIN_S", 0.3)
    line.loses = "all"
    with pytest.raises(NotKnown, match="don't know whether"):
        await transactions.everywhere.write(adding("T1"))
    assert there(postgresql_url) == ["T1"]
