"""The forms of `/log`: filled in, refused at the right field, saved, edited."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.tables import entries
from sandbox import Person
from tests.handlers.conftest import Running
from tests.teams import SAM

Filled = dict[str, dict[str, Any]]
QUANTITIES = select(entries.c.quantity, entries.c.account).where(entries.c.undone_at.is_(None))


def filled(running: Running, behaviour: str, quantity: str, **more: str) -> Filled:
    values = {"behaviour": str(running.team.indicators[behaviour]), "quantity": quantity, **more}
    return {name: {"value": value} for name, value in values.items()}


async def test_log_alone_opens_a_form_whose_entry_is_answered_where_it_was_opened(
    running: Running, riley: Person
) -> None:
    reply = await riley.command("/log", "", channel="C02TALK")
    assert reply.ok
    assert reply.modal is not None
    assert reply.modal.title == "Log"
    sent = await riley.submit(
        values=filled(running, "Selling time", "1h30", account="Acme", note="x <y> & z")
    )
    assert sent.closed, sent.errors
    await running.settled()
    assert [(str(q), a) for q, a in await running.rows(QUANTITIES)] == [("1.50", "Acme")]
    shown = riley.ephemerals()[-1]
    assert shown.channel == "C02TALK"
    assert "1.5 h of Selling time" in shown.text
    assert "x &lt;y&gt; &amp; z" in str(shown.blocks)


@pytest.mark.parametrize(
    "values, field",
    [
        ({"quantity": "many"}, "quantity"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "1e9"}, "quantity"),
        ({"quantity": "NaN"}, "quantity"),
        ({"day": "2027-01-01"}, "day"),
        ({"day": "2026-01-01"}, "day"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    running: Running, riley: Person, values: dict[str, str], field: str
) -> None:
    await riley.command("/log", "")
    right = {"quantity": "3"} | values
    sent = await riley.submit(values=filled(running, "Prospecting calls", **right))
    assert list(sent.errors) == [field]
    assert riley.modal is not None
    assert await running.rows(QUANTITIES) == []


async def test_a_form_that_is_sent_twice_is_recorded_once(running: Running, riley: Person) -> None:
    await riley.command("/log", "")
    await riley.submit(values=filled(running, "Prospecting calls", "3"))
    payload = running.slack.calls("view_submission")[0].body
    again = await running.signed({"payload": payload})
    assert again.status == 200
    assert len(await running.rows(QUANTITIES)) == 1


async def test_a_form_without_its_blocks_is_refused_at_what_was_filled_in(
    running: Running, riley: Person
) -> None:
    await riley.command("/log", "")
    await riley.submit(values=filled(running, "Prospecting calls", "0"))
    payload = dict(running.slack.calls("view_submission")[0].body)
    payload["view"] = {name: part for name, part in payload["view"].items() if name != "blocks"}
    refused = await running.signed({"payload": json.dumps(payload)})
    assert list(json.loads(refused.text)["errors"]) == ["quantity"]


async def test_an_edit_starts_from_the_entry_and_takes_its_place(
    running: Running, riley: Person
) -> None:
    reply = await riley.command("/log", "5 calls with Acme")
    await riley.press(reply, "edit")
    assert riley.modal is not None
    assert "'initial_value': 'Acme'" in str(riley.modal.blocks)
    sent = await riley.submit(values={"quantity": {"value": "7"}})
    assert sent.closed, sent.errors
    await running.settled()
    assert [(str(q), a) for q, a in await running.rows(QUANTITIES)] == [("7.00", "Acme")]
    assert "7 × Prospecting calls" in riley.ephemerals()[-1].text
    assert len(riley.ephemerals()) == 1


async def test_a_deal_is_edited_as_a_deal(running: Running, riley: Person) -> None:
    reply = await riley.command("/log", "won 4200 with Acme")
    await riley.press(reply, "edit")
    sent = await riley.submit(
        values={
            "outcome": {"value": "lost"},
            "quantity": {"value": ""},
            "reason": {"value": "price"},
        }
    )
    assert sent.closed, sent.errors
    await running.settled()
    assert [str(q) for q, _ in await running.rows(QUANTITIES)] == ["0.00"]
    assert "Lost" in riley.ephemerals()[-1].text


async def test_nobody_edits_or_undoes_somebody_elses_entry(running: Running, riley: Person) -> None:
    await riley.command("/log", "5 calls")
    sam = running.person(SAM)
    reply = await sam.command("/log", "5 calls")
    await sam.press(reply, "undo")
    body = running.slack.calls("block_actions")[0].body
    for action_id in ("undo", "edit"):
        forged = dict(body, actions=[dict(body["actions"][0], action_id=action_id, value="1")])
        answer = await running.signed({"payload": forged})
        assert answer.status == 200
    await running.settled()
    assert sum("Only the person who logged" in m.text for m in sam.ephemerals()) == 2
    assert len(await running.rows(QUANTITIES)) == 1
