"""A walk through all that Slack can send, as one workspace of two that look the same (issue 7).

What is walked is compared with what is registered: a new command, button, form, shortcut or event
that isn't walked fails here.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from sqlalchemy import Connection, Engine

from bot.db.engine import make_engine
from jobs.tick import tick
from jobs.writers import all_writers
from tests.handlers.conftest import Running
from tests.hearing import heard
from tests.safety.mutations import Body, name_of
from tests.safety.recorded import MONDAY, crawl, every_name, made_up, sent_by_slack
from tests.safety.twins import OTHER, THEIRS, WORDS, Twins, make_telling_twins, rows_of

SERVES_ALL = {"installations", "people", "teams", "workspaces"}
"""Tables that are read across workspaces while requests are served: whose token it is, who has
opened Home, and which teams have changed."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def twins(database_url: str) -> Twins:
    return make_telling_twins(database_url)


@dataclass
class Asked:
    """Statements that went to the database, by whether they were tied to a workspace."""

    tied: int = 0
    untied: set[str] = field(default_factory=set)

    def note(self, connection: Connection, statement: str) -> None:
        if isinstance(connection.get_execution_options().get("reach"), str):
            self.tied += 1
        else:
            self.untied.add(statement)

    def tables(self) -> set[str]:
        """Those that untied statements read or change."""
        words = (each.replace('"', " ").split() for each in self.untied)
        after = {"FROM", "INTO", "UPDATE", "JOIN"}
        return {b for said in words for a, b in pairwise(said) if a in after}


@contextmanager
def asked(engine: Engine) -> Iterator[Asked]:
    """All that is asked inside, prepared statements too."""
    found = Asked()
    with heard(engine, lambda connection, text, _values: found.note(connection, text)):
        yield found


async def test_all_that_slack_sends_stays_in_its_workspace(
    running: Running, twins: Twins, database_url: str
) -> None:
    await tick(MONDAY, running.bot, all_writers())  # plans for both, once
    outside = make_engine(database_url)
    before = rows_of(outside, OTHER)
    with asked(running.bot.engine) as found:
        walked = await _walk(running)
        await running.settled()
    assert walked == every_name(running)
    assert rows_of(outside, OTHER) == before
    said = repr([(call.method, call.body, call.answer) for call in running.slack.journal])
    assert WORDS[OTHER] not in said
    assert not re.search(rf"(?<![\w.,]){THEIRS // 1000},?{THEIRS % 1000}(?!\w)", said)
    assert found.tied > 1000
    assert found.tables() <= SERVES_ALL
    outside.dispose()


async def _walk(running: Running) -> set[str]:
    """Everything, by people where they come upon it, made up where not; the names of all of it."""
    await crawl(running)
    met = {name_of(body) for body in sent_by_slack(running)}
    for body in made_up(running):
        if name_of(body) not in met:
            await _send(running, body)
    return {*met, *(name_of(body) for body in made_up(running))} & every_name(running)


async def _send(running: Running, body: Body) -> None:
    is_event = body["type"] == "event_callback"
    text = json.dumps(body) if is_event else None
    answer = await running.signed({} if is_event else {"payload": body}, text)
    assert answer.status == 200, name_of(body)
