"""A `pacesetter worker` beside PostgreSQL and a Slack, each a process, for as long as a block runs.

Slack is the sandbox, which checks each message as Slack would. All workspaces have the app by
OAuth, their tokens encrypted.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from sqlalchemy import Engine, insert, text

from benchmarks.serving import Server, free_port, serving
from bot.db.engine import make_engine
from bot.db.session import Session
from bot.db.tables import workspaces
from bot.domain.installations import Grant
from bot.domain.ledger.occasions import Occasion, OccasionKind
from bot.services import ledger
from bot.services.installing import installations
from bot.services.installing.keys import TokenKeys, new_key
from jobs.deferring import defer_drains
from tests.postgresql import Cluster

_LOOK_EVERY_S = 0.1
"""A look reads the whole ledger, at the worker's cost."""
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Office:
    """The worker, what it works on, and where it posts to."""

    engine: Engine
    worker: Server
    api_url: str
    workspaces: Sequence[str]
    channels: Sequence[str]
    """Of each workspace."""

    def plan(
        self, name: str, *, each: int = 1, among: Sequence[str] | None = None
    ) -> list[Occasion]:
        """Plans so many messages for each channel of these workspaces, or of all, due at once."""
        now = datetime.now(UTC)
        planned = [
            Occasion(
                f"welcome:{name}:{channel}:{number:03}",
                OccasionKind.WELCOME,
                workspace,
                None,
                channel,
                now,
            )
            for number in range(each)
            for workspace in among or self.workspaces
            for channel in self.channels
        ]
        with self.engine.begin() as connection:
            session = Session(connection)
            for start in range(0, len(planned), _PORTION):
                ledger.add(session, planned[start : start + _PORTION], now)
            defer_drains(connection.connection.driver_connection, session.to_send)
        return planned

    def said(self) -> list[dict[str, Any]]:
        """What came to Slack as messages, refused ones too: the sandbox's journal of it."""
        with urlopen(self.api_url.removesuffix("api/") + "_sandbox/journal") as answer:
            journal: list[dict[str, Any]] = json.load(answer)
        return [each for each in journal if each["method"] == "chat.postMessage"]

    def wait_until_sent(self, within: float) -> None:
        """Raises where something isn't sent by then."""
        until = time.perf_counter() + within
        waiting = "SELECT count(*) FROM deliveries WHERE state IN ('planned', 'sending')"
        while left := self._number(waiting):
            if time.perf_counter() > until:
                raise RuntimeError(f"{left} messages weren't sent")
            time.sleep(_LOOK_EVERY_S)
        if failed := self._number("SELECT count(*) FROM deliveries WHERE state <> 'sent'"):
            raise RuntimeError(f"{failed} messages can't be sent")

    def _number(self, query: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.execute(text(query)).scalar_one())


@contextmanager
def an_office(
    cluster: Cluster, folder: Path, size: int, *, channels: int = 1, rate_limits: bool = False
) -> Iterator[Office]:
    """All of it, for so many workspaces of so many channels, in a database of its own."""
    names = [f"T{number:05}" for number in range(size)]
    rooms = [f"C{number}" for number in range(channels)]
    url = cluster.create(f"office{size}")
    _migrate(url)
    key = new_key()
    with ExitStack() as stack:
        engine = make_engine(url)
        stack.callback(engine.dispose)
        _installed(engine, names, key)
        api_url = stack.enter_context(_a_slack(folder, names, rooms, rate_limits=rate_limits))
        worker = stack.enter_context(_a_worker(url, api_url, key))
        yield Office(engine, worker, api_url, names, rooms)


def _migrate(url: str) -> None:
    from bot.db.migrate import upgrade  # noqa: PLC0415  alembic's memory is for this alone

    upgrade(url)


def _installed(engine: Engine, names: Sequence[str], key: str) -> None:
    keys, now = TokenKeys.parse(key), datetime.now(UTC)
    with engine.begin() as connection:
        rows = [{"id": name, "timezone": "Etc/UTC", "created_at": now} for name in names]
        connection.execute(insert(workspaces), rows)
        for name in names:
            installations.keep(Session(connection), keys, _grant(name), now)


def _grant(workspace: str) -> Grant:
    return Grant(
        workspace_id=workspace,
        organisation=None,
        is_org_wide=False,
        name=workspace,
        app_id="A0SANDBOX",
        bot_user_id="U0BOT",
        installer="U0ADMIN",
        scopes=frozenset({"chat:write"}),
        token=token_of(workspace),
    )


def token_of(workspace: str) -> str:
    """As the sandbox makes it."""
    return f"xoxb-{workspace}-sandbox"


@contextmanager
def _a_slack(
    folder: Path, names: Sequence[str], rooms: Sequence[str], *, rate_limits: bool
) -> Iterator[str]:
    """The base address of its Web API."""
    channels = [{"id": room, "name": room.lower()} for room in rooms]
    seed = folder / "seed.json"
    seed.write_text(json.dumps([{"id": name, "channels": channels} for name in names]), "utf-8")
    port = free_port()
    command = ["sandbox", "--seed", str(seed), "--port", str(port)]
    with serving([*command, *([] if rate_limits else ["--no-rate-limits"])], port, {}):
        yield f"http://127.0.0.1:{port}/api/"


@contextmanager
def _a_worker(url: str, api_url: str, key: str) -> Iterator[Server]:
    port = free_port()
    environment = {
        "DATABASE_URL": url,
        "SLACK_API_URL": api_url,
        "SLACK_CLIENT_ID": "client",
        "SLACK_CLIENT_SECRET": "secret",
        "SLACK_STATE_SECRET": "state",
        "TOKEN_KEYS": key,
        "WORKER_PORT": str(port),
        "LOG_LEVEL": "warning",
    }
    with serving(["bot", "worker"], port, environment) as server:
        yield server
