"""What Slack sends for a command or an interaction, field by field as it documents it."""

from dataclasses import replace
from typing import Any

from sandbox.acting.entries import ENTRIES, initial_values, merged
from sandbox.errors import JsonObject
from sandbox.message import Message
from sandbox.screens import Values, View
from sandbox.team import Conversation, Team
from sandbox.workspace import User

# The deprecated token that every payload still carries; nothing may be decided by it.
VERIFICATION = "sandbox-verification"
CHANNEL_NAMES = {"im": "directmessage", "group": "privategroup", "mpim": "privategroup"}


def command(
    team: Team, user: User, channel: Conversation, words: tuple[str, str], urls: tuple[str, str]
) -> JsonObject:
    """A slash command: `words` are the command and its text, `urls` response URL and trigger id."""
    return {
        "token": VERIFICATION,
        "team_id": team.id,
        "team_domain": team.seed.domain,
        "channel_id": channel.id,
        "channel_name": CHANNEL_NAMES.get(channel.kind, channel.name),
        "user_id": user.id,
        "user_name": user.name,
        "command": words[0],
        "text": words[1],
        "api_app_id": team.seed.app_id,
        "is_enterprise_install": "false",
        "response_url": urls[0],
        "trigger_id": urls[1],
    }


def interaction(team: Team, kind: str, user: User, trigger: str | None = None) -> JsonObject:
    """What all interactions have in common."""
    payload: JsonObject = {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.name,
            "name": user.name,
            "team_id": team.id,
        },
        "api_app_id": team.seed.app_id,
        "token": VERIFICATION,
        "team": {"id": team.id, "domain": team.seed.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return payload if trigger is None else {**payload, "trigger_id": trigger}


def channel_of(channel: Conversation) -> JsonObject:
    return {"id": channel.id, "name": CHANNEL_NAMES.get(channel.kind, channel.name)}


def message_place(team: Team, message: Message, values: Values) -> JsonObject:
    """Where an interaction in a message happened. An ephemeral message is not sent along."""
    container: JsonObject = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": message.ephemeral_to is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place: JsonObject = {
        "container": container,
        "channel": channel_of(team.conversations[message.channel]),
        "state": {"values": merged(initial_values(message.blocks), values)},
    }
    if message.ephemeral_to is None:
        place["message"] = message.as_api(metadata=True)
    return place


def view_place(team: Team, view: View) -> JsonObject:
    """Where an interaction in a modal or the Home tab happened: no message, no channel."""
    values = merged(initial_values(view.blocks), view.values)
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": team.view_as_api(replace(view, values=values)),
    }


def action(block: JsonObject, element: JsonObject, state: JsonObject, ts: str) -> JsonObject:
    """One member of `actions`; `state` is what the element holds now."""
    own: dict[str, Any] = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    shown = ("text", "value", "style", "placeholder", "confirm")
    initial = ENTRIES[element["type"]].initial if element["type"] in ENTRIES else ""
    kept = {name: element[name] for name in (*shown, initial) if name and name in element}
    return {**own, **kept, **state}
