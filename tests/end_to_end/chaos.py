"""Chaos: webs and workers killed, PostgreSQL restarted, Slack failing, all at random instants.

As a program (`make chaos`): the long form; prints what it did and found.
"""

import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from bot.db.engine import make_engine
from bot.db.session import Session
from bot.domain.ledger.occasions import Occasion, OccasionKind
from bot.services import ledger
from bot.wiring import migrate
from sandbox import Channel, Fault, Sandbox, User, Workspace
from tests.end_to_end.colony import SLACK_TIMEOUT_S
from tests.end_to_end.nursery import Nursery, Orders
from tests.end_to_end.running import free_port
from tests.end_to_end.staging import key_of
from tests.patience import PATIENCE_S
from tests.postgresql import Cluster, running_cluster
from tests.teams import IndicatorRow, RepRow, a_team

WORKERS, WEBS = 3, 2
CHANNELS, REPS = 5, 3
MANAGER = "UMORGAN"
EVERYBODY = (MANAGER, *(f"U{number}" for number in range(REPS)))
"""The first is where teams celebrate: a few times a day, other posts counted."""
INDICATORS = (
    IndicatorRow("New customers", "customers", "month", 1),  # a deal is worth a celebration
    IndicatorRow("Calls", "calls", "week", 20, "New customers", ("call",)),
)
FAULTS = {
    Fault.slow(0.2): 0.03,
    Fault.drop_before(): 0.02,
    Fault.drop_after(): 0.02,
    Fault.timeout_after(SLACK_TIMEOUT_S * 2): 0.01,
    Fault.timeout_before(SLACK_TIMEOUT_S * 2): 0.01,
    Fault.server_error(503): 0.01,
    Fault.server_error(500, accepted=True): 0.01,
    Fault.internal_error(accepted=True): 0.01,
    Fault.rate_limited(1): 0.01,
}
METHODS = ("chat.postMessage", "conversations.history", "conversations.open")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything. `life` is how long a process lives at most, in seconds."""

    kills: int
    entries: int
    deliveries: int
    workspaces: int
    restarts: int
    typists: int = 4
    life: float = 1.0
    settles_within: float = PATIENCE_S
    seed: int = 20261122


SHORT = Size(kills=20, entries=300, deliveries=500, workspaces=10, restarts=1)
LONG = Size(
    kills=300,
    entries=5_000,
    deliveries=20_000,
    workspaces=200,
    restarts=2,
    typists=8,
    life=2.0,
    settles_within=600.0,
)


@dataclass
class Findings:
    """What was done, and what came of it."""

    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0
    planned: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    there: Counter[tuple[str, str]] = field(default_factory=Counter)
    posts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    on_disk: Counter[str] = field(default_factory=Counter)
    settled: set[tuple[str, str]] = field(default_factory=set)
    interrupted: int = 0
    unsettled: list[Any] = field(default_factory=list)
    seconds: float = 0.0

    def wrong(self) -> list[str]:
        """What must not be; nothing, where all is well."""
        doubled = [key for key, times in self.there.items() if times > 1]
        twice = [note for note, times in self.on_disk.items() if times > 1]
        lost = set(self.acknowledged) - set(self.on_disk)
        missing = self.settled - set(self.there)
        claims = {
            "not sent": self.unsettled[:5],
            "sent more than once": doubled[:5],
            "marked as sent and not there": sorted(missing)[:5],
            "there and not marked as sent": sorted(set(self.there) - self.settled)[:5],
            "acknowledged and not on disk": sorted(lost)[:5],
            "recorded more than once": twice[:5],
            "out of order": self._disordered()[:5],
        }
        return [f"{what}: {which}" for what, which in claims.items() if which]

    def _disordered(self) -> list[Any]:
        return [
            (place, posts[:40])
            for place, posts in self.posts.items()
            if [key for key in posts if key in set(self.planned.get(place, ()))]
            != self.planned.get(place, [])
        ]


@dataclass
class Chaos:
    """One run over one database and one Slack."""

    size: Size
    slack: Any
    cluster: Cluster
    engine: Engine
    nursery: Nursery
    teams: dict[str, int]
    found: Findings = field(default_factory=Findings)

    def run(self) -> Findings:
        began = time.monotonic()
        bots = ["worker"] * WORKERS + ["web"] * WEBS
        alive = [(kind, self.nursery.fork(kind)) for kind in bots]
        self.slack.chaos(self.size.seed, FAULTS, METHODS)
        with self._going_on():
            alive = self._kill_again_and_again(alive)
        self.slack.heal()
        self._wait_until_settled()
        for _, pid in alive:
            self.nursery.kill(pid)
        self._look()
        self.found.seconds = time.monotonic() - began
        return self.found

    def _kill_again_and_again(self, alive: list[tuple[str, int]]) -> list[tuple[str, int]]:
        chance = random.Random(self.size.seed)
        restart_after = {
            (number + 1) * self.size.kills // (self.size.restarts + 1)
            for number in range(self.size.restarts)
        }
        for number in range(self.size.kills):
            time.sleep(chance.uniform(0, self.size.life))
            kind, pid = alive.pop(chance.randrange(len(alive)))
            self.nursery.kill(pid)
            alive.append((kind, self.nursery.fork(kind)))
            if number in restart_after:
                self.cluster.restart()
        return alive

    @contextmanager
    def _going_on(self) -> Iterator[None]:
        """People type and messages are planned while the block runs, and to their end."""
        numbers = iter(range(self.size.entries))
        threads = [threading.Thread(target=self._plan_all)]
        threads += [
            threading.Thread(target=self._type, args=(numbers,)) for _ in range(self.size.typists)
        ]
        for thread in threads:
            thread.start()
        yield
        for thread in threads:
            thread.join()

    def _type(self, numbers: Iterator[int]) -> None:
        workspaces = list(self.teams)
        for number in numbers:
            workspace = workspaces[number % len(workspaces)]
            person = self.slack.person(f"U{number // len(workspaces) % REPS}", workspace)
            line = "won" if number < len(workspaces) * REPS else "1 call"
            while not self._said(person, f"{line}; n{number}", number):
                time.sleep(0.05)

    def _said(self, person: Any, line: str, number: int) -> bool:
        """Whether it was acknowledged; who reads nothing doesn't know, and doesn't say it again."""
        reply = person.command("/log", line)
        if reply.ok and "Recorded" in reply.text:
            self.found.acknowledged.append(f"n{number}")
            return True
        self.found.refused += 1
        return not (reply.ok and "nothing was recorded" in reply.text)

    def _plan_all(self) -> None:
        """Each message in a transaction of its own, the channels taking turns."""
        places = [(w, f"C{c}") for c in range(1, CHANNELS) for w in self.teams]
        for number in range(self.size.deliveries):
            workspace, channel = place = places[number % len(places)]
            key = f"recap:{channel}:{number:06}"
            self._plan(workspace, channel, key)
            self.found.planned.setdefault(place, []).append(key)

    def _plan(self, workspace: str, channel: str, key: str) -> None:
        now = datetime.now(UTC)
        occasion = Occasion(
            key, OccasionKind.RECAP, workspace, self.teams[workspace], channel, due_at=now
        )
        while True:
            try:
                with self.engine.begin() as connection:
                    ledger.add(Session(connection), [occasion], now)
            except Exception:  # noqa: BLE001  PostgreSQL is being restarted
                time.sleep(0.1)
            else:
                return

    def _wait_until_settled(self) -> None:
        until = time.monotonic() + self.size.settles_within
        query = "SELECT key, state FROM deliveries WHERE state IN ('planned', 'sending')"
        while (left := self._rows(query)) and time.monotonic() < until:
            time.sleep(0.2)
        self.found.unsettled = left

    def _look(self) -> None:
        for workspace in self.teams:
            for place in [f"C{c}" for c in range(CHANNELS)] + [*EVERYBODY]:
                keys = [str(key_of(each)) for each in self.slack.messages(place, workspace)]
                self.found.posts[workspace, place] = keys
                self.found.there.update((workspace, key) for key in keys)
        self.found.on_disk = Counter(row[0] for row in self._rows("SELECT note FROM entries"))
        sent = self._rows("SELECT workspace_id, key FROM deliveries WHERE state = 'sent'")
        self.found.settled = {(row[0], row[1]) for row in sent}
        again = self._rows("SELECT count(*) FROM deliveries WHERE attempts > 1")
        self.found.interrupted = again[0][0]

    def _rows(self, query: str) -> list[Any]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]


def a_slack(name: str) -> Workspace:
    """A workspace with a few reps and channels; all are in all."""
    users = tuple(User(each, each.lower(), tz="Etc/UTC") for each in EVERYBODY)
    rooms = tuple(Channel(f"C{number}", f"c{number}", EVERYBODY) for number in range(CHANNELS))
    return Workspace(name, users=users, channels=rooms)


def run_chaos(size: Size, cluster: Cluster, folder: Path) -> Findings:
    """All of it, in a database of its own."""
    url = cluster.create("chaos")
    migrate(url)
    engine = make_engine(url)
    names = [f"T{number:03}" for number in range(size.workspaces)]
    reps = tuple(RepRow(f"U{number}", f"Rep {number}", "Etc/UTC") for number in range(REPS))
    with engine.begin() as connection:
        teams = {
            name: a_team(
                connection,
                workspace_id=name,
                reps=reps,
                managers=(MANAGER,),
                listed=INDICATORS,
                channel="C0",
            ).team_id
            for name in names
        }
    try:
        with Sandbox(list(map(a_slack, names)), rate_limits=False).in_thread() as slack:
            seed = slack.team(names[0]).seed
            orders = Orders(
                url, slack.api_url, seed.bot_token, seed.signing_secret, time.time(), free_port()
            )
            slack.request_url = f"http://127.0.0.1:{orders.port}/slack/events"
            log = folder / "colony.log"
            with Nursery.opened(orders, log, "tests.end_to_end.colony") as nursery:
                return Chaos(size, slack, cluster, engine, nursery, teams).run()
    finally:
        engine.dispose()


def _main(changes: dict[str, Any]) -> int:
    size = replace(LONG, **changes)
    with tempfile.TemporaryDirectory() as folder, running_cluster(is_durable=True) as cluster:
        found = run_chaos(size, cluster, Path(folder))
    told = {
        "seconds": round(found.seconds, 1),
        "acknowledged entries": len(found.acknowledged),
        "refused": found.refused,
        "messages": sum(found.there.values()),
        "taken up more than once": found.interrupted,
        "wrong": found.wrong(),
    }
    sys.stdout.write(json.dumps(told, indent=2, default=str) + "\n")
    return 1 if found.wrong() else 0


if __name__ == "__main__":
    pairs = (argument.partition("=") for argument in sys.argv[1:])
    sys.exit(_main({name: json.loads(value) for name, _, value in pairs}))
