"""Who is welcomed, who may set teams up, and what others are told as long as nobody has."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.db.tables import audit, deliveries, people, workspaces
from tests.handlers.guided import Guided, Newly, newly_installed
from tests.teams import MORGAN, RILEY, SAM, WORKSPACE


@pytest.fixture
async def newly(database_url: str) -> AsyncIterator[Newly]:
    async with newly_installed(database_url) as running:
        yield running


async def admins(newly: Newly) -> list[str]:
    rows = await newly.rows(select(people.c.user_id).where(people.c.is_admin))
    return [row.user_id for row in rows]


async def test_the_primary_owner_is_welcomed_once_with_one_button(newly: Newly) -> None:
    for _ in range(2):
        await newly.greet()
        await newly.tick()
    [message] = newly.person().direct_messages()
    buttons = [each for block in message.blocks for each in block.get("elements", ())]
    assert [each["text"]["text"] for each in buttons] == ["Set up a team"]
    assert await admins(newly) == [MORGAN]
    [workspace] = await newly.rows(select(workspaces))
    assert (workspace.id, workspace.name, workspace.timezone) == (
        WORKSPACE,
        "Acme Ltd",
        "Europe/London",
    )


async def test_without_an_owner_an_admin_is_welcomed(newly: Newly) -> None:
    newly.slack.team(WORKSPACE).change_user(MORGAN, is_primary_owner=False)
    await newly.greet()
    assert await admins(newly) == [SAM]


async def test_somebody_who_has_left_is_not_welcomed(newly: Newly) -> None:
    newly.slack.team(WORKSPACE).change_user(MORGAN, deleted=True)
    await newly.greet()
    assert await admins(newly) == [SAM]


async def test_where_nobody_runs_slack_nobody_is_welcomed(newly: Newly) -> None:
    newly.slack.team(WORKSPACE).change_user(MORGAN, is_primary_owner=False)
    newly.slack.team(WORKSPACE).change_user(SAM, is_admin=False)
    await newly.greet()
    assert await newly.rows(select(deliveries.c.id)) == []
    assert await newly.rows(select(workspaces.c.id)) == []


async def test_a_slack_that_does_not_answer_is_asked_again_at_the_next_start(newly: Newly) -> None:
    newly.slack.team(WORKSPACE).token_error = "token_revoked"
    await newly.greet()
    assert await newly.rows(select(workspaces.c.id)) == []
    newly.slack.team(WORKSPACE).token_error = None
    await newly.greet()
    assert await admins(newly) == [MORGAN]


@pytest.mark.parametrize("line", ["setup", ""])
async def test_who_runs_slack_may_take_the_role(newly: Newly, line: str) -> None:
    await newly.welcomed()
    sam = newly.person(SAM)
    offer = await sam.command("/coach", line)
    await sam.press(offer, "claim_admin")
    await newly.background.finish()
    assert await admins(newly) == [MORGAN, SAM]
    noted = await newly.rows(select(audit.c.actor).where(audit.c.action == "admin.claimed"))
    assert [row.actor for row in noted] == [MORGAN, SAM]
    await sam.command("/coach", "setup")
    assert Guided(sam).place == "start"


async def test_who_does_not_is_told_who_can(newly: Newly) -> None:
    await newly.welcomed()
    answer = await newly.person(RILEY).command("/coach", "setup")
    assert f"<@{MORGAN}>" in answer.text
    assert "Become an admin" not in str(answer.message and answer.message.blocks)


async def test_whether_somebody_runs_slack_is_asked_again_when_it_is_pressed(newly: Newly) -> None:
    await newly.welcomed()
    sam = newly.person(SAM)
    offer = await sam.command("/coach", "setup")
    newly.slack.team(WORKSPACE).change_user(SAM, is_admin=False)
    await sam.press(offer, "claim_admin")
    await newly.background.finish()
    assert await admins(newly) == [MORGAN]
    assert "Only an admin or owner" in sam.ephemerals()[-1].text


async def test_a_log_before_there_is_a_team_says_what_to_do(newly: Newly) -> None:
    await newly.welcomed()
    riley = await newly.person(RILEY).command("/log", "5 calls")
    assert "/coach setup" in riley.text
    assert "begin" not in str(riley.message and riley.message.blocks)
    morgan = newly.person()
    answer = await morgan.command("/log", "5 calls")
    await morgan.press(answer, "setup")
    assert Guided(morgan).place == "start"


async def test_a_rep_sets_up_nothing_through_a_button_that_was_forged(newly: Newly) -> None:
    await newly.welcomed()
    payload = {
        "type": "block_actions",
        "user": {"id": RILEY},
        "team": {"id": WORKSPACE},
        "trigger_id": "1.2.3",
        "actions": [{"action_id": "setup", "block_id": "begin", "value": "new"}],
    }
    reply = await newly.person(RILEY)._interact(payload)
    assert reply.ok
    assert newly.person(RILEY).modal is None
