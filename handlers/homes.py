"""Home tabs, kept as the numbers are: whoever has opened Home gets it drawn again after a change.

Nobody waits for that, and Slack takes about a hundred a minute of a workspace: so each person has
one publish under way at most, in which the newest state wins, and what somebody does goes before
what only shows it, like the manager's list.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from cachetools import LRUCache

from bot.domain.errors import NotSaved
from bot.domain.reports.homes import Home, Marks
from bot.services import homes
from bot.slack.errors import OutcomeUnknown, Refused, TryLater
from bot.slack.message import Message
from bot.slack.views.home.view import home_view
from bot.wiring import Wired
from handlers.background import Background
from handlers.boundary import log_failure
from handlers.turns import Turns

Key = tuple[str, str]
"""A workspace's id and a user's."""

GATHER_S: Final = 0.2
"""For how long changes are gathered before it is asked whose Home shows them: once for all who log
in a busy moment, and far below the second in which it is to follow."""
LOOK_EVERY_S: Final = 1.0
"""How often it is looked whether another process has changed a team."""
LOOKING_FOR_S: Final = 3600.0
"""For how long after opening Home, or using it, somebody counts as looking at it."""
_KEPT: Final = 50_000
"""Homes that are remembered; what is forgotten costs a publish too many at most."""
_STEP_S: Final = 0.05
_TRIES: Final = 4
_AGAIN_S: Final = 1.0
_NOT_DRAWN: Final = frozenset({"invalid_blocks", "invalid_arguments"})
"""What a Slack that draws no charts may answer."""


@dataclass(slots=True)
class _Touched:
    """Whose doings haven't been looked into yet, by workspace."""

    users: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    is_gathering: bool = False


