"""The sandbox that tests, the demo and the benchmarks start."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Self

from aiohttp import web

from sandbox.acting.person import Person
from sandbox.app import Parts
from sandbox.changes import Changes
from sandbox.clock import Clock, as_clock
from sandbox.faults import Chaos, Fault, Planned
from sandbox.files import File
from sandbox.happenings import Happenings
from sandbox.host import Host
from sandbox.journal import Exchange, Journal
from sandbox.message import Message
from sandbox.rates import Meter, RateLimits
from sandbox.team import Team
from sandbox.threaded import ThreadedSandbox
from sandbox.workspace import Workspace
from sandbox.world import World

HOST = "127.0.0.1"
# How long an answer that a fault holds back may delay the end.
STOP_SECONDS = 0.2


class Sandbox(Happenings):
    """A strict local Slack on 127.0.0.1.

    `rate_limits` may be False (for benchmarks) or limits of one's own; `clock` a Clock, or any
    function or object that tells the time; `port` 0 takes a free one; `journal_size` 0 keeps
    no journal; `host_program` what the page offers besides Slack (also settable later). Use it
    as an async context manager, or `in_thread()` from synchronous code.
    """

    def __init__(
        self,
        workspaces: Iterable[Workspace] = (),
        *,
        rate_limits: bool | RateLimits = True,
        clock: "Clock | Callable[[], datetime] | None" = None,
        request_url: str | None = None,
        host: str = HOST,
        port: int = 0,
        journal_size: int = 10_000,
        host_program: Host | None = None,
    ) -> None:
        if host != HOST:
            raise ValueError(f"the sandbox listens on {HOST} alone")
        limits = RateLimits() if rate_limits is True else rate_limits or None
        ticking = as_clock(clock)
        changes = Changes()
        journal = Journal(journal_size, changes.touch)
        self.world = World(ticking, Meter(limits, ticking), journal, changes=changes)
        self.world.host = host_program or Host()
        self.world.request_url = request_url
        for seed in workspaces:
            self.world.add(seed)
        self._parts = Parts(self.world)
        super().__init__(self.world, self._parts.events)
        self._port = port
        self._runner: web.AppRunner | None = None

    def patient(self, seconds: float) -> Self:
        """Waits so long in place of Slack's three seconds, in all workspaces there are: longer
        where the machine itself is slow and something else is looked at."""
        self.world.patience = seconds
        for team in self.world.teams.values():
            team.tickets.trigger_life = timedelta(seconds=seconds)
        return self

    async def start(self) -> Self:
        """Listens. Raises OSError when the port is taken."""
        self._runner = web.AppRunner(
            self._parts.application(), access_log=None, shutdown_timeout=STOP_SECONDS
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self.world.base_url = f"http://{HOST}:{self._port}"
        return self

    async def stop(self) -> None:
        """Ends retries and connections, then closes the port."""
        await self._parts.close()
        if self._runner is not None:
            await self._runner.shutdown()
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def in_thread(self) -> ThreadedSandbox:
        """This sandbox in a background thread with its own event loop, for synchronous code."""
        return ThreadedSandbox(self)

    @property
    def port(self) -> int:
        return self._port

    @property
    def api_url(self) -> str:
        """The `base_url` of a Slack client."""
        return f"{self.world.base_url}/api/"

    @property
    def control_url(self) -> str:
        return f"{self.world.base_url}/_sandbox/"

    @property
    def request_url(self) -> str | None:
        """Where the bot takes signed requests; without it only Socket Mode delivers."""
        return self.world.request_url

    @request_url.setter
    def request_url(self, url: str | None) -> None:
        self.world.request_url = url

    @property
    def page_url(self) -> str:
        """The page for people."""
        return f"{self.world.base_url}/"

    @property
    def host_program(self) -> Host:
        """Time controls and tour of the page."""
        return self.world.host

    @host_program.setter
    def host_program(self, host: Host) -> None:
        self.world.host = host
        self.world.changes.touch()

    @property
    def journal(self) -> list[Exchange]:
        """Requests and answers of both directions, in order."""
        return self.world.journal.exchanges()

    def calls(self, method: str) -> list[Exchange]:
        """The journal of one method (`chat.postMessage`, `/log`, `block_actions`, …)."""
        return [exchange for exchange in self.journal if exchange.method == method]

    def team(self, workspace: str | None = None) -> Team:
        """The live state of a workspace."""
        return self.world.team(workspace)

    def person(self, user_id: str, workspace: str | None = None) -> Person:
        """Somebody to act as. Raises SlackError `user_not_found`."""
        return Person(self.team(workspace), user_id, self._parts.courier, self._parts.events)

    def messages(
        self, channel: str, workspace: str | None = None, *, deleted: bool = False
    ) -> list[Message]:
        """The messages of a channel, or (by user id) of a person's direct messages, oldest first;
        with `deleted` also those that are gone."""
        team = self.team(workspace)
        place = team.direct(channel) if channel in team.users else team.conversations[channel]
        return list(place.messages.values()) if deleted else place.live()

    def files(self, workspace: str | None = None) -> list[File]:
        """Every file that the bot has announced, oldest first."""
        return list(self.team(workspace).files.values())

    def fail(
        self,
        method: str,
        fault: Fault,
        times: int | None = 1,
        *,
        channel: str | None = None,
        workspace: str | None = None,
    ) -> Planned:
        """Orders a fault for the next `times` calls of a method (`*`: of any; None: for ever)."""
        return self.world.faults.add(Planned(method, fault, times, channel, workspace))

    def chaos(
        self, seed: int, chances: Mapping[Fault, float], methods: Iterable[str] | None = None
    ) -> None:
        """Faults at random from now on, reproducible by `seed`."""
        self.world.faults.chaos = Chaos(seed, chances, methods)

    def heal(self) -> None:
        """No more faults."""
        self.world.faults.clear()

    async def disconnect_sockets(self, *, abrupt: bool = False) -> int:
        """Ends the Socket Mode connections, announced or not; returns how many there were."""
        return await self._parts.sockets.disconnect(abrupt=abrupt)

    def is_socket_connected(self, workspace: str | None = None) -> bool:
        return self._parts.sockets.is_connected(self.team(workspace).seed.app_token)

    async def settled(self) -> None:
        """Waits until no event is to be retried any more (on the sandbox's clock)."""
        await asyncio.shield(self._parts.events.settled())
