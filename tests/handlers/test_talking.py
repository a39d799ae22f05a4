"""Plain sentences in a direct message: each recorded and answered once, and in order."""

import asyncio
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.db.tables import entries, handled_requests
from sandbox import Fault, Message, Person
from tests.domain.grammar.test_log_properties import TEXTS
from tests.handlers.conftest import STRANGER, Running
from tests.teams import MORGAN, RILEY, WORKSPACE

ENTRIES = select(entries.c.quantity, entries.c.account, entries.c.local_date, entries.c.id)
STANDING = ENTRIES.where(entries.c.undone_at.is_(None)).order_by(entries.c.id)


async def says(running: Running, person: Person, text: str, **where: Any) -> list[Message]:
    """Writes to the bot; what it has said since, oldest first."""
    said = await person.say(text, **where)
    await running.settled()
    bot = running.slack.team().seed.bot_user_id
    return [m for m in person.direct_messages() if m.user == bot and float(m.ts) > float(said.ts)]


async def standing(running: Running) -> list[tuple[str, str | None, str]]:
    return [(str(q), account, str(day)) for q, account, day, _ in await running.rows(STANDING)]


async def test_a_sentence_is_recorded_and_answered_in_the_conversation(
    running: Running, riley: Person
) -> None:
    [answer] = await says(running, riley, "3 calls and a meeting with Acme yesterday")
    assert "3 × Prospecting calls" in answer.text
    assert "1 × First meetings" in answer.text
    assert answer.thread_ts is None
    assert answer.ephemeral_to is None
    assert await standing(running) == [
        ("3.00", "Acme", "2026-11-17"),
        ("1.00", "Acme", "2026-11-17"),
    ]
    await riley.press(answer, "undo")
    await running.settled()
    assert await standing(running) == []


@pytest.mark.parametrize(
    "text, words",
    [
        ("hi", "Tell me what you did"),
        ("Help!", "Tell me what you did"),
        ("thanks", "Any time"),
        ("yes", "press the button"),
        ("/kudos", "are commands"),
        ("How am I doing?", "First meetings"),
        ("what’s next?", "Next: "),
        ("list", "logged nothing"),
        ("snooze 3 days", "No nudges before"),
        ("undo", "nothing left to take back"),
        ("I have 3 calls tomorrow", "still to come"),
        ("the weather is nice", "Type how much"),
        ("x" * 3000, "3,000 characters"),
    ],
)
async def test_what_asks_for_something_else_gets_it_and_nothing_is_recorded(
    running: Running, riley: Person, text: str, words: str
) -> None:
    await riley.command("/log", "1 meeting")
    await riley.command("/log", "undo")
    [answer] = await says(running, riley, text)
    assert words in answer.text + str(answer.blocks)
    assert await standing(running) == []


async def test_what_is_not_understood_comes_back_corrected_on_a_button(
    running: Running, riley: Person
) -> None:
    [asked] = await says(running, riley, "3 prospecting cals with Acme")
    assert "Did you mean" in asked.text
    assert await standing(running) == []
    await riley.press(asked, "line:0")
    await running.settled()
    assert await standing(running) == [("3.00", "Acme", "2026-11-18")]


async def test_a_question_records_nothing_before_it_is_confirmed(
    running: Running, riley: Person
) -> None:
    [asked] = await says(running, riley, "3 calls?")
    assert await standing(running) == []
    await riley.press(asked, "line:0")
    await running.settled()
    assert len(await standing(running)) == 1


async def test_a_mistyped_pace_line_is_corrected_as_one(running: Running, riley: Person) -> None:
    [asked] = await says(running, riley, "pace snoze 3 days")
    await riley.press(asked, "pace_line:0")
    await running.settled()
    assert "No nudges before" in riley.ephemerals()[-1].text


async def test_words_in_a_thread_are_answered_there(running: Running, riley: Person) -> None:
    before = await riley.say("hello")
    [*_, answer] = await says(running, riley, "3 calls", thread=before.ts)
    assert answer.thread_ts == before.ts


async def test_answers_come_in_the_order_of_the_words(running: Running, riley: Person) -> None:
    written = [riley.say(text) for text in ("1 call", "undo", "2 calls", "undo", "3 calls")]
    tasks = []
    for each in written:  # as Slack tells them: one after the other, none waited for
        tasks.append(asyncio.create_task(each))
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    await running.settled()
    said = [m.text.split("*")[0].split(".")[0] for m in riley.direct_messages() if m.bot_id]
    begun = [text.split()[0] for text in said]
    assert begun == ["Recorded", "Taken", "Recorded", "Taken", "Recorded"]
    assert [quantity for quantity, *_ in await standing(running)] == ["3.00"]


