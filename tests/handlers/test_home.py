"""The Home tab: what it shows to whom, and what is pressed there."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.tables import entries, people
from sandbox import Fault, Person
from sandbox.screens import View
from tests.handlers.conftest import NOON, STRANGER, Running
from tests.teams import ALEX, MORGAN, RILEY

QUANTITIES = select(entries.c.quantity).where(entries.c.undone_at.is_(None))


async def home_of(running: Running, person: Person) -> View:
    """The person's Home, opened."""
    await person.open_home()
    await running.settled()
    return shown(person)


def shown(person: Person) -> View:
    home = person.home
    assert isinstance(home, View)
    return home


def block(view: View, block_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(b for b in view.blocks if b["block_id"] == block_id)
    return found


def said(view: View | None) -> str:
    assert view is not None
    return str(view.blocks)


def tap(running: Running, behaviour: str = "First meetings") -> tuple[str, str]:
    """The action and the block of a behaviour's one tap."""
    number = running.team.indicators[behaviour]
    return f"home_log:{number}", f"behaviour:{number}"


async def press(running: Running, person: Person, action: str, block_id: str) -> None:
    await person.press(shown(person), action, block_id=block_id)
    await running.settled()


async def test_a_rep_sees_the_day_behaviours_results_and_what_the_manager_sees(
    running: Running, riley: Person
) -> None:
    view = await home_of(running, riley)
    text = said(view)
    assert "Next: *1 × Territory plan* today." in text
    assert block(view, "today")["text"]["text"] == "Wednesday 18 November"
    assert "tomorrow at 09:00, if something is behind then" in text
    assert f"<@{MORGAN}> sees the behaviours and results above" in text
    for name in ("First meetings", "Selling time", "New customers", "Revenue"):
        assert f"*{name}*" in text or name in text
    assert block(view, "week:chart")["type"] == "data_visualization"
    assert "So far 0%" in text


async def test_one_tap_logs_shows_it_at_the_top_and_can_be_taken_back_there(
    running: Running, riley: Person
) -> None:
    await home_of(running, riley)
    await press(running, riley, *tap(running))
    assert [str(q) for (q,) in await running.rows(QUANTITIES)] == ["1.00"]
    assert "Recorded *1 × First meetings* for today." in said(shown(riley))
    assert "1 of 5 meetings" in said(shown(riley))
    await press(running, riley, "undo", "told/recorded")
    assert await running.rows(QUANTITIES) == []
    assert "Taken back" in said(shown(riley))
    assert riley.ephemerals() == []
    assert riley.direct_messages() == []


async def test_a_double_tap_counts_once_and_a_tap_after_home_was_drawn_again_counts(
    running: Running, riley: Person
) -> None:
    view = await home_of(running, riley)
    action, block_id = tap(running)
    await asyncio.gather(*(riley.press(view, action, block_id=block_id) for _ in range(3)))
    await running.settled()
    assert len(await running.rows(QUANTITIES)) == 1
    await press(running, riley, action, block_id)
    assert len(await running.rows(QUANTITIES)) == 2


async def test_what_was_said_at_the_top_goes_with_the_next_change(
    running: Running, riley: Person
) -> None:
    await home_of(running, riley)
    await press(running, riley, *tap(running))
    await riley.command("/log", "2 calls")
    await running.settled()
    assert "Recorded" not in said(shown(riley))
    assert "2 of 20 today" in said(shown(riley))


async def test_the_form_opens_from_home_and_its_answer_is_shown_there(
    running: Running, riley: Person
) -> None:
    await home_of(running, riley)
    await press(running, riley, "home_form", "do")
    number = str(running.team.indicators["First meetings"])
    await riley.submit(values={"behaviour": {"value": number}, "quantity": {"value": "3"}})
    await running.settled()
    assert "Recorded *3 × First meetings*" in said(shown(riley))


async def test_recent_entries_open_in_a_modal_and_what_is_undone_leaves_it(
    running: Running, riley: Person
) -> None:
    await riley.command("/log", "2 meetings")
    await home_of(running, riley)
    await press(running, riley, "home_list", "do")
    modal = riley.modal
    assert modal is not None
    assert "2 × First meetings" in said(modal)
    await riley.press(modal, "undo")
    await running.settled()
    assert riley.modal is not None
    assert "nothing in the last weeks" in said(riley.modal)
    assert "0 of 5 meetings" in said(shown(riley))


async def test_a_refusal_is_said_at_the_top(running: Running, riley: Person) -> None:
    view = await home_of(running, riley)
    picker = f"plan:{running.team.indicators['Territory plan']}"
    await riley.press(view, picker, "08:00", block_id="do")
    await running.settled()
    assert "08:00 has passed where you are" in said(shown(riley))


async def test_snoozing_from_home_says_so_and_offers_to_end_it(
    running: Running, riley: Person
) -> None:
    view = await home_of(running, riley)
    await riley.press(view, "snooze", "3 days", block_id="quiet")
    await running.settled()
    assert "No nudges before Sat 21 Nov" in said(shown(riley))
    assert "snoozed: not before Mon 23 Nov at 09:00" in said(shown(riley))
    await press(running, riley, "snooze", "quiet")
    assert "Nudges are on again" in said(shown(riley))
    assert "tomorrow at 09:00" in said(shown(riley))


async def test_a_manager_sees_who_is_behind_worst_first_and_prepares_in_one_tap(
    running: Running, morgan: Person
) -> None:
    view = await home_of(running, morgan)
    key = f"team:{running.team.team_id}"
    assert "*3 reps* · 🟠 3 behind" in block(view, f"{key}:summary")["text"]["text"]
    rep = running.team.people[ALEX]
    row = block(view, f"{key}:rep:{rep}")
    assert row["text"]["text"].startswith("*Alex* · 🟠")
    await press(running, morgan, f"prep:{rep}", f"{key}:rep:{rep}")
    assert "prep" in said(shown(morgan)) or morgan.modal is not None


async def test_all_numbers_of_a_team_come_as_a_direct_message_for_they_have_a_table(
    running: Running, morgan: Person
) -> None:
    await home_of(running, morgan)
    key = f"team:{running.team.team_id}"
    await press(running, morgan, f"pick_team:{running.team.team_id}", f"{key}:do")
    [message] = morgan.direct_messages()
    assert any(b["type"] == "table" for b in message.blocks)
    assert "as a direct message" in said(shown(morgan))


@pytest.mark.parametrize(
    "fault, messages", [(Fault.drop_after(), 1), (Fault.error("channel_not_found"), 0)]
)
async def test_home_speaks_of_a_direct_message_only_once_it_is_there(
    running: Running, morgan: Person, fault: Fault, messages: int
) -> None:
    await home_of(running, morgan)
    running.slack.fail("chat.postMessage", fault)
    team_id = running.team.team_id
    await press(running, morgan, f"pick_team:{team_id}", f"team:{team_id}:do")
    assert len(morgan.direct_messages()) == messages
    assert ("as a direct message" in said(shown(morgan))) is bool(messages)


async def test_somebody_elses_rep_is_not_prepared(running: Running, riley: Person) -> None:
    await home_of(running, riley)
    body = {"type": "button", "action_id": f"prep:{running.team.people[ALEX]}", "value": "1"}
    await riley.press(shown(riley), "home_list", block_id="do")
    sent = dict(running.slack.calls("block_actions")[0].body)
    await running.signed({"payload": sent | {"actions": [body]}})
    await running.settled()
    assert "prepared by the rep" in said(shown(riley))


async def test_who_is_in_no_team_is_told_what_to_do(running: Running) -> None:
    stranger = running.person(STRANGER)
    assert "You're in no team yet" in said(await home_of(running, stranger))


async def test_the_messages_tab_publishes_nothing(running: Running, riley: Person) -> None:
    await riley.open_home("messages")
    await running.settled()
    assert riley.home is None


async def test_a_slack_that_draws_no_charts_gets_words_and_is_not_asked_twice(
    running: Running, riley: Person
) -> None:
    running.slack.fail("views.publish", Fault.error("invalid_blocks"))
    view = await home_of(running, riley)
    assert "data_visualization" not in said(view)
    assert "Done each day, of what an even pace asks" in said(view)
    await riley.command("/log", "2 calls")
    await running.settled()
    assert "2 of 20 today" in said(shown(riley))
    assert len(running.slack.calls("views.publish")) == 3


async def test_home_says_the_time_of_the_first_look(running: Running, riley: Person) -> None:
    await home_of(running, riley)
    running.clock.advance(hours=1)
    await home_of(running, riley)
    query = select(people.c.home_opened_at).where(people.c.user_id == RILEY)
    assert [row[0] for row in await running.rows(query)] == [NOON]
