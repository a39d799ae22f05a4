"""What happens in a workspace of itself, through the control API."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from sandbox.acting.events import Events
from sandbox.errors import JsonObject
from sandbox.happenings import Happenings
from sandbox.workspace import User
from sandbox.world import World


class Happening:
    """Each endpoint takes `workspace`? besides what it names itself."""

    def __init__(self, world: World, events: Events) -> None:
        self.world = world
        self._happenings = Happenings(world, events)

    def endpoints(self) -> dict[str, Callable[[JsonObject], Awaitable[Any]]]:
        return {
            "archive": self.archive,
            "unarchive": self.unarchive,
            "rename-channel": self.rename,
            "delete-channel": self.delete,
            "remove-bot": self.remove_bot,
            "leave-channel": self.leave,
            "join-channel": self.join,
            "change-user": self.change_user,
            "add-user": self.add_user,
        }

    async def archive(self, asked: JsonObject) -> Any:
        """`channel`"""
        await self._happenings.archive(asked["channel"], asked.get("workspace"))
        return {"ok": True}

    async def unarchive(self, asked: JsonObject) -> Any:
        """`channel`"""
        await self._happenings.unarchive(asked["channel"], asked.get("workspace"))
        return {"ok": True}

    async def rename(self, asked: JsonObject) -> Any:
        """`channel`, `name`"""
        await self._happenings.rename(asked["channel"], asked["name"], asked.get("workspace"))
        return {"ok": True}

    async def delete(self, asked: JsonObject) -> Any:
        """`channel`"""
        await self._happenings.delete_channel(asked["channel"], asked.get("workspace"))
        return {"ok": True}

    async def remove_bot(self, asked: JsonObject) -> Any:
        """`channel`, `by`?"""
        where = asked["channel"], asked.get("workspace")
        await self._happenings.remove_bot(*where, by=asked.get("by"))
        return {"ok": True}

    async def leave(self, asked: JsonObject) -> Any:
        """`user`, `channel`"""
        await self._happenings.leave(asked["user"], asked["channel"], asked.get("workspace"))
        return {"ok": True}

    async def join(self, asked: JsonObject) -> Any:
        """`user` (a person, or the bot), `channel`"""
        await self._happenings.join(asked["user"], asked["channel"], asked.get("workspace"))
        return {"ok": True}

    async def change_user(self, asked: JsonObject) -> Any:
        """`user`, `changes` (fields of User: `real_name`, `tz`, `deleted`, …)"""
        changes = {name: value for name, value in asked["changes"].items() if name != "id"}
        changed = await self._happenings.change_user(
            asked["user"], asked.get("workspace"), **changes
        )
        return asdict(changed)

    async def add_user(self, asked: JsonObject) -> Any:
        """`user` (the fields of User)"""
        return asdict(
            await self._happenings.add_user(User(**asked["user"]), asked.get("workspace"))
        )
