"""Buttons of nudges and other messages: each does what it says, once, for whoever may."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import select

from bot.db.tables import deliveries, entries, people
from bot.domain.nudging.nudges import NudgeFacts, gaps
from bot.services.membership import member, rep_standing
from bot.services.scorecards import progress
from bot.slack.client import SlackClient
from bot.slack.messages.nudge import nudge
from bot.wiring import Session
from sandbox import Message, Person
from tests.handlers.conftest import NOON, STRANGER, Running
from tests.teams import RILEY, SAM, WORKSPACE

QUANTITIES = select(entries.c.person_id, entries.c.quantity).where(entries.c.undone_at.is_(None))


def facts(session: Session) -> NudgeFacts:
    who = member(session, rep_standing(session, "T01TEST", RILEY))
    scored = progress(session, who.playbook, (who.rep,), who.playbook.behaviours, NOON)
    return NudgeFacts(RILEY, date(2026, 11, 18), gaps(scored.values()), "09:00", "West")


@pytest.fixture
async def nudged(running: Running, riley: Person) -> Message:
    """The nudge of a rep who has done nothing, in the rep's direct messages."""
    message = nudge(await running.bot.transactions.of(WORKSPACE).read(facts))
    client = await running.bot.clients.client_for("T01TEST")
    assert isinstance(client, SlackClient)
    await client.post(await client.open_dm(RILEY), message, "nudge:test")
    return riley.direct_messages()[-1]


def button(running: Running, action: str, behaviour: str = "Prospecting calls") -> str:
    return f"{action}:{running.team.indicators[behaviour]}"


async def test_one_tap_logs_exactly_what_it_shows_and_leaves_the_rest_of_the_nudge(
    running: Running, riley: Person, nudged: Message
) -> None:
    await riley.press(nudged, button(running, "log"))
    await running.settled()
    assert [str(q) for _, q in await running.rows(QUANTITIES)] == ["34.00"]
    said = str(riley.direct_messages()[-1].blocks)
    assert "Recorded *34 × Prospecting calls*" in said
    assert button(running, "log", "First meetings") in said
    assert button(running, "log") not in said


async def test_a_double_click_counts_once(running: Running, riley: Person, nudged: Message) -> None:
    pressed = button(running, "log")
    await asyncio.gather(*(riley.press(nudged, pressed) for _ in range(3)))
    await running.settled()
    assert len(await running.rows(QUANTITIES)) == 1
    assert sum("has logged its amount already" in m.text for m in riley.ephemerals()) == 2


async def test_what_a_nudge_logged_can_be_undone_there(
    running: Running, riley: Person, nudged: Message
) -> None:
    await riley.press(nudged, button(running, "log"))
    await running.settled()
    await riley.press(riley.direct_messages()[-1], "undo")
    await running.settled()
    assert await running.rows(QUANTITIES) == []


async def test_when_will_you_do_it_plans_a_reminder(
    running: Running, riley: Person, nudged: Message
) -> None:
    await riley.press(nudged, button(running, "plan"), "15:00")
    await running.settled()
    assert "at 15:00 I'll remind you" in riley.ephemerals()[-1].text
    assert len(await running.rows(select(deliveries.c.key))) == 1
    await riley.press(nudged, button(running, "plan"), "08:00")
    await running.settled()
    assert "has passed" in riley.ephemerals()[-1].text


async def test_why_explains_in_one_message_that_only_the_presser_sees(
    running: Running, riley: Person, nudged: Message
) -> None:
    await riley.press(nudged, "why")
    await running.settled()
    [said] = riley.ephemerals()
    assert "at most one nudge a workday, at 09:00 your time" in said.text
    assert "Prospecting calls: 0 of 100 calls this week" in said.text


async def test_snooze_from_the_nudge(running: Running, riley: Person, nudged: Message) -> None:
    await riley.press(nudged, "snooze", "3 days")
    await running.settled()
    assert "No nudges before Sat 21 Nov" in riley.ephemerals()[-1].text
    query = select(people.c.snoozed_until).where(people.c.user_id == RILEY)
    assert (await running.rows(query))[0][0] is not None


@pytest.mark.parametrize("value", ["0", "-1", "1e9", "NaN", "", "x", "9" * 300])
async def test_a_value_that_we_never_sent_records_nothing(
    running: Running, riley: Person, nudged: Message, value: str
) -> None:
    await riley.press(nudged, "why")
    body = dict(running.slack.calls("block_actions")[0].body)
    forged = {"type": "button", "action_id": button(running, "log"), "value": value}
    answer = await running.signed({"payload": body | {"actions": [forged]}})
    await running.settled()
    assert answer.status == 200
    assert await running.rows(QUANTITIES) == []


@pytest.mark.parametrize("user_id", [SAM, STRANGER])
@pytest.mark.parametrize("action", ["log:999", "undo", "edit", "cancel_away", "pick_team:1", "no"])
async def test_what_belongs_to_nobody_or_to_others_is_refused_kindly(
    running: Running, riley: Person, nudged: Message, user_id: str, action: str
) -> None:
    await riley.press(nudged, "why")
    body = dict(running.slack.calls("block_actions")[0].body)
    forged = {"type": "button", "action_id": action, "value": "1"}
    who = {"id": user_id, "team_id": "T01TEST"}
    answer = await running.signed({"payload": body | {"actions": [forged], "user": who}})
    await running.settled()
    assert answer.status == 200
    assert "Something went wrong" not in str(riley.ephemerals())
    assert await running.rows(QUANTITIES) == []
