"""A bot of two workspaces that look the same; Slack speaks for one of them."""

from collections.abc import AsyncIterator

import pytest

from tests.handlers.conftest import Running, running_bot
from tests.safety.twins import Twins, make_twins


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough: both are asked the same."""
    return sqlite_url


@pytest.fixture
def twins(database_url: str) -> Twins:
    """Both, in the database."""
    return make_twins(database_url)


@pytest.fixture
async def running(database_url: str, twins: Twins) -> AsyncIterator[Running]:
    async with running_bot(database_url, twins.own) as bot:
        yield bot
