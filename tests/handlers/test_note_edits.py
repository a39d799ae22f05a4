"""A one-to-one that has been written down is changed by whoever wrote it (issue 5, item 8)."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.tables import audit, commitments, one_to_ones
from tests.handlers.conftest import Running
from tests.handlers.hub.conftest import make_admin
from tests.handlers.test_one_to_ones import filled, note, notes, one, said
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE

SECRET = "needs more <confidence>"


async def change(running: Running, **values: Any) -> Any:
    """Presses *Change* at the newest note, and sends the form with these values."""
    morgan = running.person(MORGAN)
    await morgan.press(morgan.modal, "notes_edit:1")
    assert morgan.modal.title == "Change a note"
    reply = await morgan.submit(values=filled(**values))
    await running.settled()
    return reply


async def test_the_author_changes_day_and_note_and_what_was_agreed_stays(running: Running) -> None:
    await note(running, note=SECRET, what_1="Call Acme")
    await notes(running)
    morgan = running.person(MORGAN)
    await change(running, note="Has got it", held_on="2026-11-16")
    [row] = await running.rows(select(one_to_ones))
    assert (row.note, str(row.held_on)) == ("Has got it", "2026-11-16")
    assert morgan.modal.title == "1:1 with Riley"
    assert "Has got it" in said(morgan.modal)
    assert "confidence" not in said(morgan.modal)
    assert await one(running, select(commitments.c.text)) == "Call Acme"
    [row] = await running.rows(select(audit).where(audit.c.action == "notes.edited"))
    assert (row.actor, row.subject) == (MORGAN, RILEY)
    assert "got" not in str(row)


async def test_a_day_to_come_is_refused_at_its_field(running: Running) -> None:
    await note(running, note=SECRET)
    await notes(running)
    reply = await change(running, held_on="2026-11-19")
    assert "still to come" in reply.errors["held_on"]


async def test_what_was_changed_in_between_is_not_overwritten(running: Running) -> None:
    await note(running, note=SECRET)
    await notes(running)
    morgan = running.person(MORGAN)
    await morgan.press(morgan.modal, "notes_edit:1")
    seen = morgan.modal.private_metadata
    await morgan.submit(values=filled(note="First"))
    reply = await forged(running, MORGAN, seen, "Second")
    assert "changed this note elsewhere" in str(reply)
    assert await one(running, select(one_to_ones.c.note)) == "First"


@pytest.mark.parametrize("who", [RILEY, SAM, ALEX])
async def test_nobody_else_changes_it_not_even_an_admin(running: Running, who: str) -> None:
    await make_admin(running, ALEX)
    await note(running, note=SECRET)
    await notes(running)
    morgan = running.person(MORGAN)
    await morgan.press(morgan.modal, "notes_edit:1")
    assert await forged(running, who, morgan.modal.private_metadata, "Forged")
    assert await one(running, select(one_to_ones.c.note)) == SECRET


async def test_an_admin_reads_it_without_the_button(running: Running) -> None:
    await make_admin(running, ALEX)
    await note(running, note=SECRET)
    await notes(running, ALEX)
    assert "confidence" in said(running.person(ALEX).modal)
    assert "notes_edit" not in said(running.person(ALEX).modal)


async def forged(running: Running, user: str, metadata: str, typed: str) -> Any:
    """Sends such a form as somebody; the errors that it is answered with."""
    value = {"type": "plain_text_input", "value": typed}
    held = {"type": "datepicker", "selected_date": "2026-11-18"}
    view = {
        "id": "V0FORGED",
        "type": "modal",
        "callback_id": "notes_edit_form",
        "private_metadata": metadata,
        "state": {"values": {"note": {"value": value}, "held_on": {"value": held}}},
        "blocks": [{"type": "input", "block_id": "note"}],
    }
    who = {"id": user, "team_id": WORKSPACE}
    body = {"type": "view_submission", "team": {"id": WORKSPACE}, "user": who, "view": view}
    answer = await running.signed({"payload": body})
    await running.settled()
    return json.loads(answer.text)["errors"] if answer.text else None
