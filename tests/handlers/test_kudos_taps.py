"""One-tap kudos: at a celebration, whose count follows, and in a manager's digest."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.db.tables import deliveries, kudos, milestones
from bot.domain.ledger.occasions import DeliveryState
from bot.services.digesting import digest_of_last_week
from bot.services.forgetting import forget_person
from bot.slack.client import SlackClient
from bot.slack.messages.digest import digest_message
from jobs.deliver import Deliveries
from jobs.sending import Sender
from jobs.writers import all_writers
from sandbox import Message
from tests.handlers.conftest import STRANGER, Running
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

KEPT = select(func.count()).select_from(kudos)


async def drain(running: Running) -> None:
    sender = Sender(running.bot, all_writers())
    await Deliveries(running.bot, sender).drain(WORKSPACE, running.clock.now())


async def kept(running: Running) -> int:
    return int((await running.rows(KEPT))[0][0])


def celebration(running: Running) -> Message:
    return running.slack.messages("C01WEST")[0]


def labels(message: Message) -> list[str]:
    return [
        element["text"]["text"]
        for block in message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def heard(running: Running, user: str) -> str:
    """What only this person reads in the channel."""
    return " ".join(each.text for each in running.person(user).ephemerals())


@pytest.fixture
async def celebrated(running: Running) -> Running:
    """Riley's target for the quarter is reached, and the channel has heard."""
    await running.person(RILEY).command("/log", "12 new customers")
    await drain(running)
    return running


def button(running: Running, user: str = RILEY) -> str:
    return f"kudos_cheer:{running.team.people[user]}"


async def press(running: Running, user: str) -> None:
    await running.person(user).press(celebration(running), button(running))
    await running.settled()


async def test_a_celebration_offers_kudos_with_one_tap(celebrated: Running) -> None:
    assert labels(celebration(celebrated)) == ["👏 Kudos"]
    celebrated.woken.clear()
    await press(celebrated, SAM)
    assert celebrated.woken == [WORKSPACE]
    assert "counted on the message. 1 of 10 today" in heard(celebrated, SAM)
    await drain(celebrated)
    assert labels(celebration(celebrated)) == ["👏 Kudos 1"]
    assert len(celebrated.slack.messages("C01WEST")) == 1


async def test_a_double_click_counts_once_and_two_people_count_twice(celebrated: Running) -> None:
    await asyncio.gather(*(press(celebrated, user) for user in (SAM, SAM, ALEX, ALEX, MORGAN)))
    assert await kept(celebrated) == 3
    await asyncio.gather(drain(celebrated), drain(celebrated))
    await drain(celebrated)
    assert labels(celebration(celebrated)) == ["👏 Kudos 3"]
    assert "given these kudos already" in heard(celebrated, SAM)


@pytest.mark.parametrize("user, words", [(RILEY, "somebody else"), (STRANGER, "not in a team")])
async def test_neither_oneself_nor_a_stranger(celebrated: Running, user: str, words: str) -> None:
    await press(celebrated, user)
    assert await kept(celebrated) == 0
    assert words in heard(celebrated, user)


async def test_a_tap_can_be_taken_back(celebrated: Running) -> None:
    await press(celebrated, SAM)
    await drain(celebrated)
    await celebrated.person(SAM).command("/kudos", "undo")
    await drain(celebrated)
    assert labels(celebration(celebrated)) == ["👏 Kudos"]


async def test_taps_are_among_the_ten_of_a_day(celebrated: Running) -> None:
    for number in range(10):
        await celebrated.person(SAM).command("/kudos", f"<@{ALEX}> {number}")
    await press(celebrated, SAM)
    assert await kept(celebrated) == 10


@pytest.mark.parametrize(
    "key", ["celebration:nothing", "nudge:U02RILEY:2026-11-18", "", "x" * 300, "kudos:1"]
)
async def test_a_forged_button_gives_nothing(celebrated: Running, key: str) -> None:
    await forged(celebrated, button(celebrated), key, SAM)
    await forged(celebrated, f"kudos_cheer:{celebrated.team.people[ALEX]}", key, SAM)
    assert await kept(celebrated) == 0


async def test_a_celebration_thanks_only_those_whom_it_tells_of(celebrated: Running) -> None:
    key = (await celebrated.rows(select(deliveries.c.key)))[0][0]
    await forged(celebrated, f"kudos_cheer:{celebrated.team.people[ALEX]}", key, SAM)
    assert await kept(celebrated) == 0


async def forged(running: Running, action: str, value: str, user: str) -> None:
    pressed = {"type": "button", "action_id": action, "value": value, "block_id": "thanks"}
    answer = await running.signed({"payload": _payload(running, pressed, user)})
    assert answer.status == 200


