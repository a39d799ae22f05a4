"""One's own data: a copy as files in the direct messages, and erasing it."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.tables import audit, entries, memberships, people
from sandbox import Fault, Person
from tests.handlers.conftest import Running
from tests.handlers.test_home import home_of, press, said, shown
from tests.handlers.test_one_to_ones import note
from tests.handlers.test_own_settings import filled
from tests.teams import MORGAN, RILEY, SAM, WORKSPACE


@pytest.fixture
async def riley(running: Running) -> Person:
    """Riley, with an entry that a spreadsheet would run, Home open, looking at the data."""
    person: Person = running.person()
    await running.person(SAM).command("/log", "4 calls")
    await person.command("/log", "2 meetings with =HYPERLINK(1); met")
    await home_of(running, person)
    await press(running, person, "my_data", "mine")
    return person


async def pressed(running: Running, person: Person, action: str) -> None:
    assert person.modal is not None
    await person.press(person.modal, action)
    await running.settled()


async def test_what_is_kept_is_said_before_anything_is_done(
    running: Running, riley: Person
) -> None:
    text = said(riley.modal)
    assert "1 entry, with its account and note" in text
    assert "*Erasing* can't be undone" in text


async def test_a_copy_comes_as_guarded_files_in_the_direct_messages(
    running: Running, riley: Person
) -> None:
    await pressed(running, riley, "export_mine")
    assert "on their way" in said(riley.modal)
    files = {file.name: file.text() for file in running.slack.files()}
    assert set(files) == {"activities.csv", "results.csv", "milestones.csv"}
    assert "'=HYPERLINK(1)" in files["activities.csv"]
    assert "First meetings" in files["activities.csv"]
    assert SAM not in "".join(files.values())
    assert "first_entry" in files["milestones.csv"]
    assert "what I keep of you" in riley.direct_messages()[-1].text


async def test_the_copy_has_what_was_agreed_given_and_planned_and_no_note(
    running: Running, riley: Person
) -> None:
    await note(running, note="needs confidence", what_1="Call =Acme", due_1="2026-11-20")
    await running.person(SAM).command("/kudos", f"<@{RILEY}> for the demo")
    for text in ("plan 14:00 calls", "away 12-16 dec"):
        await riley.command("/pace", text)
    await home_of(running, riley)
    await press(running, riley, "my_data", "mine")
    for kept in ("1 kudos", "1 one-to-one", "1 commitment", "1 stretch of time off"):
        assert kept in said(riley.modal)
    await pressed(running, riley, "export_mine")
    files = {file.name: file.text() for file in running.slack.files()}
    assert f"{RILEY},{RILEY},Call =Acme,2026-11-20" in files["commitments.csv"]
    assert f"2026-11-18,{RILEY},{MORGAN}" in files["one_to_ones.csv"]
    assert f"{SAM},{RILEY},the demo" in files["kudos.csv"]
    assert "2026-12-12,2026-12-16" in files["time_off.csv"]
    assert "Prospecting calls,planned" in files["plans.csv"]
    assert "confidence" not in "".join(files.values())


async def test_a_double_click_sends_one_copy(running: Running, riley: Person) -> None:
    sent = riley.modal
    assert sent is not None
    running.slack.fail("files.getUploadURLExternal", Fault.slow(0.2))
    await riley.press(sent, "export_mine")
    body = dict(running.slack.calls("block_actions")[-1].body)
    await running.signed({"payload": body})
    await running.settled()
    assert len(running.slack.files()) == 3


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"]
)
async def test_what_goes_wrong_on_the_way_is_told(
    running: Running, riley: Person, method: str
) -> None:
    running.slack.fail(method, Fault.server_error(500))
    await pressed(running, riley, "export_mine")
    assert "couldn't hand over your files" in riley.direct_messages()[-1].text
    assert "Slack has" not in riley.direct_messages()[-1].text


async def test_a_permission_that_is_missing_is_told_kindly(running: Running, riley: Person) -> None:
    running.slack.fail("files.getUploadURLExternal", Fault.error("missing_scope"))
    await pressed(running, riley, "export_mine")
    said_last = riley.direct_messages()[-1].text
    assert "`files:write`" in said_last
    assert "install Pacesetter again" in said_last


async def test_erasing_is_explained_and_needs_the_word(running: Running, riley: Person) -> None:
    await pressed(running, riley, "erase_mine")
    text = said(riley.modal)
    assert "You leave *West*. What it had in all stays where four or more" in text
    assert "1 entry" in text
    reply = await riley.submit(values=filled(word="yes"))
    assert "Nothing was erased" in reply.body["errors"]["word"]
    assert await _known(running, RILEY)


async def test_erasing_erases_says_what_and_leaves_others_alone(
    running: Running, riley: Person
) -> None:
    await pressed(running, riley, "erase_mine")
    await riley.submit(values=filled(word=" erase "))
    await running.settled()
    assert "Erased: your name and settings, and 1 entry" in said(riley.modal)
    assert not await _known(running, RILEY)
    assert await running.rows(select(func.count()).select_from(entries)) == [(1,)]
    assert "You're in no team yet" in said(shown(riley))
    [row] = await running.rows(select(audit.c.actor, audit.c.subject, audit.c.detail))
    assert tuple(row) == (RILEY, None, {})


async def test_a_second_submission_and_a_form_of_before_erase_nothing(
    running: Running, riley: Person
) -> None:
    await pressed(running, riley, "erase_mine")
    await riley.submit(values=filled(word="ERASE"))
    await running.settled()
    sent = dict(running.slack.calls("view_submission")[-1].body)
    again = await running.signed({"payload": sent})
    assert "I keep nothing about you" in again.text
    await running.bot.transactions.of(WORKSPACE).write(lambda s: _back(s, running))
    assert "out of date" in (await running.signed({"payload": sent})).text
    assert await _known(running, RILEY)


async def test_nobody_erases_anybody_else(running: Running, riley: Person) -> None:
    await pressed(running, riley, "erase_mine")
    await riley.submit(values=filled(word="no"))
    sent = dict(running.slack.calls("view_submission")[-1].body)
    view = sent["view"]
    view["state"]["values"]["word"]["value"]["value"] = "ERASE"
    forged = sent | {"view": view, "user": {"id": SAM, "team_id": "T01TEST"}}
    assert "out of date" in (await running.signed({"payload": forged})).text
    assert await _known(running, RILEY)
    assert await _known(running, SAM)


async def test_a_manager_is_told_which_teams_will_be_without_one(running: Running) -> None:
    morgan = running.person(MORGAN)
    await home_of(running, morgan)
    await press(running, morgan, "my_data", "coach")
    await pressed(running, morgan, "erase_mine")
    assert "*West* will be without you as a manager" in said(morgan.modal)


def _back(session: Any, running: Running) -> None:
    values = {"workspace_id": "T01TEST", "user_id": RILEY, "created_at": running.clock.now()}
    session.connection.execute(people.insert().values(id=999, **values))


async def _known(running: Running, user_id: str) -> bool:
    query = select(people.c.id).join(memberships, isouter=True)
    return bool(await running.rows(query.where(people.c.user_id == user_id)))
