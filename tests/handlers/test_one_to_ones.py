"""`/coach prep` and `/coach notes` through real signed HTTP, and what was agreed."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.tables import audit, commitments, one_to_ones
from bot.services.planning import plan_teams
from jobs.deliver import Deliveries
from jobs.sending import Sender
from jobs.writers import all_writers
from tests.handlers.conftest import Running
from tests.handlers.test_home import home_of, press, shown
from tests.teams import MORGAN, RILEY, WORKSPACE

NOTED = select(func.count()).select_from(one_to_ones)


def said(surface: Any) -> str:
    """Of a message, a modal or a Home, all that it shows."""
    return str(list(surface.blocks)) if surface is not None else ""


async def drain(running: Running) -> None:
    sender = Sender(running.bot, all_writers())
    await Deliveries(running.bot, sender).drain(WORKSPACE, running.clock.now())


async def one(running: Running, query: Any) -> Any:
    [row] = await running.rows(query)
    return row[0]


def filled(**values: Any) -> dict[str, dict[str, Any]]:
    return {field: {"value": value} for field, value in values.items()}


async def notes(running: Running, user: str = MORGAN, about: str = RILEY) -> Any:
    reply = await running.person(user).command("/coach", f"notes <@{about}>")
    await running.settled()
    return reply


async def note(running: Running, user: str = MORGAN, about: str = RILEY, **values: Any) -> None:
    await notes(running, user, about)
    await running.person(user).submit(values=filled(**values))
    await running.settled()


def button(running: Running, message: Any, number: int) -> str:
    found = [b for b in message.blocks if b.get("accessory")]
    return str(found[number]["accessory"]["action_id"])


async def test_the_page_begins_with_the_sentence_that_matters(running: Running) -> None:
    reply = await running.person(MORGAN).command("/coach", f"prep <@{RILEY}>")
    first = reply.body["blocks"][0]["text"]["text"]
    assert first.startswith(f"*<@{RILEY}> logged nothing in the week of Mon 9 Nov:*")
    assert "no one-to-one on record yet" in str(reply.body)
    assert "1. How is it going?" in str(reply.body)


async def test_without_a_name_one_chooses(running: Running) -> None:
    reply = await running.person(MORGAN).command("/coach", "prep")
    assert "With whom?" in reply.text
    assert "Riley" in str(reply.body)


@pytest.mark.parametrize("typed", ["@riley", "Riley", "@Ri"])
async def test_a_name_that_was_typed_and_not_picked_is_understood(
    running: Running, typed: str
) -> None:
    reply = await running.person(MORGAN).command("/coach", f"prep {typed}")
    assert f"<@{RILEY}> logged nothing" in reply.text
    await running.person(MORGAN).command("/coach", f"notes {typed}")
    assert running.person(MORGAN).modal.title == "1:1 with Riley"


async def test_a_name_of_nobody_or_of_several_is_asked_back(running: Running) -> None:
    for typed in ("@nobody", "@"):
        reply = await running.person(MORGAN).command("/coach", f"prep {typed}")
        assert "With whom?" in reply.text


async def test_without_a_name_one_chooses_whose_notes_to_open(running: Running) -> None:
    reply = await running.person(MORGAN).command("/coach", "notes")
    assert reply.message is not None
    await running.person(MORGAN).press(reply.message, "notes", RILEY)
    assert running.person(MORGAN).modal.title == "1:1 with Riley"


async def test_what_is_noted_is_said_told_and_on_the_next_page(running: Running) -> None:
    await note(
        running,
        note="Calls in the morning <!channel>",
        what_1="Send Acme the offer",
        due_1="2026-11-20",
        what_2="Ask legal",
        who_2="manager",
    )
    answer = running.person(MORGAN).ephemerals()[-1].text
    assert f"Noted: your one-to-one with <@{RILEY}> of today. 2 commitments" in answer
    await drain(running)
    told = running.person(RILEY).direct_messages()[-1]
    assert f"<@{MORGAN}> and you agreed on 2 things" in told.text
    assert "Send Acme the offer · due Fri 20 Nov" in said(told)
    assert "morning" not in said(told)
    page = str((await running.person(MORGAN).command("/coach", f"prep <@{RILEY}>")).body)
    assert "since the last one-to-one, today" in page
    assert "Send Acme the offer" in page
    assert "morning" not in page
    await notes(running)
    assert "Calls in the morning &lt;!channel&gt;" in said(running.person(MORGAN).modal)


async def test_a_double_submission_notes_once(running: Running) -> None:
    await notes(running)
    view = running.person(MORGAN).modal
    state = {"values": {"what_1": {"value": {"type": "plain_text_input", "value": "Call"}}}}
    body = {"payload": submission(MORGAN, view.private_metadata, state)}
    answers = [await running.signed(body) for _ in range(2)]
    assert [each.status for each in answers] == [200, 200]
    assert await one(running, NOTED) == 1
    assert await one(running, select(func.count()).select_from(commitments)) == 1


def submission(user: str, metadata: str, state: Any, workspace: str = WORKSPACE) -> dict[str, Any]:
    view = {
        "id": "V0FORGED",
        "type": "modal",
        "callback_id": "notes_form",
        "private_metadata": metadata,
        "state": state,
        "blocks": [{"type": "input", "block_id": "note"}],
    }
    return {
        "type": "view_submission",
        "team": {"id": workspace},
        "user": {"id": user, "team_id": workspace},
        "view": view,
    }


async def test_what_is_wrong_stands_at_its_field(running: Running) -> None:
    await notes(running)
    reply = await running.person(MORGAN).submit(values=filled(held_on="2026-11-19"))
    assert "still to come" in reply.errors["held_on"]
    assert await one(running, NOTED) == 0


async def test_one_more_line_keeps_what_was_typed(running: Running) -> None:
    await notes(running)
    morgan = running.person(MORGAN)
    for _ in range(3):
        await morgan.press(morgan.modal, "notes_row", block_id="more")
    fields = [block["block_id"] for block in morgan.modal.blocks]
    assert "what_5" in fields
    assert "more" not in fields
    await morgan.submit(values=filled(what_5="The fifth"))
    assert await one(running, select(commitments.c.text)) == "The fifth"


async def test_earlier_notes_are_turned_page_by_page(running: Running) -> None:
    for number in range(4):
        await note(running, note=f"note {number}", held_on=f"2026-11-0{number + 1}")
    await notes(running)
    morgan = running.person(MORGAN)
    assert "note 3" in said(morgan.modal)
    assert "note 0" not in said(morgan.modal)
    await morgan.press(morgan.modal, "notes_page:1", block_id="turn:0")
    assert "note 0" in said(morgan.modal)
    read = select(func.count()).where(audit.c.action == "notes.read")
    assert await one(running, read) == 3 + 2


async def test_a_rep_settles_with_one_tap_in_the_message(running: Running) -> None:
    await note(running, what_1="Send Acme the offer")
    await drain(running)
    riley = running.person(RILEY)
    message = riley.direct_messages()[-1]
    await riley.press(message, button(running, message, 0))
    await running.settled()
    assert await one(running, select(commitments.c.done_at)) is not None
    changed = riley.direct_messages()[-1]
    assert "✅" in said(changed)
    assert "Not done" in said(changed)


async def test_pace_and_home_show_a_rep_what_is_open(running: Running) -> None:
    await note(running, what_1="Send Acme the offer", due_1="2026-11-20")
    riley = running.person(RILEY)
    assert "Send Acme the offer" in str((await riley.command("/pace", "")).body)
    await home_of(running, riley)
    assert "Send Acme the offer" in said(shown(riley))
    made = await one(running, select(commitments.c.id))
    await press(running, riley, f"settle:{made}", f"commitment:{made}")
    assert "✅ Done: Send Acme the offer" in said(shown(riley))
    assert "Agreed with your manager" not in said(shown(riley))


async def test_a_manager_settles_on_the_page_which_follows(running: Running) -> None:
    await note(running, what_1="Send Acme the offer")
    morgan = running.person(MORGAN)
    await morgan.command("/coach", f"prep <@{RILEY}>")
    page = morgan.ephemerals()[-1]
    made = await one(running, select(commitments.c.id))
    await morgan.press(page, f"settle:{made}", block_id=f"commitment:{made}")
    await running.settled()
    assert "✅" in said(morgan.ephemerals()[-1])


async def test_the_reminder_of_the_day_is_sent_once(running: Running) -> None:
    await note(running, what_1="Send Acme the offer", due_1="2026-11-19")
    await drain(running)
    running.clock.advance(hours=21, minutes=30)

    def plan(session: Any) -> Any:
        return plan_teams(session, [running.team.playbook(session)], running.clock.now())

    for _ in range(2):
        await running.bot.transactions.of(WORKSPACE).write(plan)
        await drain(running)
    due = [m for m in running.person(RILEY).direct_messages() if "Due today" in m.text]
    assert len(due) == 1
    assert "Done" in said(due[0])


async def test_home_opens_the_page_with_one_tap(running: Running) -> None:
    morgan = running.person(MORGAN)
    await running.person(RILEY).command("/log", "1 call")
    await home_of(running, morgan)
    block, action = next(
        (b["block_id"], e["action_id"])
        for b in shown(morgan).blocks
        for e in (b.get("accessory"), *b.get("elements", ()))
        if e and e.get("action_id", "").startswith("prep")
    )
    await morgan.press(morgan.home, action, str(running.team.people[RILEY]), block_id=block)
    await running.settled()
    assert "What went well" in said(morgan.modal) + said(shown(morgan))