class Homes:
    """Publishes. What is started here handles its own failures."""

    def __init__(self, bot: Wired, background: Background, turns: Turns | None = None) -> None:
        self._bot = bot
        self._background = background
        self._turns = turns or Turns()
        self._touched = _Touched()
        self._wanted: dict[Key, bool] = {}  # whether its person has just done something
        self._told: LRUCache[Key, Message] = LRUCache(_KEPT)
        self._under_way: set[Key] = set()
        self._drawn_from: LRUCache[Key, Marks] = LRUCache(_KEPT)
        self._looking: dict[Key, float] = {}
        self._seen: dict[int, str] | None = None
        self._without_charts: LRUCache[str, bool] = LRUCache(_KEPT)

    def opened(self, workspace_id: str, user_id: str) -> None:
        """Somebody looks at Home: it is drawn at once, and watched for a while."""
        self._looking[workspace_id, user_id] = _loop_time()
        self._told.pop((workspace_id, user_id), None)
        self._want((workspace_id, user_id), own=True)

    def changed(self, workspace_id: str, user_id: str) -> None:
        """Something of the person's was committed: their Home follows, and their managers'.

        What stood at the top of theirs goes.
        """
        self._told.pop((workspace_id, user_id), None)
        self._touched.users[workspace_id].add(user_id)
        if not self._touched.is_gathering:
            self._touched.is_gathering = True
            self._background.start(self._gather())

    def tell(self, workspace_id: str, user_id: str, told: Message) -> None:
        """Draws the person's Home again, with an answer at its top until they do something else."""
        self._looking[workspace_id, user_id] = _loop_time()
        self._told[workspace_id, user_id] = told
        self._want((workspace_id, user_id), own=True)

    def is_looking(self, workspace_id: str, user_id: str) -> bool:
        """Whether the person has opened or used Home lately, as far as this process knows."""
        since = self._looking.get((workspace_id, user_id))
        return since is not None and _loop_time() - since < LOOKING_FOR_S

    async def watch(self) -> None:
        """Follows what other processes change (imports, playbooks), until cancelled.

        Every such change renews the revision of its teams. While somebody looks, the revisions of
        that workspace's teams are read each second, and compared with what was drawn last.
        """
        with suppress(NotSaved):
            everybody = await self._bot.transactions.everywhere.read(homes.ever_opened)
            self._looking |= {key: _loop_time() for key in everybody if key not in self._looking}
        while True:
            try:
                await self.look()
            except NotSaved as failure:
                log_failure("homes not watched", failure)
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Looks once for teams that have changed, and has the Homes that show them drawn."""
        now = _loop_time()
        self._looking = {k: at for k, at in self._looking.items() if now - at < LOOKING_FOR_S}
        if not self._looking:
            self._seen = None
            return
        workspaces = {workspace_id for workspace_id, _ in self._looking}
        marks = await self._bot.transactions.everywhere.read(lambda s: homes.marks(s, workspaces))
        before, self._seen = self._seen, dict(marks)
        if changed := _differing(self._drawn_marks() if before is None else before, self._seen):
            await self._follow(changed)

    def _drawn_marks(self) -> dict[int, str]:
        """The states of teams that Homes were drawn from, where nobody has looked before."""
        return {team_id: mark for marks in self._drawn_from.values() for team_id, mark in marks}

    async def _follow(self, team_ids: set[int]) -> None:
        """Has everybody's drawn who hasn't got these teams as they are, those looking first."""
        whose = await self._bot.transactions.everywhere.read(lambda s: homes.around(s, team_ids))
        marks = {(team_id, mark) for team_id, mark in (self._seen or {}).items()}
        for key in sorted(whose, key=lambda key: -self._looking.get(key, 0.0)):
            drawn = self._drawn_from.get(key, frozenset())
            if not drawn or not drawn <= marks or not any(t in team_ids for t, _ in drawn):
                self._want(key, own=False)

    async def _gather(self) -> None:
        await asyncio.sleep(GATHER_S)
        touched, self._touched = self._touched.users, _Touched()
        for workspace_id, users in touched.items():
            try:
                await self._whose(workspace_id, users)
            except NotSaved as failure:  # the next change, or opening Home, makes up for it
                log_failure("homes not followed", failure)

    async def _whose(self, workspace_id: str, users: Iterable[str]) -> None:
        acted = frozenset(users)
        found = await self._bot.transactions.of(workspace_id).read(
            lambda session: homes.concerned(session, workspace_id, acted)
        )
        for user_id in found:
            self._want((workspace_id, user_id), own=user_id in acted)

    def _want(self, key: Key, *, own: bool) -> None:
        self._wanted[key] = own or self._wanted.get(key, False)
        if key not in self._under_way:
            self._under_way.add(key)
            self._background.start(self._publish_all(key))

    async def _publish_all(self, key: Key) -> None:
        """Publishes until nothing newer is wanted."""
        try:
            while key in self._wanted:
                await self._turn(key)
                del self._wanted[key]
                await self._publish(key)
        except Exception as failure:  # noqa: BLE001  the edge of work that nobody waits for
            self._wanted.pop(key, None)
            log_failure("home not published", failure)
        finally:
            self._under_way.discard(key)

    async def _turn(self, key: Key) -> None:
        # Turns come with time, not with an event.
        while not self._turns.take(key, _loop_time(), own=self._wanted[key]):  # noqa: ASYNC110
            await asyncio.sleep(_STEP_S)

    async def _publish(self, key: Key) -> None:
        """Publishing twice does no harm: where the outcome is unknown, it is done again."""
        for left in reversed(range(_TRIES)):
            try:
                await self._publish_once(key)
            except TryLater as failure:
                self._turns.hold(key[0], _loop_time() + failure.retry_after)
                self._wanted.setdefault(key, False)
            except OutcomeUnknown:
                if left:
                    await asyncio.sleep(_AGAIN_S)
                    continue
                raise
            return

    async def _publish_once(self, key: Key) -> None:
        workspace_id, user_id = key
        now = self._bot.clock.now()
        home = await self._bot.transactions.of(workspace_id).read(
            lambda session: homes.home_of(session, workspace_id, user_id, now)
        )
        client = await self._bot.clients.client_for(workspace_id)
        if client is None:
            return
        charts, told = workspace_id not in self._without_charts, self._told.get(key)
        try:
            await client.publish_home(user_id, home_view(home, told, charts=charts))
        except Refused as failure:
            if failure.code not in _NOT_DRAWN or not _has_chart(home, charts=charts):
                raise
            await client.publish_home(user_id, home_view(home, told, charts=False))
            self._without_charts[workspace_id] = True
        self._drawn_from[key] = home.marks


def _differing(before: Mapping[int, str], after: Mapping[int, str]) -> set[int]:
    """The teams that are new, gone or not as they were."""
    return {t for t in {*before, *after} if before and before.get(t) != after.get(t)}


def _has_chart(home: Home, *, charts: bool) -> bool:
    return charts and home.own is not None and bool(home.own.week)


def _loop_time() -> float:
    return asyncio.get_running_loop().time()
