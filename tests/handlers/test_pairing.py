"""`/coach pair` and one-click pairings through signed HTTP (issue 5)."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.db.session import Session
from bot.db.tables import audit, deliveries, pairings
from bot.services.requests.callers import Caller
from bot.services.requests.pairing_asked import PairsAsked, pairs_asked
from bot.slack.messages.pairing import pairs
from tests.handlers.conftest import STRANGER, Running
from tests.services.months_of_entries import add_entries, weekly
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, RepRow, a_team

LAST_WEEK = date(2026, 11, 9)
"""The last full week of the tests' Wednesday."""


@pytest.fixture
async def lived(running: Running) -> Running:
    """Riley makes two first meetings a week, Sam seven, Alex six; Kim of East nine."""

    def written(session: Session) -> None:
        west = running.team
        for user, amount in ((RILEY, 2), (SAM, 7), (ALEX, 6)):
            add_entries(session, weekly(west, user, "First meetings", amount, LAST_WEEK, 8))
        east = a_team(
            session.connection, "East", reps=[RepRow("U0KIM", "Kim")], managers=("U0DANA",)
        )
        add_entries(session, weekly(east, "U0KIM", "First meetings", 9, LAST_WEEK, 8))

    await running.bot.transactions.of(WORKSPACE).write(written)
    return running


async def pressed(running: Running, value: str, user: str = MORGAN, action: str = "pair:0") -> None:
    """A button's press, as somebody might make it up."""
    fields = {
        "type": "block_actions",
        "team": {"id": running.team.workspace_id},
        "user": {"id": user},
        "trigger_id": "1.2.3",
        "container": {"type": "message", "message_ts": "1.2", "channel_id": "C01WEST"},
        "actions": [{"action_id": action, "block_id": "pair:0", "type": "button", "value": value}],
    }
    answer = await running.signed({"payload": fields})
    assert answer.status == 200
    await running.settled()


def at(running: Running, learner: str, teacher: str, skill: int = 0) -> str:
    return f"{learner} {teacher} {running.team.indicators['First meetings']} {skill}"


async def test_a_rep_may_be_named_without_a_mention(lived: Running) -> None:
    reply = await lived.person(MORGAN).command("/coach", "pair @riley")
    assert f"<@{RILEY}> could learn First meetings from <@{SAM}>" in reply.text
    reply = await lived.person(MORGAN).command("/coach", "pair sam")
    assert f"Nothing to suggest for <@{SAM}>" in reply.text
    reply = await lived.person(MORGAN).command("/coach", "pair nobody")
    assert "Which team?" in reply.text


async def test_where_there_is_nothing_to_suggest_it_says_why(running: Running) -> None:
    def written(session: Session) -> None:
        a_team(session.connection, "Void", reps=(), managers=("U0VOID",))
        bare = (RepRow("U0BARE", "Bare"),)
        a_team(session.connection, "Bare", reps=bare, managers=("U0VOID",), listed=())

    await running.bot.transactions.of(WORKSPACE).write(written)
    asked = {"Void": "Nobody is in Void yet", "Bare": "Bare counts no behaviours yet"}
    caller = Caller(WORKSPACE, "U0VOID", "k")
    for team, says in asked.items():

        def read(session: Session, team: str = team) -> PairsAsked:
            return pairs_asked(session, caller, None, team, running.clock.now())

        found = await running.bot.transactions.of(WORKSPACE).read(read)
        assert not found.has_gaps
        said = pairs(found.playbook, (), (), None, {}, has_gaps=False)
        assert said.text.startswith(says)
    reply = await running.person(MORGAN).command("/coach", "pair")
    assert "at what fell short, nobody is strong and free to help" in reply.text


