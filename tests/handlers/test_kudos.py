"""`/kudos` and its buttons, through signed HTTP: told once, counted right, refused kindly."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select, update

from bot.db.tables import deliveries, kudos, people, teams
from bot.domain.ledger.occasions import OccasionKind
from jobs.deliver import Deliveries
from jobs.sending import Sender
from jobs.writers import all_writers
from sandbox import Message
from tests.handlers.conftest import NOON, STRANGER, Running
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

KEPT = select(func.count()).select_from(kudos)
PLANNED = select(deliveries.c.key).where(deliveries.c.kind == OccasionKind.KUDOS.value)


async def drain(running: Running) -> None:
    sender = Sender(running.bot, all_writers())
    await Deliveries(running.bot, sender).drain(WORKSPACE, running.clock.now())


async def change(running: Running, statement: Any) -> None:
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(statement))
    renew = update(teams).values(revision=f"r{id(statement)}")
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(renew))


def posts(running: Running, channel: str = "C01WEST") -> list[Message]:
    return running.slack.messages(channel)


async def said(running: Running, text: str, user: str = SAM) -> str:
    reply = await running.person(user).command("/kudos", text)
    return str(reply.body)


async def test_kudos_are_posted_in_the_receivers_channel(running: Running) -> None:
    answer = await said(running, f"<@{RILEY}|riley> for the Acme turnaround")
    assert "posted in <#C01WEST>. 1 of 10 today" in answer
    assert running.woken == [WORKSPACE]
    await drain(running)
    [post] = posts(running)
    assert post.text == f"👏 <@{RILEY}> gets kudos from <@{SAM}>: the Acme turnaround"
    assert [each["type"] for each in post.blocks] == ["rich_text"]


async def test_without_a_reason_they_are_kudos_all_the_same(running: Running) -> None:
    await said(running, f"<@{RILEY}>")
    await drain(running)
    assert posts(running)[0].text == f"👏 <@{RILEY}> gets kudos from <@{SAM}>"


async def test_nothing_that_is_typed_is_live(running: Running) -> None:
    await said(running, f"<@{RILEY}> for <!channel> *bold* <https://x.test|x> <@{ALEX}> &lt;")
    await drain(running)
    [post] = posts(running)
    [section] = post.blocks[0]["elements"]
    users = [each["user_id"] for each in section["elements"] if each["type"] == "user"]
    assert users == [RILEY, SAM]
    assert {each["type"] for each in section["elements"]} == {"text", "user"}
    assert "<!channel>" not in post.text
    assert f"<@{ALEX}>" not in post.text


async def test_a_repeated_request_is_told_once(running: Running) -> None:
    fields = {
        "command": "/kudos",
        "text": f"<@{RILEY}> for it",
        "team_id": WORKSPACE,
        "user_id": SAM,
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.test/x",
    }
    answers = await asyncio.gather(*(running.signed(fields) for _ in range(4)))
    assert {answer.status for answer in answers} == {200}
    assert all("1 of 10" in answer.text for answer in answers)
    await asyncio.gather(*(drain(running) for _ in range(3)))
    assert len(posts(running)) == 1


async def test_ten_a_day_even_when_all_come_at_once(running: Running) -> None:
    answers = await asyncio.gather(*(said(running, f"<@{RILEY}> {n}") for n in range(14)))
    assert (await running.rows(KEPT))[0][0] == 10
    assert sum("Tomorrow there are more" in answer for answer in answers) == 4
    running.clock.advance(days=1)
    assert "1 of 10" in await said(running, f"<@{RILEY}> again")


async def test_the_day_is_the_givers_own(running: Running) -> None:
    running.clock.instant = NOON.replace(hour=19)  # already Thursday in Kolkata
    for number in range(10):
        await said(running, f"<@{RILEY}> {number}", ALEX)
    running.clock.instant = NOON.replace(day=19, hour=1)  # still the same Thursday there
    assert "Tomorrow" in await said(running, f"<@{RILEY}> x", ALEX)
    assert "1 of 10" in await said(running, f"<@{RILEY}> x", SAM)


@pytest.mark.parametrize(
    "user, text, words",
    [
        (SAM, f"<@{SAM}> for me", "somebody else has to thank you"),
        (SAM, f"<@{STRANGER}> for it", "none of the teams here yet"),
        (STRANGER, f"<@{RILEY}> for it", "not in a team yet"),
        (SAM, "riley for it", "Pick the person"),
        (SAM, f"<@{RILEY}|r> and <@{ALEX}|a> for it", "One person at a time"),
        (SAM, f"<@{RILEY}> {'x' * 501}", "keep it to 500"),
        (SAM, "undo", "no kudos of yours"),
    ],
)
async def test_what_cannot_be_is_refused_kindly(
    running: Running, user: str, text: str, words: str
) -> None:
    assert words in await said(running, text, user)
    assert (await running.rows(KEPT))[0][0] == 0
    assert running.woken == []


async def test_a_manager_can_be_thanked_in_the_teams_channel(running: Running) -> None:
    assert "<#C01WEST>" in await said(running, f"<@{MORGAN}> for the help")


async def test_who_celebrates_alone_reads_it_alone(running: Running) -> None:
    await change(
        running, update(people).where(people.c.user_id == RILEY).values(celebrate_alone=True)
    )
    assert "in a direct message" in await said(running, f"<@{RILEY}> for it")
    await drain(running)
    assert posts(running) == []
    assert posts(running, RILEY)[0].text == f"👏 Kudos for you from <@{SAM}>: it"


async def test_a_team_without_a_channel_tells_the_receiver(running: Running) -> None:
    await change(running, update(teams).values(channel=None))
    await said(running, f"<@{RILEY}> for it")
    await drain(running)
    assert len(posts(running, RILEY)) == 1


async def test_undo_takes_what_waits_and_what_is_posted_back(running: Running) -> None:
    await said(running, f"<@{RILEY}> for it")
    assert "taken back" in await said(running, "undo")
    await drain(running)
    assert posts(running) == []
    await said(running, f"<@{RILEY}> for that")
    await drain(running)
    assert len(posts(running)) == 1
    await said(running, "undo")
    await drain(running)
    assert posts(running) == []
    await said(running, f"<@{RILEY}> for good")
    running.clock.advance(minutes=16)
    assert "no kudos of yours" in await said(running, "undo")


async def test_help_has_the_teams_own_words(running: Running) -> None:
    assert "5 First meetings" in await said(running, "help", RILEY)
    assert "digest" in await said(running, "help", MORGAN)
