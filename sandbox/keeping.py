"""A workspace's conversations as JSON and back, for a sandbox that goes on where one ended.

Homes and modals aren't kept: the bot draws them again. Nor is what was in files.
"""

from typing import Any

from sandbox.errors import JsonObject
from sandbox.message import Edit, Message
from sandbox.team import Conversation, Team


def kept(team: Team) -> JsonObject:
    """Every conversation with its messages, and what single people see of their own."""
    return {
        "conversations": [
            {
                "id": room.id,
                "name": room.name,
                "kind": room.kind,
                "members": sorted(room.members),
                "is_archived": room.is_archived,
                "messages": [message.as_record() for message in room.messages.values()],
            }
            for room in team.conversations.values()
        ],
        "ephemerals": [message.as_record() for message in team.ephemerals.values()],
    }


def restore(team: Team, record: JsonObject) -> None:
    """Puts back what `kept` gave. Raises KeyError, TypeError or ValueError for anything else."""
    for room in record["conversations"]:
        messages = [_message(message) for message in room["messages"]]
        team.adopt(
            Conversation(
                room["id"],
                room["name"],
                room["kind"],
                set(room["members"]),
                room["is_archived"],
                {message.ts: message for message in messages},
            )
        )
    for message in record["ephemerals"]:
        team.store(_message(message))


def _message(record: Any) -> Message:
    edits = [Edit(edit["at"], edit["text"], tuple(edit["blocks"])) for edit in record["edits"]]
    tuples = {
        "blocks": tuple(record["blocks"]),
        "attachments": tuple(record["attachments"]),
        "reactions": tuple((name, user) for name, user in record["reactions"]),
        "edits": tuple(edits),
        "files": tuple(record.get("files", ())),
    }
    return Message(**{**record, **tuples})