def _payload(running: Running, pressed: Any, user: str) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "team": {"id": WORKSPACE},
        "user": {"id": user, "team_id": WORKSPACE},
        "actions": [pressed],
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C01WEST"},
        "trigger_id": "1.1.1",
        "response_url": "",
    }


async def test_kudos_outlive_news_that_is_taken_back(celebrated: Running) -> None:
    await press(celebrated, SAM)
    await celebrated.person(RILEY).command("/log", "undo")
    await drain(celebrated)
    assert celebrated.slack.messages("C01WEST") == []
    revoked = await celebrated.rows(select(milestones.c.revoked_at))
    assert any(row[0] is not None for row in revoked)
    assert await kept(celebrated) == 1


@pytest.mark.parametrize("who", [SAM, RILEY])
async def test_kudos_of_the_erased_are_gone_and_break_nothing(running: Running, who: str) -> None:
    await running.person(SAM).command("/kudos", f"<@{RILEY}> for it")
    now = running.clock.now()
    own = running.bot.transactions.of(WORKSPACE)
    await own.write(lambda session: forget_person(session, WORKSPACE, who, now))
    await drain(running)
    assert running.slack.messages("C01WEST") == []
    assert await kept(running) == 0
    states = {row[0] for row in await running.rows(select(deliveries.c.state))}
    assert DeliveryState.FAILED.value not in states


@pytest.fixture
async def digest(celebrated: Running) -> Message:
    """Next Monday's digest in Morgan's direct messages."""
    celebrated.clock.advance(days=5)
    now = celebrated.clock.now()

    def work(session: Any) -> Any:
        return digest_message(digest_of_last_week(session, celebrated.team.playbook(session), now))

    message = await celebrated.bot.transactions.of(WORKSPACE).read(work)
    client = await celebrated.bot.clients.client_for(WORKSPACE)
    assert isinstance(client, SlackClient)
    await client.post(await client.open_dm(MORGAN), message, "digest:test")
    return celebrated.slack.messages(MORGAN)[-1]


async def test_a_manager_praises_from_the_digest_once(celebrated: Running, digest: Message) -> None:
    assert [each for each in labels(digest) if each.startswith("👏")] == ["👏 Riley"]
    manager = celebrated.person(MORGAN)
    await asyncio.gather(*(manager.press(digest, "kudos_week:0") for _ in range(3)))
    await drain(celebrated)
    post = celebrated.slack.messages("C01WEST")[-1]
    assert post.text.startswith(f"👏 <@{RILEY}> gets kudos from <@{MORGAN}>: ")
    assert "New customers" in post.text
    assert await kept(celebrated) == 1


async def test_nobody_but_the_manager_praises_from_a_digest(celebrated: Running) -> None:
    await forged(celebrated, "kudos_week:0", f"2026-11-16 {RILEY}", SAM)
    assert await kept(celebrated) == 0
    for value in ("", "2026-11-17 U02RILEY", "2026-11-16 <@U1>", "x y"):
        await forged(celebrated, "kudos_week:0", value, MORGAN)
    assert await kept(celebrated) == 0
    await forged(celebrated, "kudos_week:0", f"2026-11-16 {RILEY}", MORGAN)
    assert await kept(celebrated) == 1


async def test_a_digest_counts_who_got_some_and_not_who_gave(celebrated: Running) -> None:
    await press(celebrated, SAM)
    await celebrated.person(ALEX).command("/kudos", f"<@{RILEY}> for it")
    await celebrated.person(ALEX).command("/kudos", f"<@{MORGAN}> for it")
    await celebrated.person(SAM).command("/kudos", f"<@{MORGAN}> for it")
    await celebrated.person(SAM).command("/kudos", "undo")
    later = celebrated.clock.now() + timedelta(days=5)

    def work(session: Any) -> Any:
        return digest_of_last_week(session, celebrated.team.playbook(session), later)

    digest = await celebrated.bot.transactions.of(WORKSPACE).read(work)
    assert [(each.user_id, each.count) for each in digest.kudos] == [(RILEY, 2), (MORGAN, 1)]
    assert f"3 kudos this week: <@{RILEY}> 2, <@{MORGAN}> 1." in digest_message(digest).text


async def test_a_kudos_whose_outcome_is_unknown_is_looked_for(running: Running) -> None:
    """Killed between Slack's answer and our record: another process finds the message."""
    await running.person(SAM).command("/kudos", f"<@{RILEY}> for it")
    await drain(running)
    again = update(deliveries).values(
        state="sending", lease_until=running.clock.now() - timedelta(minutes=1), ts=None
    )
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(again))
    await asyncio.gather(drain(running), drain(running))
    assert len(running.slack.messages("C01WEST")) == 1
    assert (await running.rows(select(deliveries.c.state)))[0][0] == "sent"
