"""`/coach playbook`, and its button that proposes a target, through signed HTTP (issue 5)."""

from datetime import date

import pytest

from bot.db.session import Session
from sandbox import Person
from tests.handlers.conftest import STRANGER, Running
from tests.handlers.hub.conftest import AtHub
from tests.services.months_of_entries import add_entries, an_entry, weekly
from tests.teams import MORGAN, RILEY, WORKSPACE, RepRow, a_team

LAST_WEEK = date(2026, 11, 9)
"""The last full week of the tests' Wednesday."""


@pytest.fixture
async def north(running: Running) -> int:
    """Six reps of Morgan's, of whom the better make eight first meetings a week."""

    def written(session: Session) -> int:
        reps = [RepRow(f"U0N{n}", f"N{n}") for n in range(6)]
        north = a_team(session.connection, "North", reps=reps, managers=(MORGAN,))
        for n, rep in enumerate(reps):
            meetings, customers = (8, 2) if n < 4 else (5, 1)
            add_entries(
                session, weekly(north, rep.user_id, "First meetings", meetings, LAST_WEEK, 12)
            )
            add_entries(
                session, weekly(north, rep.user_id, "New customers", customers, LAST_WEEK, 12)
            )
        lost = {"outcome": "lost", "reason": "no business case"}
        add_entries(session, [an_entry(north, "U0N0", "New customers", LAST_WEEK, 0, **lost)])
        return north.team_id

    return await running.bot.transactions.of(WORKSPACE).write(written)


async def test_a_manager_sees_what_the_best_do_and_makes_it_the_target(
    running: Running, north: int
) -> None:
    morgan: Person = running.person(MORGAN)
    reply = await morgan.command("/coach", "playbook North")
    assert reply.message is not None
    said = str(reply.message.blocks)
    assert "*First meetings: the top 4 of 6 reps do 8 a week; the team’s target is 5.*" in said
    assert "1 deal ended in 12 weeks" in said
    assert "no business case 1" in said
    assert "Does it drive the result here?" in said
    assert not any(name in said for name in ("U0N", "N0", "N3"))
    hub = AtHub(running, morgan)
    pressed = await morgan.press(reply, "coach_best:10")
    assert pressed.ok, pressed.detail
    assert hub.title == "Target"
    assert (hub.value("target"), hub.value("indicator")["value"]) == ("8", "First meetings")
    assert await hub.send() == {}
    assert hub.title == "What it changes"
    assert "5 → *8*" in hub.shown
    assert await hub.send() == {}
    after = await morgan.command("/coach", "playbook North")
    assert "Make 8 the target" not in str(after.message.blocks if after.message else "")


async def test_a_small_team_is_told_what_it_takes(running: Running) -> None:
    reply = await running.person(MORGAN).command("/coach", "playbook West")
    assert "Too little data yet: it takes 4 reps" in reply.text


@pytest.mark.parametrize("user", [RILEY, STRANGER])
async def test_it_is_for_those_who_lead_a_team(running: Running, north: int, user: str) -> None:
    reply = await running.person(user).command("/coach", "playbook North")
    assert "First meetings" not in str(reply.message.blocks if reply.message else reply.text)


async def test_a_forged_button_proposes_nothing_to_whoever_may_not(
    running: Running, north: int
) -> None:
    morgan, riley = running.person(MORGAN), running.person(RILEY)
    reply = await morgan.command("/coach", "playbook North")
    fields = {
        "type": "block_actions",
        "team": {"id": running.team.workspace_id},
        "user": {"id": RILEY},
        "trigger_id": "1.2.3",
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "C01WEST"},
        "actions": [
            {
                "action_id": "coach_best:1",
                "block_id": "one:1",
                "type": "button",
                "value": f"{north} 8 week First meetings",
            }
        ],
    }
    assert reply.ok
    answer = await running.signed({"payload": fields})
    assert answer.status == 200
    await running.settled()
    assert riley.modal is None
