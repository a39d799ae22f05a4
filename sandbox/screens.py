"""What a person has open beyond messages: a stack of modals, and the app's Home tab."""

import hashlib
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from sandbox.blocks import elements_of
from sandbox.errors import JsonObject, SlackError

STACK = 3
Values = dict[str, dict[str, JsonObject]]
# Properties that Slack always writes into a view, with what they are when nobody set them.
DEFAULTS: JsonObject = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "clear_on_close": False,
    "notify_on_close": False,
    "close": None,
    "submit": None,
}


@dataclass(frozen=True, slots=True)
class View:
    """A modal or Home tab as one person sees it. `values` is the state of its inputs."""

    id: str
    user: str
    body: JsonObject
    hash: str
    root: str
    previous: str | None = None
    values: Values = field(default_factory=dict)

    @property
    def blocks(self) -> list[JsonObject]:
        blocks: list[JsonObject] = self.body["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """The words at the top of a modal; a Home tab has none."""
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.body.get("private_metadata") or "")


class Screens:
    """All open views of a workspace. Raises SlackError with Slack's names."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._numbers = count(1)
        self.homes: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}

    def open(self, user: str, body: JsonObject) -> View:
        """A new modal, in place of whatever the person had open."""
        self._check_external(body)
        view = self._new(user, body)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, body: JsonObject) -> View:
        """A modal on top of the open one. Raises `push_limit_reached`, `not_found`."""
        self._check_external(body)
        stack = self.stacks.get(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= STACK:
            raise SlackError("push_limit_reached")
        view = self._new(user, body, root=stack[0].id, previous=stack[-1].id)
        stack.append(view)
        return view

    def update(self, view: View, body: JsonObject, expected: str | None = None) -> View:
        """Other contents for an open view. Inputs whose block and action ids stay keep what the
        person has entered. Raises `hash_conflict`."""
        _check_hash(view, expected)
        kept = _kept(view.values, body["blocks"])
        return self.replace(replace(view, body=body, hash=self._hash(body), values=kept))

    def publish(self, user: str, body: JsonObject, expected: str | None = None) -> View:
        """The Home tab of one person. Raises `hash_conflict`."""
        before = self.homes.get(user)
        if before is None:
            self.homes[user] = self._new(user, body)
            return self.homes[user]
        return self.update(before, body, expected)

    def replace(self, view: View) -> View:
        """A new version of a view that is open."""
        if self.homes.get(view.user, view).id == view.id and view.body["type"] == "home":
            self.homes[view.user] = view
        stack = self.stacks.get(view.user, [])
        self.stacks[view.user] = [view if other.id == view.id else other for other in stack]
        return view

    def find(self, view_id: str | None, external_id: str | None = None) -> View:
        """An open view by one of its ids. Raises `not_found`."""
        for view in self._all():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        raise SlackError("not_found")

    def close(self, view: View) -> None:
        """Takes one modal off the stack; the one below it shows again."""
        stack = self.stacks.get(view.user, [])
        self.stacks[view.user] = [other for other in stack if other.id != view.id]

    def clear(self, user: str) -> None:
        self.stacks[user] = []

    def top(self, user: str) -> View | None:
        """The modal that a person looks at."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def _all(self) -> list[View]:
        stacked = [view for stack in self.stacks.values() for view in stack]
        return [*self.homes.values(), *stacked]

    def _new(
        self, user: str, body: JsonObject, root: str = "", previous: str | None = None
    ) -> View:
        view_id = f"V{self._prefix}{next(self._numbers):06d}"
        return View(view_id, user, body, self._hash(body), root or view_id, previous)

    def _hash(self, body: JsonObject) -> str:
        digest = hashlib.sha256(repr(body).encode()).hexdigest()[:8]
        return f"{next(self._numbers)}.{digest}"

    def _check_external(self, body: JsonObject) -> None:
        wanted = body.get("external_id")
        if wanted and any(view.body.get("external_id") == wanted for view in self._all()):
            raise SlackError("duplicate_external_id")


def _kept(values: Values, blocks: list[JsonObject]) -> Values:
    """What was entered in elements that are still there, of the same type."""
    kept: Values = {}
    for block in blocks:
        before = values.get(block["block_id"], {})
        for _, element in elements_of(block):
            state = before.get(element["action_id"])
            if state is not None and state["type"] == element["type"]:
                kept.setdefault(block["block_id"], {})[element["action_id"]] = state
    return kept


def view_as_api(view: View, *, team_id: str, app_id: str, bot_id: str) -> JsonObject:
    """The `view` object of Slack's answers and payloads."""
    identity: dict[str, Any] = {
        "id": view.id,
        "team_id": team_id,
        "app_id": app_id,
        "app_installed_team_id": team_id,
        "bot_id": bot_id,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "state": {"values": view.values},
    }
    title = {"title": {"type": "plain_text", "text": "View Title", "emoji": True}}
    given = {key: value for key, value in view.body.items() if value is not None}
    return {**title, **DEFAULTS, **given, **identity}


def _check_hash(view: View, expected: str | None) -> None:
    if expected and expected != view.hash:
        raise SlackError("hash_conflict")
