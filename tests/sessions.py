"""A migrated database with team West in it, on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.db.engine import for_writing, make_engine
from bot.db.reach import enter
from bot.db.session import Session, TeamPlaybooks
from tests.teams import WORKSPACE, TeamRows, a_team


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One writing transaction for the team's workspace, rolled back at the end."""
    with engine.connect() as connection, for_writing(connection).begin() as transaction:
        yield Session(enter(connection, WORKSPACE), TeamPlaybooks())
        if transaction.is_active:
            transaction.rollback()


@pytest.fixture
def west(session: Session) -> TeamRows:
    """Team West, in the session's transaction."""
    return a_team(session.connection)
