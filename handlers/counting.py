"""What the bot costs people: each request counted after its answer, written every few seconds.

Nothing waits for it: counting is a line in memory, and what was counted in the last seconds before
a crash is lost, which an account of minutes a week can bear.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from bot.domain.errors import NotSaved
from bot.domain.nudging.account import LONGEST_FORM_S, SECONDS, Interaction, InteractionKind
from bot.services.own_account import note_interactions
from bot.wiring import Wired
from handlers.payloads import is_id
from handlers.requests import presser

WRITTEN_EVERY_S: Final = 5.0
_MOST_KEPT: Final = 20_000
"""While the database can't be written to; what is more is lost."""
_OF_TYPE: Final = {
    "view_submission": InteractionKind.FORM,
    "block_actions": InteractionKind.BUTTON,
    "shortcut": InteractionKind.BUTTON,
    "message_action": InteractionKind.BUTTON,
}
_OPENINGS_KEPT: Final = timedelta(hours=1)

log = structlog.get_logger(__name__)

Who = tuple[str, str]
"""A workspace's id and a user's."""


class Counting:
    """Counts what people do with the bot, in this process."""

    def __init__(self, bot: Wired, every_s: float = WRITTEN_EVERY_S) -> None:
        self._bot = bot
        self._every_s = every_s
        self._seen: list[Interaction] = []
        self._last: dict[Who, datetime] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, body: Mapping[str, Any]) -> None:
        """Counts one request that was answered, if it is something that a person did."""
        kind = _kind_of(body)
        who = None if kind is None else _who(body)
        if kind is None or who is None or len(self._seen) >= _MOST_KEPT:
            return
        now = self._bot.clock.now()
        self._seen.append(Interaction(*who, kind, now, self._seconds(who, kind, body, now)))
        self._last[who] = now
        self._set_timer()

    async def flush(self) -> None:
        """Writes what was counted; to be called, too, when the process ends."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        seen, self._seen = self._seen, []
        self._forget_openings()
        for workspace_id, theirs in _by_workspace(seen).items():
            await self._write(workspace_id, theirs)

    async def _write(self, workspace_id: str, seen: list[Interaction]) -> None:
        try:
            await self._bot.transactions.of(workspace_id).write(
                lambda session: note_interactions(session, seen)
            )
        except NotSaved:
            self._seen = [*seen, *self._seen][:_MOST_KEPT]
            self._set_timer()  # nobody may do anything that sets it, nor be noted where it is full
            log.warning("interactions_not_saved", count=len(seen))
        except Exception:  # the job's edge: an account that isn't kept must not stop the bot
            log.exception("counting_broke", count=len(seen))

    def _set_timer(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._every_s, self._begin)

    def _begin(self) -> None:
        self._timer = None
        task = asyncio.get_running_loop().create_task(self.flush())
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    def _seconds(
        self, who: Who, kind: InteractionKind, body: Mapping[str, Any], now: datetime
    ) -> float:
        """A form takes from the request that opened it, which is the person's last one before.

        So does a press inside a form, up to there.
        """
        in_form = (body.get("view") or {}).get("type") == "modal"
        opened = self._last.get(who) if in_form else None
        if opened is None:
            return SECONDS[kind]
        return min(max((now - opened).total_seconds(), 0.0), LONGEST_FORM_S)

    def _forget_openings(self) -> None:
        oldest = self._bot.clock.now() - _OPENINGS_KEPT
        self._last = {who: at for who, at in self._last.items() if at >= oldest}


def _by_workspace(seen: list[Interaction]) -> dict[str, list[Interaction]]:
    found: dict[str, list[Interaction]] = {}
    for each in seen:
        found.setdefault(each.workspace_id, []).append(each)
    return found


def _kind_of(body: Mapping[str, Any]) -> InteractionKind | None:
    if body.get("command"):
        return InteractionKind.LINE
    if body.get("type") != "event_callback":
        return _OF_TYPE.get(str(body.get("type")))
    event = body.get("event") or {}
    if event.get("type") == "app_home_opened":
        return InteractionKind.VIEW if event.get("tab") == "home" else None
    typed = event.get("channel_type") == "im" and not (event.get("bot_id") or event.get("subtype"))
    return InteractionKind.LINE if event.get("type") == "message" and typed else None


def _who(body: Mapping[str, Any]) -> Who | None:
    if body.get("command"):
        found = body.get("team_id"), body.get("user_id")
    elif body.get("type") == "event_callback":
        found = body.get("team_id"), (body.get("event") or {}).get("user")
    else:
        return presser(body)
    workspace_id, user_id = found
    if not (isinstance(workspace_id, str) and isinstance(user_id, str)):
        return None
    return (workspace_id, user_id) if is_id(workspace_id) and is_id(user_id) else None
