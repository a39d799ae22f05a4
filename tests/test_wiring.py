"""What is put together at the start: tokens, sessions, a database that is up to date."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clients import SingleToken
from bot.db.engine import make_engine
from bot.db.migrate import LATEST, current_revision, upgrade
from bot.db.tables import workspaces
from bot.db.transactions import make_transactions
from bot.domain.errors import Refusal
from bot.settings import Settings
from bot.slack.answers import Identity
from bot.slack.errors import TokenRefused
from bot.wiring import prepare_database, session_for
from tests.teams import a_workspace


def settings_for(url: str) -> Settings:
    return Settings(_env_file=None, database_url=url)


async def owner_of_t2(_token: str) -> Identity:
    return Identity("T2", "Second", "U0BOT", frozenset(), None)


async def refused(_token: str) -> Identity:
    raise TokenRefused("token_revoked", "The bot's token was revoked.")


def test_a_command_commits_at_its_end(sqlite_url: str) -> None:
    with session_for(settings_for(sqlite_url)) as session:
        a_workspace(session.connection, "T1")
    with session_for(settings_for(sqlite_url)) as session:
        assert session.connection.scalars(select(workspaces.c.id)).all() == ["T1"]


def test_a_command_that_fails_leaves_nothing(sqlite_url: str) -> None:
    def command() -> None:
        with session_for(settings_for(sqlite_url)) as session:
            a_workspace(session.connection, "T1")
            raise Refusal("no")

    with pytest.raises(Refusal):
        command()
    with session_for(settings_for(sqlite_url)) as session:
        assert session.connection.scalars(select(workspaces.c.id)).all() == []


def test_an_empty_sqlite_file_is_migrated(empty_sqlite_url: str) -> None:
    prepare_database(empty_sqlite_url)
    engine = make_engine(empty_sqlite_url)
    assert current_revision(engine) == LATEST
    engine.dispose()


def test_an_empty_postgresql_is_refused(empty_postgresql_url: str) -> None:
    with pytest.raises(Refusal, match="pacesetter migrate"):
        prepare_database(empty_postgresql_url)
    upgrade(empty_postgresql_url)
    prepare_database(empty_postgresql_url)


def test_a_database_that_cannot_be_opened_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="DATABASE_URL") as refusal:
        prepare_database(f"sqlite:///{tmp_path / 'nowhere' / 'a.db'}")
    assert "\n" not in refusal.value.sentence


async def test_one_workspace_needs_no_question_to_slack(sqlite_url: str) -> None:
    with session_for(settings_for(sqlite_url)) as session:
        a_workspace(session.connection, "T1")
    transactions = make_transactions(make_engine(sqlite_url))
    tokens = SingleToken("xoxb-1", transactions, refused)
    assert await tokens.token_for("T1") == "xoxb-1"
    assert await tokens.token_for("T9") is None
    await transactions.close()


async def test_beside_oauth_the_token_serves_no_workspace_but_its_own(sqlite_url: str) -> None:
    with session_for(settings_for(sqlite_url)) as session:
        a_workspace(session.connection, "T1")
    transactions = make_transactions(make_engine(sqlite_url))
    tokens = SingleToken("xoxb-1", transactions, owner_of_t2, beside_others=True)
    assert [await tokens.token_for(each) for each in ("T1", "T2")] == [None, "xoxb-1"]
    await transactions.close()


async def test_of_several_workspaces_the_token_serves_its_own(sqlite_url: str) -> None:
    with session_for(settings_for(sqlite_url)) as session:
        a_workspace(session.connection, "T1")
        a_workspace(session.connection, "T2")
    transactions = make_transactions(make_engine(sqlite_url))
    tokens = SingleToken("xoxb-1", transactions, owner_of_t2)
    assert [await tokens.token_for(each) for each in ("T1", "T2")] == [None, "xoxb-1"]
    unsure = SingleToken("xoxb-1", transactions, refused)
    assert await unsure.token_for("T2") is None
    assert await SingleToken(None, transactions, owner_of_t2).token_for("T2") is None
    await transactions.close()
