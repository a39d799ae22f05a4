"""What one person sees, and of it what has changed since the last look."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sandbox.errors import JsonObject
from sandbox.journal import Exchange
from sandbox.message import Message
from sandbox.team import Conversation, Team
from sandbox.world import World

# The newest exchanges that a page is told of when it opens.
EXCHANGES = 300


class Outlook:
    """Asked again and again, gives only the difference. States are compared by identity where they
    are frozen values, else by equality."""

    def __init__(self, world: World, team: Team, user: str) -> None:
        self.world = world
        self.team = team
        self.user = user
        self._messages: dict[tuple[str, str], tuple[Message, Any]] = {}
        self._parts: dict[str, Any] = {}
        self._number = 0

    def news(self) -> JsonObject:
        """`now` always; everything else where it is new: `team`, `messages`, `home`, `modals`,
        `faults`, `host`, `running`, `journal`."""
        now = self.world.host.now or self.world.clock.now
        news: JsonObject = {"now": now().isoformat()}
        for name, part in self._look():
            if name not in self._parts or self._parts[name] != part:
                self._parts[name] = news[name] = part
        news |= {name: rows for name, rows in self._additions() if rows}
        return news

    def _look(self) -> Iterator[tuple[str, Any]]:
        team, host = self.team, self.world.host
        yield "team", {"me": self.user, **team_record(team, self._rooms(), host.people)}
        home = team.screens.homes.get(self.user)
        yield "home", team.view_as_api(home) if home else None
        yield "modals", [team.view_as_api(view) for view in team.screens.stacks.get(self.user, [])]
        yield "faults", [planned.as_record() for planned in self.world.faults.planned]
        controls = [
            {"id": one.id, "label": one.label, "asksForDate": one.asks_for_date}
            for one in host.controls
        ]
        yield "host", {"controls": controls, "tour": [asdict(step) for step in host.tour]}
        yield "running", self.world.running.as_record()

    def _additions(self) -> Iterator[tuple[str, list[JsonObject]]]:
        yield "messages", list(self._changed_messages())
        exchanges = self.world.journal.exchanges(self._number)[-EXCHANGES:]
        if exchanges:
            self._number = exchanges[-1].number
        yield "journal", [summary(exchange) for exchange in exchanges]

    def _changed_messages(self) -> Iterator[JsonObject]:
        for message in self._visible():
            key = (message.channel, message.ts)
            state = self.team.entries.get((self.user, *key))
            before = self._messages.get(key)
            if before is not None and before[0] is message and before[1] is state:
                continue
            if before is None and message.deleted:
                continue
            self._messages[key] = (message, state)
            yield message_record(message, state or {})

    def _visible(self) -> Iterable[Message]:
        for room in self._rooms():
            yield from room.messages.values()
        for message in self.team.ephemerals.values():
            if message.ephemeral_to == self.user:
                yield message

    def _rooms(self) -> list[Conversation]:
        rooms = self.team.conversations.values()
        return [room for room in rooms if self.user in room.members]


def team_record(team: Team, rooms: Iterable[Conversation], people: tuple[str, ...]) -> JsonObject:
    """The workspace as its sidebar shows it to somebody in `rooms`; no tokens."""
    seed = team.seed
    return {
        "id": seed.id,
        "name": seed.name,
        "app": {"user": seed.bot_user_id, "homeTab": seed.home_tab, "messages": seed.messages_tab},
        "commands": [asdict(command) for command in seed.commands],
        "shortcuts": [asdict(shortcut) for shortcut in seed.shortcuts],
        "people": list(people),
        "users": [
            {
                "id": user.id,
                "name": user.name,
                "realName": user.real_name or user.name,
                "tz": user.tz,
                "isAdmin": user.is_admin,
                "isBot": user.is_bot,
                "deleted": user.deleted,
            }
            for user in team.users.values()
        ],
        "rooms": [
            {
                "id": room.id,
                "name": room.name,
                "kind": room.kind,
                "members": sorted(room.members),
                "archived": room.is_archived,
            }
            for room in rooms
        ],
    }


def message_record(message: Message, state: Any) -> JsonObject:
    """A message as the page draws it; `state` is what this person has entered in it."""
    if message.deleted:
        return {"channel": message.channel, "ts": message.ts, "deleted": True}
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "files": list(message.files),
        "thread": message.thread_ts,
        "edited": message.edited is not None,
        "ephemeral": message.ephemeral_to is not None,
        "broadcast": message.broadcast,
        "reactions": [list(pair) for pair in message.reactions],
        "state": state,
    }


def summary(exchange: Exchange) -> JsonObject:
    """One line of the inspector."""
    return {
        "number": exchange.number,
        "at": exchange.at.isoformat(),
        "to": exchange.to,
        "method": exchange.method,
        "status": exchange.status,
        "ok": exchange.ok,
        "elapsed": exchange.elapsed,
        "error": exchange.error,
        "fault": exchange.fault,
        "retry": exchange.retry,
    }
