"""Modals in a person's hands: filling them in, and what the bot's answer does to them."""

from dataclasses import replace
from typing import Any

from sandbox.acting.answers import submission_body
from sandbox.acting.entries import ENTRIES, entered, initial_values, is_empty, merged
from sandbox.acting.reply import Reply
from sandbox.blocks import elements_of, modal
from sandbox.errors import JsonObject, NotPossible, SlackError
from sandbox.screens import Values, View
from sandbox.team import Team

Filled = dict[str, dict[str, Any]]


def find(blocks: Any, action_id: str, block_id: str | None = None) -> tuple[JsonObject, JsonObject]:
    """The block and the element with an action id. Raises NotPossible, naming what is there."""
    there = [(block, element) for block in blocks for _, element in elements_of(block)]
    for block, element in there:
        if element["action_id"] == action_id and block_id in {None, block["block_id"]}:
            return block, element
    known = ", ".join(f"{block['block_id']}/{e['action_id']}" for block, e in there) or "nothing"
    raise NotPossible(f"there is no {action_id!r} to press; there is {known}")


def fill(view: View, filled: Filled) -> View:
    """The view with these values entered, by block id and action id. Raises NotPossible."""
    changed: Values = {}
    for block_id, elements in filled.items():
        for action_id, value in elements.items():
            _, element = find(view.blocks, action_id, block_id)
            if element["type"] not in ENTRIES:
                raise NotPossible(f"nothing can be entered into a {element['type']}")
            changed.setdefault(block_id, {})[action_id] = entered(element, value)
    return replace(view, values=merged(merged(initial_values(view.blocks), view.values), changed))


def check_complete(view: View) -> None:
    """Slack's client sends nothing while a required input is empty. Raises NotPossible."""
    if not view.body.get("submit"):
        raise NotPossible("this modal has no submit button")
    for block in view.blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        state = view.values[block["block_id"]][block["element"]["action_id"]]
        if is_empty(state):
            raise NotPossible(f"{block['block_id']} has to be filled in")


def apply_submission(team: Team, view: View, reply: Reply) -> None:
    """Does to the modals what the bot's answer says: errors, update, push, clear, or close."""
    if reply.error is not None:
        return
    try:
        body = submission_body(reply.body)
        _apply(team, view, body, reply)
    except SlackError as error:
        reply.error, reply.detail = "invalid_response", f"{error.code} {error.messages}"
    open_ids = {other.id for other in team.screens.stacks.get(view.user, [])}
    reply.closed = view.id not in open_ids


def _apply(team: Team, view: View, body: JsonObject, reply: Reply) -> None:
    match body.get("response_action"):
        case "errors":
            reply.errors = _errors(view, body)
        case "update":
            team.screens.update(view, modal(body.get("view")))
        case "push":
            team.screens.push(view.user, modal(body.get("view")))
        case "clear":
            team.screens.clear(view.user)
        case _:
            team.screens.close(view)


def _errors(view: View, body: JsonObject) -> dict[str, str]:
    """Errors may only stand at input blocks of the view."""
    errors = body.get("errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or set(errors) - inputs:
        raise SlackError("invalid_errors")
    return {str(block): str(words) for block, words in errors.items()}
