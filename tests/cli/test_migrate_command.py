"""`pacesetter migrate`: who did it says so, and nobody else."""

import pytest
from sqlalchemy import Engine

from bot.db.migrate import LATEST, downgrade, upgrade
from bot.wiring import schema_problem
from tests.cli.commands import Here

NOTHING = f"Nothing to do: the database's schema is {LATEST}.\n"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    found: str = request.getfixturevalue(f"empty_{request.param}_url")
    monkeypatch.setenv("DATABASE_URL", found)
    return found


def test_it_says_from_where_and_the_second_time_that_nothing_is_to_be_done(
    here: Here, url: str
) -> None:
    assert here("migrate").out == f"Migrated from an empty database to {LATEST}.\n"
    assert here("migrate").out == NOTHING
    downgrade(url, "0009")
    assert here("migrate").out == f"Migrated from 0009 to {LATEST}.\n"


def test_whoever_is_overtaken_by_another_has_done_nothing(
    here: Here, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(engine: Engine) -> str | None:
        behind = schema_problem(engine)
        upgrade(url)
        return behind

    monkeypatch.setattr("bot.wiring.schema_problem", overtaken)
    assert here("migrate").out == NOTHING