async def test_a_manager_pairs_two_people_with_one_click(lived: Running) -> None:
    morgan = lived.person(MORGAN)
    reply = await morgan.command("/coach", f"pair <@{RILEY}>")
    assert reply.message is not None
    said = str(reply.message.blocks)
    assert f"<@{SAM}> did 56 of 40 over 8 weeks" in said
    assert "Pair Riley with Sam" in said
    done = await morgan.press(reply, "pair:0")
    assert done.ok, done.detail
    [row] = await lived.rows(select(pairings))
    assert (row.learner_id, row.teacher_id) == (lived.team.people[RILEY], lived.team.people[SAM])
    assert (row.starts_on, row.ends_on) == (date(2026, 11, 23), date(2026, 12, 6))
    keys = await lived.rows(select(deliveries.c.key).where(deliveries.c.kind == "worksheet"))
    assert {each.key for each in keys} == {f"pairing:{row.id}:{RILEY}", f"pairing:{row.id}:{SAM}"}
    [noted] = await lived.rows(select(audit.c.actor).where(audit.c.action == "pairing.proposed"))
    assert noted.actor == MORGAN


async def test_a_double_click_pairs_once(lived: Running) -> None:
    for _ in range(2):
        await pressed(lived, at(lived, RILEY, SAM))
    assert len(await lived.rows(select(pairings))) == 1
    assert len(await lived.rows(select(deliveries).where(deliveries.c.kind == "worksheet"))) == 2


async def test_another_helper_can_be_chosen_but_not_beside_the_first(lived: Running) -> None:
    await pressed(lived, at(lived, RILEY, ALEX))
    await pressed(lived, at(lived, RILEY, SAM))
    [row] = await lived.rows(select(pairings.c.teacher_id))
    assert row.teacher_id == lived.team.people[ALEX]


@pytest.mark.parametrize("user", [RILEY, STRANGER, "U0DANA"])
async def test_only_those_who_lead_the_learner_pair_or_call_off(lived: Running, user: str) -> None:
    await pressed(lived, at(lived, RILEY, SAM), user)
    assert await lived.rows(select(pairings)) == []
    await pressed(lived, at(lived, RILEY, SAM))
    await pressed(lived, "1", user, "pair_off:1")
    [row] = await lived.rows(select(pairings.c.cancelled_at))
    assert row.cancelled_at is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "x",
        f"{RILEY} {RILEY} 3 0",
        f"{RILEY} {STRANGER} 3 0",
        f"{RILEY} {SAM} 999 0",
        f"{RILEY} {SAM} 1 0",
        f"{RILEY} {SAM} -3 0",
        f"{MORGAN} {SAM} 3 0",
    ],
)
async def test_a_forged_value_pairs_nobody(lived: Running, value: str) -> None:
    await pressed(lived, value)
    assert await lived.rows(select(pairings)) == []


async def test_nobody_helps_three_people(lived: Running) -> None:
    behaviours = lived.team.indicators
    await pressed(lived, at(lived, RILEY, "U0KIM"))
    await pressed(lived, at(lived, SAM, "U0KIM"))
    await pressed(lived, f"{ALEX} U0KIM {behaviours['First meetings']} 0")
    assert len(await lived.rows(select(pairings))) == 2


async def test_a_helper_of_another_team_has_a_manager_who_is_told(lived: Running) -> None:
    await pressed(lived, at(lived, SAM, "U0KIM"))
    rows = await lived.rows(select(deliveries.c.recipient).where(deliveries.c.kind == "worksheet"))
    assert {row.recipient for row in rows} == {SAM, "U0KIM", "U0DANA"}


async def test_a_pairing_that_is_called_off_withdraws_what_nobody_has_read(lived: Running) -> None:
    morgan = lived.person(MORGAN)
    await pressed(lived, at(lived, RILEY, SAM))
    reply = await morgan.command("/coach", "pair")
    assert reply.message is not None
    assert "Call off" in str(reply.message.blocks)
    for _ in range(2):
        await pressed(lived, "1", MORGAN, "pair_off:1")
    rows = await lived.rows(select(deliveries.c.state).where(deliveries.c.kind == "worksheet"))
    assert [row.state for row in rows] == ["dropped", "dropped"]
    again = await morgan.command("/coach", "pair")
    assert again.message is not None
    assert "Call off" not in str(again.message.blocks)
