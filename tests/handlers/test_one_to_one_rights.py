"""Who may read and note one-to-ones, and settle what was agreed, whatever a request claims."""

import json
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, select, update

from bot.db.engine import for_writing, make_engine
from bot.db.tables import audit, commitments, one_to_ones, people, team_managers
from tests.handlers.conftest import STRANGER, Running
from tests.handlers.test_one_to_ones import note, submission
from tests.teams import INDICATORS, MORGAN, RILEY, SAM, WORKSPACE, RepRow, TeamRows, a_team

NADIA, NOAH, ADMIN, HEIR = "U20NADIA", "U21NOAH", "U22ADMIN", "U23HEIR"
ELSEWHERE = "T02OTHER"
SECRET = "needs more confidence"
MAY_NOTE = {"manager", "successor", "admin"}
WHO = {
    "manager": MORGAN,
    "successor": HEIR,
    "admin": ADMIN,
    "rep": RILEY,
    "other rep": SAM,
    "other manager": NADIA,
    "former": MORGAN,
    "stranger": STRANGER,
}
PEOPLE = tuple(WHO)


@pytest.fixture
def team(team: TeamRows, database_url: str) -> TeamRows:
    """West, and East with its own manager, an admin, and a workspace with people of these names."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        noah = RepRow(NOAH, "Noah")
        a_team(connection, "East", reps=[noah], managers=[NADIA, HEIR], listed=INDICATORS)
        made = a_team(connection, "North", reps=(), managers=[ADMIN], listed=())
        connection.execute(delete(team_managers).where(team_managers.c.team_id == made.team_id))
        connection.execute(update(people).where(people.c.user_id == ADMIN).values(is_admin=True))
        a_team(connection, "West", workspace_id=ELSEWHERE)
    engine.dispose()
    return team


async def noted(running: Running) -> int:
    """Morgan's note with one commitment of each; the rep's id of it."""
    await note(running, note=SECRET, what_1="Call Acme", what_2="Ask legal", who_2="manager")
    rows = await running.rows(select(commitments.c.id).order_by(commitments.c.id))
    return int(rows[0][0])


async def as_they_are(running: Running, who: str) -> str:
    """The person's id, once the person is what the table says."""
    if who in {"successor", "former"}:
        led = team_managers.c.team_id == running.team.team_id
        heir = select(people.c.id).where(people.c.user_id == HEIR)

        def hand_over(session: Any) -> None:
            session.connection.execute(delete(team_managers).where(led))
            row = {"workspace_id": WORKSPACE, "team_id": running.team.team_id}
            person = session.connection.scalar(heir)
            session.connection.execute(insert(team_managers).values(**row, person_id=person))

        await running.bot.transactions.of(WORKSPACE).write(hand_over)
    return WHO[who]


async def count(running: Running, table: Any, *which: Any) -> int:
    [row] = await running.rows(select(func.count()).select_from(table).where(*which))
    return int(row[0])


async def asks(running: Running, user: str, text: str) -> str:
    """Types `/coach` with this; what is answered, as text."""
    fields = {
        "command": "/coach",
        "text": text,
        "user_id": user,
        "team_id": WORKSPACE,
        "trigger_id": "1.2.3",
        "response_url": "",
        "channel_id": "C01WEST",
    }
    return (await running.signed(fields)).text


def metadata(user: str = RILEY) -> str:
    return json.dumps({"user": user, "url": "", "rows": 2, "page": 0})


async def send(running: Running, user: str, workspace: str = WORKSPACE, about: str = RILEY) -> str:
    state = {"values": {"note": {"value": {"type": "plain_text_input", "value": "forged"}}}}
    sent = submission(user, metadata(about), state, workspace)
    return (await running.signed({"payload": sent})).text


def pressed(user: str, action: str, value: str, workspace: str = WORKSPACE) -> dict[str, Any]:
    return {
        "payload": {
            "type": "block_actions",
            "team": {"id": workspace},
            "user": {"id": user, "team_id": workspace},
            "actions": [{"type": "button", "action_id": action, "value": value, "block_id": "any"}],
            "container": {"type": "message", "message_ts": "1.1", "channel_id": "C01WEST"},
            "trigger_id": "1.1.1",
            "response_url": "",
        }
    }


@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_prepare(running: Running, who: str) -> None:
    await noted(running)
    user = await as_they_are(running, who)
    reply = await asks(running, user, f"prep <@{RILEY}>")
    assert ("What went well" in reply) == (who in MAY_NOTE)
    assert ("Call Acme" in reply) == (who in MAY_NOTE)
    assert SECRET not in reply


@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_read_notes(running: Running, who: str) -> None:
    await noted(running)
    user = await as_they_are(running, who)
    reply = await asks(running, user, f"notes <@{RILEY}>")
    read = await count(running, audit, audit.c.action == "notes.read", audit.c.actor == user)
    assert (read == 1) == (who in MAY_NOTE)
    assert SECRET not in reply


@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_write_notes(running: Running, who: str) -> None:
    user = await as_they_are(running, who)
    answer = await send(running, user)
    written = await count(running, one_to_ones)
    assert (written == 1) == (who in MAY_NOTE)
    assert (written == 1) != ("response_action" in answer)
    assert await count(running, audit, audit.c.action == "notes.written") == written


@pytest.mark.parametrize("who", PEOPLE)
async def test_who_may_settle(running: Running, who: str) -> None:
    reps, managers = (made := await noted(running)), made + 1
    user = await as_they_are(running, who)
    for each in (reps, managers):
        await running.signed(pressed(user, f"settle:{each}", "done"))
    done = await running.rows(
        select(commitments.c.id).where(commitments.c.done_at.is_not(None)).order_by("id")
    )
    expected = [reps, managers] if who in MAY_NOTE else [reps] if who == "rep" else []
    assert [row[0] for row in done] == expected


@pytest.mark.parametrize("user", [MORGAN, RILEY])
async def test_people_of_another_workspace_reach_nothing(running: Running, user: str) -> None:
    """They have the same Slack ids and teams of the same name there."""
    made = await noted(running)
    await running.signed(pressed(user, f"settle:{made}", "done", ELSEWHERE))
    await send(running, user, ELSEWHERE, NOAH)
    assert await count(running, commitments, commitments.c.done_at.is_not(None)) == 0
    assert await count(running, one_to_ones) == 1
    await send(running, user, ELSEWHERE)
    here = await count(running, one_to_ones, one_to_ones.c.workspace_id == WORKSPACE)
    assert here == 1


@pytest.mark.parametrize("forged", ["", "{", "[]", '{"user": 7}', '{"user": "U99NOBODY"}'])
async def test_a_form_that_names_nobody_notes_nothing(running: Running, forged: str) -> None:
    answer = await running.signed({"payload": submission(MORGAN, forged, {"values": {}})})
    assert answer.status == 200
    assert "none of your teams" in answer.text
    assert await count(running, one_to_ones) == 0


async def test_a_form_from_before_the_rep_left_is_refused(running: Running) -> None:
    await note(running)
    await as_they_are(running, "former")
    assert "whoever leads the rep" in await send(running, MORGAN)
    assert await count(running, one_to_ones) == 1


async def test_an_admin_who_is_a_rep_does_not_read_about_oneself(running: Running) -> None:
    await noted(running)
    role = update(people).where(people.c.user_id == RILEY).values(is_admin=True)
    await running.bot.transactions.everywhere.write(
        lambda session: session.connection.execute(role)
    )
    reply = await asks(running, RILEY, f"notes <@{RILEY}>")
    assert "whoever leads the rep" in reply
    assert await count(running, audit, audit.c.action == "notes.read") == 0
