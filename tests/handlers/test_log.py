"""`/log` as a rep meets it, through signed HTTP."""

import json

import pytest
from sqlalchemy import func, select

from bot.db.tables import entries
from sandbox import Person
from tests.handlers.conftest import STRANGER, Running
from tests.teams import MORGAN, RILEY

STANDING = select(func.count()).where(entries.c.undone_at.is_(None))


async def count(running: Running) -> int:
    return int((await running.rows(STANDING))[0][0])


async def test_the_reply_says_what_was_recorded_and_what_it_did(
    running: Running, riley: Person
) -> None:
    reply = await riley.command("/log", "2 first meetings with Acme yesterday; met the CFO")
    assert reply.message is not None
    assert reply.message.ephemeral_to == riley.id
    said = str(reply.message.blocks)
    assert "Recorded *2 × First meetings* for yesterday with Acme" in said
    assert "met the CFO" in said
    assert "2 of 5 meetings this week" in said
    assert "▓▓▓▓░░░░░░" in said
    assert "on pace" in said
    assert not [call for call in running.slack.journal if call.to == "slack"]


async def test_several_entries_are_one_reply_and_one_undo(running: Running, riley: Person) -> None:
    reply = await riley.command("/log", "3 calls, 1 opportunity, 2 meetings tue")
    assert "for yesterday" in reply.text  # it is a Wednesday
    assert await count(running) == 3
    await riley.press(reply, "undo")
    await running.settled()
    assert await count(running) == 0


async def test_an_undo_button_takes_the_place_of_the_reply(running: Running, riley: Person) -> None:
    reply = await riley.command("/log", "5 calls")
    pressed = await riley.press(reply, "undo")
    await pressed.answered()
    assert "Taken back" in riley.ephemerals()[-1].text
    assert len(riley.ephemerals()) == 1


async def test_undo_takes_back_the_last_entry_then_the_one_before(
    running: Running, riley: Person
) -> None:
    await riley.command("/log", "5 calls")
    running.clock.advance(minutes=1)
    await riley.command("/log", "2 meetings")
    assert "First meetings" in (await riley.command("/log", "undo")).text
    assert "Prospecting calls" in (await riley.command("/log", "undo")).text
    assert "nothing left" in (await riley.command("/log", "undo")).text
    assert await count(running) == 0


async def test_a_deal_counts_for_both_results_and_is_said_once(
    running: Running, riley: Person
) -> None:
    reply = await riley.command("/log", "won 4200 with Acme")
    said = str(reply.message.blocks if reply.message else "")
    assert "Won GBP 4,200 (1 × New customers, GBP 4,200 of Revenue)" in said
    assert await count(running) == 2
    lost = await riley.command("/log", "lost with Globex because of no business case")
    assert "Lost" in lost.text
    assert "no business case" in str(lost.message.blocks if lost.message else "")


async def test_cents_have_two_digits_and_an_account_its_own_full_stop(riley: Person) -> None:
    reply = await riley.command("/log", "won 4200.5 with Acme, Inc.")
    told = "Recorded Won GBP 4,200.50 (1 × New customers, GBP 4,200.50 of Revenue) for today"
    assert f"{told} with Acme, Inc. " in reply.text
    assert "4,200.50 of GBP 50,000" in reply.text


async def test_what_is_not_understood_offers_the_corrected_line_as_a_button(
    running: Running, riley: Person
) -> None:
    await riley.command("/log", "1 call")
    reply = await riley.command("/log", "5 prospectign cals")
    assert await count(running) == 1
    pressed = await riley.press(reply, "line:0")
    await pressed.answered()
    assert await count(running) == 2
    assert "5 × Prospecting calls" in riley.ephemerals()[-1].text


async def test_a_newcomer_who_types_nonsense_is_told_in_one_sentence_what_to_type(
    running: Running, riley: Person
) -> None:
    reply = await riley.command("/log", "qwertz")
    assert reply.text == (
        "Type how much of what you did, like `/log 2 First meetings`, and I'll count it."
    )


@pytest.mark.parametrize(
    "line, reason",
    [
        ("5 calls tomorrow", "still to come"),
        ("-5 calls", "above 0"),
        ("5 calls 60 days ago", "more than 31 days ago"),
        ("5 calls yesterday, 2 meetings today", "One day a line"),
    ],
)
async def test_a_first_line_that_was_understood_is_refused_with_its_reason(
    running: Running, riley: Person, line: str, reason: str
) -> None:
    assert reason in (await riley.command("/log", line)).text
    assert await count(running) == 0


async def test_a_request_that_comes_twice_is_recorded_once(running: Running, riley: Person) -> None:
    await riley.command("/log", "5 calls")
    body = running.slack.calls("/log")[0].body
    again = await running.signed(body)
    assert "Recorded 5 × Prospecting calls for today" in json.loads(again.text)["text"]
    assert await count(running) == 1


async def test_a_list_shows_recent_entries_each_with_undo_and_edit(
    running: Running, riley: Person
) -> None:
    await riley.command("/log", "5 calls with Acme")
    await riley.command("/log", "won 4200")
    reply = await riley.command("/log", "list")
    assert "5 × Prospecting calls" in reply.text
    assert "won" in reply.text
    assert reply.message is not None
    blocks = [block["block_id"] for block in reply.message.blocks if block["type"] == "actions"]
    assert len(blocks) == 2
    await (await riley.press(reply, "undo", block_id=blocks[0])).answered()
    assert await count(running) == 1
    assert "Your recent entries" in str(riley.ephemerals()[-1].blocks)


async def test_help_shows_the_teams_own_behaviours_and_differs_for_a_manager(
    running: Running, riley: Person
) -> None:
    for_rep = str((await riley.command("/log", "help")).body)
    assert "/log 5 First meetings" in for_rep
    for_manager = str((await running.person(MORGAN).command("/log", "help")).body)
    assert "/pace team" in for_manager
    assert "/pace team" not in for_rep
    assert (await running.person(STRANGER).command("/log", "help")).ok


async def test_good_news_wakes_the_engine_after_the_commit(running: Running, riley: Person) -> None:
    await riley.command("/log", "5 calls")
    assert running.woken == [running.team.workspace_id]
    await riley.command("/log", "list")
    assert len(running.woken) == 1


async def test_one_id_of_slacks_with_other_words_is_another_request(running: Running) -> None:
    asked = {
        "team_id": "T01TEST",
        "user_id": RILEY,
        "command": "/log",
        "trigger_id": "1.2.3",
        "text": "5 calls",
    }
    for fields in (asked, asked, asked | {"text": "6 calls"}):
        assert (await running.signed(fields)).status == 200
    assert await count(running) == 2
