"""views.*: modals and the Home tab."""

from typing import Any

from sandbox.api.call import Call, Method
from sandbox.blocks import home, modal
from sandbox.errors import JsonObject, SlackError
from sandbox.screens import View


def open_modal(call: Call) -> JsonObject:
    """docs.slack.dev, views.open."""
    body = modal(_given(call))
    trigger = call.team.tickets.exchange(call.args.required("trigger_id"))
    return _shown(call, call.team.screens.open(trigger.user, body))


def push(call: Call) -> JsonObject:
    """docs.slack.dev, views.push: with a trigger from inside a modal, up to three deep."""
    body = modal(_given(call))
    trigger = call.team.tickets.exchange(call.args.required("trigger_id"))
    if trigger.view_id is None:
        raise SlackError("invalid_trigger_id")
    return _shown(call, call.team.screens.push(trigger.user, body))


def update(call: Call) -> JsonObject:
    """docs.slack.dev, views.update: by `view_id` or `external_id`, guarded by `hash`."""
    args = call.args
    if not (args.text("view_id") or args.text("external_id")):
        args.required("view_id")
    given = _given(call)
    before = call.team.screens.find(args.text("view_id"), args.text("external_id"))
    body = home(given) if before.body["type"] == "home" else modal(given)
    return _shown(call, call.team.screens.update(before, body, args.text("hash")))


def publish(call: Call) -> JsonObject:
    """docs.slack.dev, views.publish."""
    user = call.team.user(call.args.required("user_id"))
    if not call.team.seed.home_tab:
        raise SlackError("not_enabled")
    body = home(_given(call))
    return _shown(call, call.team.screens.publish(user.id, body, call.args.text("hash")))


def _given(call: Call) -> Any:
    view = call.args.document("view", "invalid_arguments")
    if not isinstance(view, dict):
        call.args.required("view")
        raise SlackError(
            "invalid_arguments", messages=["[ERROR] must be an object [json-pointer:/view]"]
        )
    return view


def _shown(call: Call, view: View) -> JsonObject:
    return {"view": call.team.view_as_api(view)}


METHODS = (
    Method("views.open", open_modal, tier=4),
    Method("views.push", push, tier=4),
    Method("views.update", update, tier=4),
    Method("views.publish", publish, tier=4),
)
