"""Modals: opening, filling in, submitting, closing; and the Home tab."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import ManualClock, NotPossible, Person, Sandbox, View
from tests.sandbox.conftest import Bot
from tests.sandbox.refusals import error, refusal
from tests.sandbox.samples import Json, actions, button, entry, home, modal, plain, section, select


async def opened(slack: Sandbox, client: AsyncWebClient, view: Json) -> View:
    """Riley's modal, as the bot opens it."""
    ticket = slack.team().tickets.trigger("U02RILEY")
    await client.views_open(trigger_id=ticket, view=view)
    shown = slack.person("U02RILEY").modal
    assert shown is not None
    return shown


REFUSED: dict[str, tuple[Json, str]] = {
    "title": (modal(title=plain("x" * 25)), "/view/title/text"),
    "submit": (modal(submit=plain("x" * 25)), "/view/submit/text"),
    "close": (modal(close=plain("x" * 25)), "/view/close/text"),
    "private_metadata": (modal(private_metadata="x" * 3001), "/view/private_metadata"),
    "callback_id": (modal(callback_id="x" * 256), "/view/callback_id"),
    "blocks": (modal(*[section()] * 101), "/view/blocks"),
    "no submit": (modal(submit=None), "/view/submit"),
    "block ids": (modal(entry("a"), entry("a")), "/view/blocks/1/block_id"),
    "no title": ({"type": "modal", "blocks": []}, "/view/title"),
    "property": (modal(colour="red"), "/view/colour"),
    "type": (modal(type="drawer"), "/view/type"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_limits_of_modals(slack: Sandbox, client: AsyncWebClient, case: str) -> None:
    view, place = REFUSED[case]
    ticket = slack.team().tickets.trigger("U02RILEY")
    said = await refusal(client.views_open(trigger_id=ticket, view=view))
    assert said["error"] == "invalid_arguments"
    assert any(f"json-pointer:{place}]" in m for m in said["response_metadata"]["messages"])


async def test_a_modal_at_its_limits(slack: Sandbox, client: AsyncWebClient) -> None:
    blocks = [section()] * 100
    most = modal(*blocks, title=plain("x" * 24), private_metadata="x" * 3000)
    assert len((await opened(slack, client, most)).blocks) == 100


async def test_a_view_may_not_be_too_large(slack: Sandbox, client: AsyncWebClient) -> None:
    ticket = slack.team().tickets.trigger("U02RILEY")
    huge = modal(*[section("x" * 3000)] * 90)
    assert await error(client.views_open(trigger_id=ticket, view=huge)) == "view_too_large"


async def test_a_trigger_opens_one_modal(
    slack: Sandbox, client: AsyncWebClient, clock: ManualClock
) -> None:
    tickets = slack.patient(3.0).team().tickets
    ticket = tickets.trigger("U02RILEY")
    await client.views_open(trigger_id=ticket, view=modal())
    again = client.views_open(trigger_id=ticket, view=modal())
    assert await error(again) == "exchanged_trigger_id"
    late = tickets.trigger("U02RILEY")
    clock.advance(3.1)
    assert await error(client.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"
    unknown = client.views_open(trigger_id="1.2.abc", view=modal())
    assert await error(unknown) == "invalid_trigger_id"


async def test_a_submission_carries_all_that_was_entered(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    menu = {**entry("what"), "element": select()}
    view = await opened(slack, client, modal(menu, entry(), callback_id="log"))
    filled: Json = {"what": {"pick": "calls"}, "note": {"text": "Acme <3"}}
    reply = await riley.submit(view, filled)
    assert (reply.errors, reply.closed, riley.modal) == ({}, True, None)
    payload = bot.last.payload
    assert (payload["type"], payload["view"]["callback_id"]) == ("view_submission", "log")
    values = payload["view"]["state"]["values"]
    assert values["note"]["text"] == {"type": "plain_text_input", "value": "Acme <3"}
    assert values["what"]["pick"]["selected_option"]["value"] == "calls"


async def test_slacks_client_does_not_submit_what_is_wrong(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    optional = {**entry("aside"), "optional": True}
    view = await opened(slack, client, modal(entry(max_length=5), optional))
    with pytest.raises(NotPossible, match="note has to be filled in"):
        await riley.submit(view)
    with pytest.raises(NotPossible, match="0 to 5 characters"):
        await riley.submit(view, {"note": {"text": "far too long"}})
    assert bot.heard == []
    await riley.submit(view, {"note": {"text": "short"}})
    assert bot.last.payload["view"]["state"]["values"]["aside"]["text"]["value"] is None


@pytest.mark.parametrize(
    "kind, wrong",
    [
        ("number_input", "five"),
        ("email_text_input", "riley"),
        ("url_text_input", "acme"),
        ("datepicker", "monday"),
        ("timepicker", "9"),
    ],
)
async def test_inputs_take_only_their_kind(
    slack: Sandbox, client: AsyncWebClient, riley: Person, kind: str, wrong: str
) -> None:
    decimal: Json = {"is_decimal_allowed": True} if kind == "number_input" else {}
    view = await opened(slack, client, modal(entry(type=kind, **decimal)))
    with pytest.raises(NotPossible):
        await riley.submit(view, {"note": {"text": wrong}})


async def test_errors_keep_the_modal_open(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    view = await opened(slack, client, modal())
    bot.answer = {"response_action": "errors", "errors": {"note": "Say more"}}
    reply = await riley.submit(view, {"note": {"text": "x"}})
    assert (reply.errors, reply.closed) == ({"note": "Say more"}, False)
    bot.answer = ""
    assert (await riley.submit()).closed
    assert bot.last.payload["view"]["state"]["values"]["note"]["text"]["value"] == "x"


async def test_an_answer_can_update_push_and_clear(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    view = await opened(slack, client, modal())
    filled: Json = {"note": {"text": "x"}}
    bot.answer = {"response_action": "update", "view": modal(title=plain("Second"))}
    await riley.submit(view, filled)
    assert riley.modal is not None
    assert (riley.modal.id, riley.modal.title) == (view.id, "Second")
    bot.answer = {"response_action": "push", "view": modal(title=plain("Third"))}
    pushed = await riley.submit(None, filled)
    assert not pushed.closed
    assert (riley.modal.title, riley.modal.previous) == ("Third", view.id)
    bot.answer = {"response_action": "clear"}
    assert (await riley.submit(None, filled)).closed
    assert riley.modal is None


WRONG_ANSWERS: list[Any] = [
    "thanks",
    {"response_action": "smile"},
    {"response_action": "errors", "errors": {"nowhere": "x"}},
    {"response_action": "errors", "errors": {}},
    {"response_action": "update", "view": modal(title=plain("x" * 25))},
    {"response_action": "push", "view": home()},
]


@pytest.mark.parametrize("answer", WRONG_ANSWERS)
async def test_a_wrong_answer_leaves_the_modal_as_it_is(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person, answer: Any
) -> None:
    view = await opened(slack, client, modal())
    bot.answer = answer
    reply = await riley.submit(view, {"note": {"text": "x"}})
    assert (reply.error, reply.closed) == ("invalid_response", False)
    assert riley.modal is not None
    assert riley.modal.title == "Log"


async def test_views_push_from_inside_a_modal(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    deeper = modal(actions(button()))
    await opened(slack, client, deeper)
    for depth in (2, 3):
        await riley.press(slack.team().screens.stacks["U02RILEY"][-1], "undo")
        await client.views_push(trigger_id=bot.last.payload["trigger_id"], view=deeper)
        assert len(slack.team().screens.stacks["U02RILEY"]) == depth
    await riley.press(slack.team().screens.stacks["U02RILEY"][-1], "undo")
    fourth = client.views_push(trigger_id=bot.last.payload["trigger_id"], view=deeper)
    assert await error(fourth) == "push_limit_reached"
    outside = slack.team().tickets.trigger("U02RILEY")
    assert await error(client.views_push(trigger_id=outside, view=deeper)) == "invalid_trigger_id"


async def test_views_update_is_guarded_by_the_hash(
    slack: Sandbox, client: AsyncWebClient, riley: Person
) -> None:
    view = await opened(slack, client, modal(external_id="form-1"))
    changed = modal(title=plain("New"), external_id="form-1")
    await client.views_update(view_id=view.id, view=changed, hash=view.hash)
    stale = client.views_update(view_id=view.id, view=changed, hash=view.hash)
    assert await error(stale) == "hash_conflict"
    await client.views_update(external_id="form-1", view=modal(title=plain("Newer")))
    assert riley.modal is not None
    assert riley.modal.title == "Newer"
    assert await error(client.views_update(view_id="V0", view=modal())) == "not_found"


async def test_external_ids_are_unique(slack: Sandbox, client: AsyncWebClient) -> None:
    await opened(slack, client, modal(external_id="form-1"))
    ticket = slack.team().tickets.trigger("U03SAM")
    again = client.views_open(trigger_id=ticket, view=modal(external_id="form-1"))
    assert await error(again) == "duplicate_external_id"


async def test_closing_is_told_where_it_is_wanted(
    slack: Sandbox, client: AsyncWebClient, bot: Bot, riley: Person
) -> None:
    await opened(slack, client, modal())
    assert await riley.close() is None
    await opened(slack, client, modal(notify_on_close=True))
    await riley.close()
    assert bot.last.payload["type"] == "view_closed"
    assert bot.last.payload["is_cleared"] is False
    assert riley.modal is None
    with pytest.raises(NotPossible, match="not open"):
        await riley.close()


async def test_the_home_tab_is_each_persons_own(
    client: AsyncWebClient, riley: Person, sam: Person
) -> None:
    first = await client.views_publish(user_id="U02RILEY", view=home(section("Riley")))
    assert riley.home is not None
    assert sam.home is None
    again = home(section("Riley again"))
    stamp = first["view"]["hash"]
    await client.views_publish(user_id="U02RILEY", view=again, hash=stamp)
    stale = client.views_publish(user_id="U02RILEY", view=again, hash=stamp)
    assert await error(stale) == "hash_conflict"
    nobody = client.views_publish(user_id="U99NOBODY", view=again)
    assert await error(nobody) == "user_not_found"
