"""The client that sends: each call once, each failure typed, every message marked with its key."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.slack.answers import (
    EVENT_TYPE,
    ChannelState,
    Identity,
    Posted,
    SlackUser,
    key_of,
    user_of,
)
from bot.slack.calls import Answer, Calls
from bot.slack.errors import MessageGone, Refused, SlackFailure, TokenRefused
from bot.slack.files import Upload, share
from bot.slack.limits import check
from bot.slack.message import Message

TIMEOUT_S = 10.0
"""How long one call may take before its outcome counts as unknown."""
OnRefusal = Callable[[str], Awaitable[None]]
"""Told, by Slack's own code, that it takes a token no more."""
SENDS_AT_ONCE = 240
"""Of one process. Forty workspaces whose Slack hangs hold up no other."""
_FOR_REPLIES = 60
"""Connections that bulk never takes: somebody waits for what goes over them."""
_PAGE = 200
_CANNOT_OPEN = frozenset({"unknown_method", "missing_scope", "http_404", "http_405"})


class CannotOpen(Refused):
    """This Slack, or this installation, opens no conversations; it may still take messages."""


def open_session() -> aiohttp.ClientSession:
    """The one HTTP session that all workspaces' clients share. Close it at the end.

    It keeps no cookies: one workspace's would go along with another's calls.
    """
    return aiohttp.ClientSession(
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=TIMEOUT_S),
        connector=aiohttp.TCPConnector(limit=SENDS_AT_ONCE + _FOR_REPLIES, keepalive_timeout=60),
    )


class SlackClient:
    """Slack's Web API for one workspace. Every method raises `SlackFailure`s and nothing else."""

    def __init__(
        self,
        token: str,
        api_url: str,
        session: aiohttp.ClientSession,
        on_refusal: OnRefusal | None = None,
    ) -> None:
        self._session = session
        self._on_refusal = on_refusal
        self._calls = Calls(token, api_url, session)

    async def post(
        self, channel: str, message: Message, key: str, thread_ts: str | None = None
    ) -> Posted:
        """Sends a message, once. Raises `MalformedMessage` for one that Slack would refuse."""
        body = posting(channel, message, key, thread_ts)
        answer = await self._call("chat.postMessage", json=body)
        return Posted(answer["channel"] or channel, answer["ts"])

    async def update(self, posted: Posted, message: Message) -> None:
        """Makes a message say something else; its key stays. Raises `MessageGone`."""
        place = {"channel": posted.channel, "ts": posted.ts}
        await self._call("chat.update", json=place | _content(message))

    async def delete(self, posted: Posted) -> None:
        """Removes a message; one that is gone already counts as removed."""
        try:
            await self._call("chat.delete", json={"channel": posted.channel, "ts": posted.ts})
        except MessageGone:
            return

    async def open_dm(self, user_id: str) -> str:
        """The conversation (`D…`) with a person; the same one each time.

        Raises `CannotOpen` where this can't be had: `post` takes the person's own id as well.
        """
        try:
            answer = await self._call("conversations.open", json={"users": user_id})
        except SlackFailure as failure:
            if failure.code in _CANNOT_OPEN:
                raise CannotOpen(failure.code, failure.reason) from failure
            raise
        opened = answer["channel"]
        if not isinstance(opened, Mapping) or not opened.get("id"):
            raise CannotOpen("no_channel", "Slack opened no conversation.")
        return str(opened["id"])

    async def find_posted(
        self, channel: str, key: str, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        """The message with this key that was posted after `oldest`, if it is there."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        asked = {"channel": channel, "ts": thread_ts, "oldest": f"{oldest.timestamp():.6f}"}
        async for message in self._messages(method, _given(asked)):
            if key_of(message) == key:
                return Posted(channel, message["ts"])
        return None

    async def publish_home(self, user_id: str, view: Mapping[str, Any]) -> None:
        """Shows a view in a person's Home tab."""
        await self._call("views.publish", json={"user_id": user_id, "view": view})

    async def channel_state(self, channel: str) -> ChannelState:
        """How things are with a channel now. Raises `Refused` for one that the bot can't see."""
        found = (await self._call("conversations.info", data={"channel": channel}))["channel"]
        return ChannelState(bool(found.get("is_archived")), bool(found.get("is_member")))

    async def share_files(self, channel: str, files: Sequence[Upload], comment: str) -> None:
        """Puts files into a conversation (`C…`, `D…`), as one message."""
        await share(self._call, self._session, (channel, comment), files)

    async def users_info(self, user_id: str) -> SlackUser:
        """A person's name and time zone."""
        return user_of((await self._call("users.info", data={"user": user_id}))["user"])

    async def users(self) -> AsyncIterator[SlackUser]:
        """Everybody in the workspace, bots and those who have left among them."""
        asked = {"limit": str(_PAGE)}
        while True:
            answer = await self._call("users.list", data=asked)
            for user in answer["members"]:
                yield user_of(user)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            asked["cursor"] = cursor

    async def is_in_channel(self, channel: str) -> bool:
        """Whether the bot can post there; False, too, for a private channel without the bot."""
        try:
            answer = await self._call("conversations.info", data={"channel": channel})
        except Refused:
            return False
        about: dict[str, Any] = answer["channel"]
        return bool(about.get("is_member")) and not about.get("is_archived")

    async def auth_test(self) -> Identity:
        """Whom the token speaks for, and what it may do."""
        answer = await self._call("auth.test", json={})
        scopes = answer.headers.get("X-OAuth-Scopes", "")
        date = answer.headers.get("Date")
        return Identity(
            workspace_id=answer["team_id"],
            workspace=answer.get("team", ""),
            bot_user_id=answer["user_id"],
            scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
            answered_at=parsedate_to_datetime(date) if date else None,
        )

    async def _messages(
        self, method: str, asked: dict[str, Any]
    ) -> AsyncIterator[Mapping[str, Any]]:
        asked |= {"include_all_metadata": "true", "limit": str(_PAGE)}
        while True:
            answer = await self._call(method, data=asked)
            for message in answer["messages"]:
                yield message
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
            asked["cursor"] = cursor

    async def _call(self, method: str, **body: Mapping[str, Any]) -> Answer:
        """Methods that read take a form (`data`), not JSON; by POST, which all Slacks know."""
        try:
            return await self._calls.call(method, **body)
        except TokenRefused as refused:
            if self._on_refusal is not None:
                await self._on_refusal(refused.code)
            raise


def posting(
    channel: str, message: Message, key: str, thread_ts: str | None = None
) -> dict[str, Any]:
    """The body that sends a message, marked with its key. Raises `MalformedMessage`."""
    body = {
        "channel": channel,
        "thread_ts": thread_ts,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": key}},
        "unfurl_links": False,
        "unfurl_media": False,
        **_content(message),
    }
    return _given(body)


def _content(message: Message) -> dict[str, Any]:
    check(message)
    return _given({"text": message.text, "blocks": list(message.blocks) or None})


def _given(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}
