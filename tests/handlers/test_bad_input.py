"""Whatever comes in: a kind sentence, nothing recorded, no 5xx (issue 2, bad input)."""

import json
import sqlite3
import time
from contextlib import closing
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select, update

from bot.db.tables import entries, indicators, memberships, teams
from bot.slack import actions
from sandbox import Person
from sandbox.acting.signing import signed
from tests.handlers.conftest import STRANGER, Running
from tests.safety.rights import logged
from tests.safety.twins import constants, pressed
from tests.teams import MORGAN, RILEY, WORKSPACE

COUNT = select(func.count()).select_from(entries)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough here: what is refused never gets to it."""
    return sqlite_url


BAD_LINES = [
    "0 calls",
    "-1 calls",
    "1e9 calls",
    "NaN calls",
    "5 calls 2027-05-01",
    "5 calls 3 years ago",
    "call " * 2000,
    "x" * 10_000,
    "📞" * 50,
    "\u200f\u0645\u0643\u0627\u0644\u0645\u0629 \u0665",  # right to left: "call 5"
    "&lt;!channel&gt;",
    "<!channel>",
    "\x00\x01",
    "; ; ;",
    "5",
    "with Acme",
    "5 calls, 3 frobnications",
]


@pytest.mark.parametrize("line", BAD_LINES)
async def test_a_line_that_cannot_be_recorded_is_refused_kindly(
    running: Running, riley: Person, line: str
) -> None:
    await riley.command("/log", "2 meetings")
    reply = await riley.command("/log", line)
    assert reply.status == 200
    assert reply.ok, reply.detail
    assert reply.message is not None
    assert reply.message.ephemeral_to == RILEY
    assert "Something went wrong" not in reply.text
    assert "<!" not in str(reply.body)
    assert (await running.rows(COUNT))[0][0] == 1


@pytest.mark.parametrize("line", BAD_LINES)
async def test_pace_takes_whatever_is_typed(riley: Person, line: str) -> None:
    for text in (line, f"plan 15:00 {line}", f"away {line}", f"snooze {line}"):
        reply = await riley.command("/pace", text)
        assert reply.ok, reply.detail
        assert "Something went wrong" not in reply.text
        assert "<!" not in str(reply.body)


async def test_what_somebody_typed_pings_nobody(running: Running, riley: Person) -> None:
    typed = "5 calls with <!channel> &amp; <@U01MORGAN|morgan>; <!here> *bold*"
    reply = await riley.command("/log", typed)
    assert "Recorded" in reply.text
    said = str(reply.body)
    assert "<!" not in said
    assert "<@" not in said
    assert "&lt;!channel&gt; &amp; @morgan" in said


@pytest.mark.parametrize("command", ["/log", "/pace"])
@pytest.mark.parametrize("user_id", [STRANGER, MORGAN])
async def test_who_is_no_rep_is_told_what_to_do(
    running: Running, command: str, user_id: str
) -> None:
    reply = await running.person(user_id).command(command, "5 calls" if command == "/log" else "")
    assert "Ask your manager" in reply.text or "You lead West" in reply.text


async def test_who_has_left_the_team_is_told_so(running: Running, riley: Person) -> None:
    await _write(running, update(memberships).values(left_on=running.clock.now().date()))
    assert "not in a team yet" in (await riley.command("/log", "5 calls")).text


async def test_a_team_without_a_channel_logs_all_the_same(running: Running, riley: Person) -> None:
    await _write(running, update(teams).values(channel=None, revision="another"))
    assert "Recorded" in (await riley.command("/log", "5 calls")).text


async def test_a_behaviour_that_was_retired_is_named(running: Running, riley: Person) -> None:
    retired = update(indicators).where(indicators.c.name == "Prospecting calls")
    await _write(running, retired.values(retired_on=running.clock.now().date()))
    await _write(running, update(teams).values(revision="another"))
    reply = await riley.command("/log", "5 calls")
    assert "West no longer counts Prospecting calls" in reply.text
    assert (await running.rows(COUNT))[0][0] == 0


@pytest.mark.parametrize("missing", ["user_id", "team_id", "trigger_id", "text", "response_url"])
@pytest.mark.parametrize("command", ["/log", "/pace", "/coach", "/kudos"])
async def test_a_command_without_a_field_is_answered(
    running: Running, riley: Person, command: str, missing: str
) -> None:
    await riley.command(command, "list")
    body = {k: v for k, v in running.slack.calls(command)[0].body.items() if k != missing}
    answer = await running.signed(body)
    assert answer.status < 500
    assert "Something went wrong" not in answer.text


@pytest.mark.parametrize("kind", ["block_actions", "view_submission", "shortcut", "nonsense"])
@pytest.mark.parametrize(
    "rest",
    [
        {},
        {"user": {"id": RILEY}, "team": {"id": "T01TEST"}},
        {"user": None, "team": [], "actions": "x", "view": 5},
        {"user": {"id": RILEY}, "team": {"id": "T01TEST"}, "actions": [], "view": {"id": "V1"}},
        {"user": {"id": RILEY}, "team": {"id": "T01TEST"}, "actions": [{"action_id": "log:1"}]},
    ],
)
async def test_a_malformed_interaction_is_no_accident(
    running: Running, kind: str, rest: dict[str, object]
) -> None:
    answer = await running.signed({"payload": {"type": kind, **rest}})
    assert answer.status < 500


async def test_a_request_that_is_not_signed_or_old_is_refused(running: Running) -> None:
    body = urlencode({"command": "/log", "text": "5 calls", "user_id": RILEY, "team_id": "T01TEST"})
    seed = running.slack.team().seed
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for wrong in (
        {},
        signed("another secret", int(time.time()), body),
        signed(seed.signing_secret, int(time.time()) - 301, body),
        signed(seed.signing_secret, int(time.time()), body + "&x=1"),
    ):
        async with running.bot.http.post(running.url, data=body, headers=headers | wrong) as answer:
            assert answer.status == 401
    assert (await running.rows(COUNT))[0][0] == 0


async def test_a_database_that_cannot_keep_it_is_never_said_to_have_kept_it(
    running: Running, riley: Person
) -> None:
    with closing(sqlite3.connect(str(running.bot.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        reply = await riley.command("/log", "5 calls")
        other.rollback()
    assert "couldn't save that, so nothing was recorded" in reply.text
    assert (await running.rows(COUNT))[0][0] == 0


async def test_words_that_could_not_be_saved_are_told_again_and_answered_once(
    running: Running, riley: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(str(running.bot.engine.url.database))) as other:
        other.execute("BEGIN IMMEDIATE")
        await riley.say("5 calls")
        other.rollback()
    await running.slack.settled()
    await running.settled()
    assert [call.status for call in running.slack.calls("message")] == [503, 200]
    logged = capsys.readouterr().out
    assert "request not saved" in logged
    assert "malformed" not in logged
    assert (await running.rows(COUNT))[0][0] == 1
    assert ["Recorded" in m.text for m in riley.direct_messages()] == [False, True]


async def test_an_accident_of_ours_is_told_with_a_reference_and_logged_without_content(
    running: Running, riley: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    await _write(running, update(teams).values(workdays=json.loads('["never"]'), revision="bad"))
    await _drop(running)
    reply = await riley.command("/log", "5 calls with Secret Customer")
    assert reply.status == 200
    assert "nothing was recorded" in reply.text
    assert "reference" in reply.text
    logged = capsys.readouterr().out
    assert logged.count("request failed") == 1
    assert "Secret" not in logged


async def _write(running: Running, statement: object) -> None:
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(statement))  # type: ignore[call-overload]


async def _drop(running: Running) -> None:
    await running.bot.transactions.of(WORKSPACE).write(
        lambda s: s.connection.exec_driver_sql("UPDATE indicators SET period = 'fortnight'")
    )


async def test_half_a_character_is_no_accident(running: Running) -> None:
    half = "\ud83d"
    with logged() as log:
        for name in constants(actions):
            for value in (half, f"done {half}", f"2 {half}", f"rep|1|0|{half}"):
                press = pressed(MORGAN, f"{name}:1", value, menu=True)
                assert (await running.signed({"payload": press})).status == 200
        await running.settled()
    assert log.accidents == []
