"""What a person has just written to the bot, out of the events that tell of messages."""

from dataclasses import dataclass
from typing import Final

from bot.services.requests.callers import Caller
from handlers.requests import EventRequest

_LONGEST_ID: Final = 64
_NOT_NEW_WORDS: Final = ("bot_id", "bot_profile", "app_id", "hidden", "edited", "deleted_ts")
"""Of a bot (this one too), or about another message."""
_WITH_A_FILE: Final = "file_share"
_SLACKBOT: Final = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class Words:
    """One message. The caller's key is the message's own: the same however often it is told.

    `thread_ts` where it was written in a thread: the answer belongs there.
    """

    caller: Caller
    text: str
    channel: str
    thread_ts: str | None


def words_of(request: EventRequest) -> Words | None:
    """The message of an event; None for all that isn't a person's own new words to the bot.

    Edits, deletions, joins, bots, thread broadcasts and reminders have a subtype or a bot's id.
    """
    event = request.event
    if event.get("channel_type") != "im" or any(event.get(name) for name in _NOT_NEW_WORDS):
        return None
    if event.get("subtype") not in {None, "", _WITH_A_FILE} or event.get("user") == _SLACKBOT:
        return None
    text, thread = event.get("text"), event.get("thread_ts")
    user, channel = _name(event.get("user")), _name(event.get("channel"))
    name = _name(event.get("client_msg_id")) or _name(event.get("ts"))
    if not (isinstance(text, str) and text.strip() and user and channel and name):
        return None
    caller = Caller(request.workspace_id, user, f"dm:{channel}:{name}")
    return Words(caller, text, channel, thread if isinstance(thread, str) else None)


def _name(value: object) -> str:
    """An id of Slack's: short, of letters, digits, dots and hyphens; "" for anything else."""
    if not isinstance(value, str) or len(value) > _LONGEST_ID:
        return ""
    bare = value.replace("-", "").replace(".", "")
    return value if bare.isascii() and bare.isalnum() else ""
