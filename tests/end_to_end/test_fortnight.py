"""One fortnight of a team of eight in three time zones, over real signed HTTP, day by day."""

import asyncio
import csv
import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from bot.demo.play import Answered, Play, Scene, Wrote
from bot.demo.scenario import OVER, steps
from bot.demo.team import EVERYBODY, REPS
from sandbox import Message
from tests.end_to_end.diary import diary, expected_books, expected_days
from tests.end_to_end.running import Surroundings
from tests.end_to_end.staging import everything_said, key_of, on_stage

SECOND_MONDAY = date(2026, 3, 30)
BEHAVIOURS = ("Prospecting calls", "First meetings", "Proposals")


@dataclass
class Fortnight:
    """What happened, what Slack holds at the end, and the database."""

    database: Path
    scenes: list[Scene] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def rows(self, query: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(query).fetchall()

    def answers(self, name: str, did: str) -> list[Answered]:
        """What somebody read after doing what begins so."""
        found = (scene for scene in self.scenes if isinstance(scene, Answered))
        return [each for each in found if each.who.first_name == name and each.did.startswith(did)]

    def command_line(self) -> Surroundings:
        url = f"sqlite:///{self.database}"
        return Surroundings(self.database.parent, {"DATABASE_URL": url})


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Fortnight:
    """Played once for all the tests here."""
    happened = Fortnight(tmp_path_factory.mktemp("fortnight") / "bot.db")

    async def play() -> None:
        async with on_stage(happened.database) as stage:
            async for scene in Play(stage, steps(), OVER).scenes():
                happened.scenes.append(scene)
            happened.messages = everything_said(stage.slack)

    asyncio.run(play())
    return happened


def test_each_day_brings_what_a_person_would_expect(fortnight: Fortnight) -> None:
    payloads = fortnight.rows("SELECT key, payload FROM deliveries WHERE key LIKE 'roundup:%'")
    told = {key: json.loads(payload)["milestones"] for key, payload in payloads}
    indicators = {str(row[0]): row[1] for row in fortnight.rows("SELECT id, name FROM indicators")}

    assert diary(fortnight.scenes, told, indicators) == expected_days()


def test_the_books_hold_what_everybody_did_by_its_own_date(fortnight: Fortnight) -> None:
    exported = fortnight.command_line().pacesetter("export", "activities").splitlines()
    sums: defaultdict[tuple[str, bool, str], int] = defaultdict(int)
    for row in csv.DictReader(exported):
        if not row["undone_at"]:
            is_second = date.fromisoformat(row["occurred_on"][:10]) >= SECOND_MONDAY
            sums[row["user"], is_second, row["behaviour"]] += int(row["quantity"])

    def week(user: str, is_second: bool) -> str:
        return " + ".join(str(sums[user, is_second, name]) for name in BEHAVIOURS)

    books = {rep.first_name: (week(rep.user_id, False), week(rep.user_id, True)) for rep in REPS}
    assert books == expected_books()


def test_every_message_is_there_once(fortnight: Fortnight) -> None:
    keys = Counter(key_of(message) for message in fortnight.messages)

    assert set(keys.values()) == {1}
    unsettled = fortnight.rows("SELECT key FROM deliveries WHERE state NOT IN ('sent', 'dropped')")
    assert unsettled == []


def test_a_round_up_names_everybody_it_tells_of(fortnight: Fortnight) -> None:
    payloads = fortnight.rows("SELECT key, payload FROM deliveries WHERE key LIKE 'roundup:%'")
    texts = {each.key: each.text for each in fortnight.scenes if isinstance(each, Wrote)}
    for key, payload in payloads:
        users = {milestone.split(":")[2] for milestone in json.loads(payload)["milestones"]}
        assert {user for user in users if f"<@{user}>" in texts[key]} == users


def test_who_types_during_the_outage_reads_slacks_error_and_nothing_is_recorded(
    fortnight: Fortnight,
) -> None:
    (refused,) = [
        each for each in fortnight.scenes if isinstance(each, Answered) and each.error is not None
    ]

    assert (refused.who.first_name, refused.error) == ("Alex", "dispatch_failed")
    (recorded,) = fortnight.answers("Alex", f"{refused.did} yesterday")
    assert "for yesterday" in recorded.answer


def test_the_nudge_of_a_day_that_was_over_is_dropped_with_its_reason(fortnight: Fortnight) -> None:
    dropped = fortnight.rows("SELECT key, reason FROM deliveries WHERE state = 'dropped'")

    assert dropped == [("nudge:U08ALEX:2026-04-01", "the day was over")]


def test_an_undo_says_what_is_left(fortnight: Fortnight) -> None:
    (undone,) = fortnight.answers("Maria", "press Undo")

    assert "Taken back" in undone.answer
    assert "1 of 2 customers" in undone.answer


def test_the_managers_digest_counts_the_first_week(fortnight: Fortnight) -> None:
    digest = fortnight.command_line().json(
        "digest", "--team", "Harbour", "--at", "2026-03-30T08:30:00+01:00"
    )

    assert digest["period"] == {"start": "2026-03-23", "end": "2026-03-29"}
    assert (digest["on_target"]["reps"], digest["on_target"]["of"]) == (3, 8)
    assert digest["silent"] == ["U09KIRI"]
    names = {each.user_id: each.first_name for each in EVERYBODY}
    assert {names[each["user"]] for each in digest["gaps"]} >= {"Hannah", "Kiri"}
