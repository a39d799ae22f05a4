"""Shortcuts that log: begun with what a message says, saved like any form, answered there."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.db.tables import entries
from sandbox import Person
from sandbox.acting.entries import initial_values
from sandbox.screens import View
from tests.domain.grammar.test_log_properties import TEXTS
from tests.handlers.conftest import STRANGER, Running
from tests.teams import RILEY, SAM

STANDING = select(entries.c.quantity, entries.c.account, entries.c.note, entries.c.local_date)
COUNT = select(func.count()).select_from(entries)


def begun(view: View | None) -> dict[str, Any]:
    """What stands in each field of an open form; the behaviour by its name."""
    assert view is not None
    fields = {block: state["value"] for block, state in initial_values(view.blocks).items()}
    chosen = fields["behaviour"]["selected_option"]
    typed = {name: state.get("value") for name, state in fields.items() if name != "behaviour"}
    return typed | {
        "behaviour": chosen and chosen["text"]["text"],
        "day": fields["day"]["selected_date"],
    }


async def test_a_message_begins_the_form_and_the_entry_is_answered_beside_it(
    running: Running, riley: Person
) -> None:
    said = await running.person(SAM).say("Great meeting with Acme Corp, <@U03SAM>!", "C02TALK")
    opened = await riley.message_action(said, "log_this")
    assert begun(opened.modal) == {
        "behaviour": "First meetings",
        "quantity": "1",
        "day": "2026-11-18",
        "account": "Acme Corp",
        "note": "Great meeting with Acme Corp, !",
    }
    sent = await riley.submit()
    assert sent.closed, sent.errors
    await running.settled()
    [(quantity, account, note, day)] = await running.rows(STANDING)
    assert (str(quantity), account, str(day)) == ("1.00", "Acme Corp", "2026-11-18")
    assert note.startswith("Great meeting")
    [shown] = riley.ephemerals()
    assert shown.channel == "C02TALK"
    assert "Recorded" in shown.text
    assert riley.direct_messages() == []


async def test_a_line_that_log_would_take_is_taken_as_it_stands(
    running: Running, riley: Person
) -> None:
    said = await riley.say("1h30 selling time with acme yesterday; new list", "C02TALK")
    opened = await riley.message_action(said, "log_this")
    assert begun(opened.modal) == {
        "behaviour": "Selling time",
        "quantity": "1.5h",
        "day": "2026-11-17",
        "account": "acme",
        "note": "new list",
    }


async def test_the_form_from_nowhere_is_answered_as_a_direct_message(
    running: Running, riley: Person
) -> None:
    await riley.shortcut("log_anything")
    behaviour = str(running.team.indicators["Prospecting calls"])
    values = {"behaviour": {"value": behaviour}, "quantity": {"value": "4"}}
    sent = await riley.submit(values=values)
    assert sent.closed, sent.errors
    await running.settled()
    [answer] = riley.direct_messages()
    assert "4 × Prospecting calls" in answer.text
    await riley.press(answer, "undo")
    await running.settled()
    assert "Taken back" in riley.ephemerals()[-1].text


async def test_a_form_that_is_sent_twice_is_recorded_and_answered_once(
    running: Running, riley: Person
) -> None:
    opened = await riley.shortcut("log_anything")
    form = opened.modal
    assert form is not None
    behaviour = str(running.team.indicators["Prospecting calls"])
    filled = {"behaviour": {"value": behaviour}, "quantity": {"value": "4"}}
    await riley.submit(form, filled)
    running.slack.team().screens.stacks[RILEY] = [form]
    await riley.submit(form, filled)
    await running.settled()
    assert len(await running.rows(STANDING)) == 1
    assert len(riley.direct_messages()) == 1


async def test_somebody_in_no_team_reads_so_where_the_shortcut_was_used(running: Running) -> None:
    stranger = running.person(STRANGER)
    said = await stranger.say("3 calls", "C02TALK")
    opened = await stranger.message_action(said, "log_this")
    await running.settled()
    assert opened.modal is None
    assert "not in a team yet" in stranger.ephemerals()[-1].text
    opened = await stranger.shortcut("log_anything")
    assert opened.modal is not None
    assert "not in a team yet" in str(opened.modal.blocks)
    assert (await running.rows(COUNT))[0][0] == 0


async def test_an_unknown_shortcut_does_nothing(running: Running, riley: Person) -> None:
    assert (await riley.shortcut("of_another_app")).status == 200
    assert riley.modal is None


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.one_of(TEXTS, st.text(min_size=900, max_size=1200)))
async def test_any_message_begins_a_form_and_nothing_is_recorded_before_it_is_sent(
    running: Running, text: str
) -> None:
    riley = running.person()
    said = await riley.say(text, "C02TALK")
    opened = await riley.message_action(said, "log_this")
    assert opened.ok
    assert "note" in begun(opened.modal)
    await riley.close()
    assert (await running.rows(COUNT))[0][0] == 0