async def told(running: Running, **event: Any) -> None:
    """An event as Slack may send it, whatever has happened."""
    team = running.slack.team()
    channel, ts = team.direct(RILEY).id, event.pop("ts", team.new_ts())
    base = {"type": "message", "channel_type": "im", "channel": channel, "user": RILEY, "ts": ts}
    await running.slack.emit({**base, "text": "3 calls", **event})
    await running.settled()


async def test_what_slack_tells_again_is_neither_recorded_nor_answered_again(
    running: Running, riley: Person
) -> None:
    ts = running.slack.team().new_ts()
    for _ in range(2):
        await told(running, ts=ts, client_msg_id="5f0e-4c")
    await asyncio.gather(*(told(running, ts=ts, client_msg_id="5f0e-4c") for _ in range(4)))
    assert len(await standing(running)) == 1
    assert len(riley.direct_messages()) == 1
    await told(running, ts=ts, client_msg_id="77aa-1d", text="nonsense")
    await told(running, ts=ts, client_msg_id="77aa-1d", text="nonsense")
    assert len(riley.direct_messages()) == 2
    kept = await running.rows(select(handled_requests.c.workspace_id, handled_requests.c.key))
    assert len(kept) == 2
    assert {workspace for workspace, _ in kept} == {WORKSPACE}


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "message_changed", "message": {"text": "3 calls", "user": RILEY}},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "thread_broadcast"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B0OTHER"},
        {"bot_id": "B0BOT", "app_id": "A0SANDBOX", "user": "U0BOT"},
        {"edited": {"user": RILEY, "ts": "1.2"}},
        {"user": "USLACKBOT"},
        {"user": None},
        {"user": {"id": RILEY}},
        {"channel": None},
        {"channel_type": "channel", "channel": "C01WEST"},
        {"text": None},
        {"text": "  "},
        {"text": ["3 calls"]},
        {"ts": None},
        {"ts": "x" * 500},
    ],
    ids=str,
)
async def test_only_a_person_s_own_new_words_are_answered(
    running: Running, riley: Person, event: dict[str, Any]
) -> None:
    await told(running, **event)
    assert riley.direct_messages() == []
    assert await standing(running) == []
    assert await running.rows(select(handled_requests)) == []


async def test_an_edit_and_a_deletion_change_nothing(running: Running, riley: Person) -> None:
    said = await riley.say("3 calls")
    await riley.delete(await riley.change(said, "4 calls"))
    await running.settled()
    assert [quantity for quantity, *_ in await standing(running)] == ["3.00"]
    assert len(riley.direct_messages()) == 1


async def test_words_with_a_file_count_as_words(running: Running, riley: Person) -> None:
    await told(running, subtype="file_share", files=[{"id": "F1"}])
    assert len(await standing(running)) == 1
    assert len(riley.direct_messages()) == 1


async def test_somebody_in_no_team_is_told_so(running: Running) -> None:
    [answer] = await says(running, running.person(STRANGER), "3 calls")
    assert "not in a team yet" in answer.text
    [answer] = await says(running, running.person(MORGAN), "3 calls")
    assert "aren't a rep" in answer.text
    [answer] = await says(running, running.person(MORGAN), "How's the team doing?")
    assert "West" in answer.text
    assert await standing(running) == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault.rate_limited(1),
        Fault.drop_after(),
        Fault.drop_before(),
        Fault.server_error(503, accepted=True),
        Fault.internal_error(),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.accepted}",
)
async def test_an_answer_that_slack_takes_badly_is_there_once(
    running: Running, riley: Person, fault: Fault
) -> None:
    running.clock.instant = running.slack.team().clock.now()  # both have to be of one time here
    running.slack.fail("chat.postMessage", fault)
    [answer] = await says(running, riley, "3 calls")
    assert "Recorded" in answer.text


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=TEXTS, seed=st.integers())
async def test_whatever_is_written_gets_one_answer_that_shows_all_that_was_recorded(
    running: Running, text: str, seed: int
) -> None:
    riley = running.person()
    before = {row.id for row in await running.rows(ENTRIES)}
    answers = await says(running, riley, text)
    new = [row for row in await running.rows(STANDING) if row.id not in before]
    assert len(answers) == (1 if text.strip() else 0)
    if new:
        [answer] = answers
        assert answer.text.startswith("Recorded")
        ids = {e["value"] for b in answer.blocks for e in b.get("elements", ()) if "value" in e}
        assert str(new[0].id) in ",".join(ids).split(",")
