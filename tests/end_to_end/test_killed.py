"""SIGKILL at random instants, 200 times: every message once, every acknowledged entry on disk."""

import asyncio
import random
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.files.playbook import read
from bot.services.playbooks.apply import apply_playbook
from bot.wiring import prepare_database, wired
from sandbox import Channel, Sandbox, User, Workspace
from tests.end_to_end.nursery import SPEED, START, HurriedClock, Nursery, Orders
from tests.end_to_end.running import free_port
from tests.end_to_end.staging import key_of
from tests.patience import PATIENCE_S

KILLS = 200
LIVES = 2.0
"""The longest life in units of what the first message takes: some lives send many, some none."""
WEB_DIES_EVERY = 5
DEALS = 10
"""Entries that are deals, the first of each rep worth a celebration at once; then calls."""
TEAMS = ("East", "North", "West")
REPS = 60
NUDGED_WITHIN_MIN = 35
FEWEST_INTERRUPTED = 5
TEAM = """\
  - name: {name}
    channel: C{name}
    managers: [UMORGAN]
    reps:
{reps}
    results:
      - name: New customers
        period: month
        target: 1
        behaviours:
          - {{name: Calls, unit: calls, target: 10, period: day}}
          - {{name: Meetings, target: 5, period: week}}
"""


@dataclass
class Crowd:
    """Everybody whose nudge is due while the killing goes on, and in each team one who types."""

    nudged: dict[str, str] = field(default_factory=dict)
    typists: list[str] = field(default_factory=list)
    playbook: str = "workspace: T01KILLED\ntimezone: Etc/UTC\nteams:\n"

    def __post_init__(self) -> None:
        for name in TEAMS:
            self.typists.append(f"U{name}TYPIST".upper())
            minutes = {f"U{name}{n:03d}".upper(): n % NUDGED_WITHIN_MIN for n in range(REPS)}
            self.nudged |= {user: f"09:{minute:02d}" for user, minute in minutes.items()}
            lines = [f"      - {self.typists[-1]}"]
            lines += [f'      - {{user: {u}, nudge_at: "{self.nudged[u]}"}}' for u in minutes]
            team = TEAM.format(name=name, reps="\n".join(lines))
            self.playbook += team.replace(f"C{name}", f"C{name}".upper())

    def workspace(self) -> Workspace:
        everybody = ("UMORGAN", *self.typists, *self.nudged)
        users = tuple(User(each, each.lower(), tz="Etc/UTC") for each in everybody)
        channels = tuple(Channel(f"C{t}".upper(), t.lower(), everybody) for t in TEAMS)
        return Workspace("T01KILLED", users=users, channels=channels)


@dataclass
class Typing:
    """People who type without pause; `acknowledged` are the notes of what was said recorded."""

    slack: Any
    typists: list[str]
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0

    def one(self, number: int) -> None:
        user = self.typists[number % len(self.typists)]
        what = "won 4200" if len(self.acknowledged) < DEALS else "1 call"
        reply = self.slack.person(user).command("/log", f"{what}; n{number}")
        if reply.ok and "Recorded" in reply.text:
            self.acknowledged.append(f"n{number}")
        else:
            self.refused += 1
            time.sleep(0.02)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        done = threading.Event()

        def type_on() -> None:
            number = 0
            while not done.is_set():
                self.one(number)
                number += 1

        typing = threading.Thread(target=type_on)
        typing.start()
        try:
            yield
        finally:
            done.set()
            typing.join()


def kill_again_and_again(nursery: Nursery, slack: Any, seed: int) -> None:
    """The sender each time, the web half now and then."""
    chance, web = random.Random(seed), nursery.fork("web")
    longest = LIVES * first_message_takes(nursery, slack)
    for number in range(KILLS):
        sender = nursery.fork("sender")
        time.sleep(chance.uniform(0, longest))
        nursery.kill(sender)
        if number % WEB_DIES_EVERY == 0:
            nursery.kill(web)
            web = nursery.fork("web")
    nursery.kill(web)


def first_message_takes(nursery: Nursery, slack: Any) -> float:
    """Seconds from the birth of a sender that has something to send to its first message."""
    time.sleep(2 * 60 / SPEED)  # by then the first nudges are due
    born, sender = time.monotonic(), nursery.fork("sender")
    until = born + PATIENCE_S
    while not any(call.ok for call in slack.calls("chat.postMessage")):
        assert time.monotonic() < until, "nothing was sent"
        time.sleep(0.005)
    nursery.kill(sender)
    return time.monotonic() - born


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def wait_until_settled(database: Path, clock: HurriedClock) -> None:
    """Until every nudge time is past and nothing is planned or under way."""
    last = START + timedelta(minutes=NUDGED_WITHIN_MIN + 1)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        time.sleep(0.1)
        open_rows = "SELECT key FROM deliveries WHERE state IN ('planned', 'sending')"
        nudges = "SELECT key FROM deliveries WHERE kind = 'nudge'"
        known = len(rows(database, nudges)) >= REPS * len(TEAMS)
        if clock.now() > last and known and not rows(database, open_rows):
            return
    raise AssertionError(rows(database, "SELECT key, state, reason FROM deliveries")[:20])


async def set_up(orders: Orders, playbook: str) -> None:
    """The day before, so that by Tuesday everybody is behind."""
    async with wired(orders.settings()) as bot:
        plan = read(playbook.encode()).playbook
        await bot.transactions.everywhere.write_alone(
            lambda session: apply_playbook(session, plan, START - timedelta(days=1))
        )


@pytest.mark.parametrize("seed", [20261122])
def test_kills_at_random_instants_lose_nothing_and_double_nothing(
    tmp_path: Path, seed: int
) -> None:
    crowd, started, database = Crowd(), time.time(), tmp_path / "bot.db"
    seeded, url = crowd.workspace(), f"sqlite:///{tmp_path / 'bot.db'}"
    prepare_database(url)
    with Sandbox([seeded], clock=HurriedClock(started).now).in_thread() as slack:
        orders = Orders(
            url, slack.api_url, seeded.bot_token, seeded.signing_secret, started, free_port()
        )
        asyncio.run(set_up(orders, crowd.playbook))
        slack.request_url = f"http://127.0.0.1:{orders.port}/slack/events"
        typing = Typing(slack, crowd.typists)
        with Nursery.opened(orders, tmp_path / "bots.log") as nursery:
            with typing.going_on():
                kill_again_and_again(nursery, slack, seed)
            last = nursery.fork("sender")
            wait_until_settled(database, orders.clock)
            nursery.kill(last)
        places = [*crowd.nudged, *crowd.typists, *(channel.id for channel in seeded.channels)]
        there = Counter(key_of(m) for place in places for m in slack.messages(place))

    sent = {row[0] for row in rows(database, "SELECT key FROM deliveries WHERE state = 'sent'")}
    assert set(there.values()) == {1}, there.most_common(3)
    assert set(there) == sent
    assert {f"nudge:{user}:2026-03-24" for user in crowd.nudged} <= sent
    assert len([key for key in sent if key.endswith(":100")]) == len(TEAMS)
    on_disk = Counter(row[0] for row in rows(database, "SELECT note FROM entries"))
    assert set(on_disk.values()) == {1}
    assert set(typing.acknowledged) <= set(on_disk)
    assert len(typing.acknowledged) > DEALS
    (interrupted,) = rows(database, "SELECT count(*) FROM deliveries WHERE attempts > 1")
    assert interrupted[0] > FEWEST_INTERRUPTED, "the kills met nothing in the middle"
