"""A flood of commands is stopped with a sentence, and nobody else notices (issue 7, abuse)."""

import pytest
from sqlalchemy import func, select

from bot.db.tables import entries
from handlers.limits import PEOPLE_A_WORKSPACE, Limits
from tests.handlers.conftest import Running
from tests.teams import RILEY, SAM


class Hand:
    """A stopwatch that stands still until it is moved."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def body(user: str = RILEY, team: str = "T1") -> dict[str, str]:
    return {"team_id": team, "user_id": user}


def test_a_person_may_send_a_minutes_commands_at_once_and_then_one_by_one() -> None:
    watch = Hand()
    limits = Limits(60, watch)
    assert sum(limits.admits(body()) for _ in range(100)) == 60
    watch.seconds = 1.0
    assert [limits.admits(body()) for _ in range(2)] == [True, False]
    watch.seconds = 600.0
    assert sum(limits.admits(body()) for _ in range(100)) == 60


def test_nobody_else_waits_for_who_floods() -> None:
    limits = Limits(60, Hand())
    for _ in range(100):
        limits.admits(body())
    assert limits.admits(body(SAM))
    assert limits.admits(body(RILEY, "T2"))


def test_a_workspace_as_a_whole_is_limited_too_and_no_other_one_with_it() -> None:
    limits = Limits(2, Hand())
    taken = sum(limits.admits(body(f"U{n}")) for n in range(500))
    assert taken == 2 * PEOPLE_A_WORKSPACE
    assert limits.admits(body("U1", "T2"))


def test_none_means_any_number() -> None:
    limits = Limits(0, Hand())
    assert all(limits.admits(body()) for _ in range(1000))


@pytest.fixture
def database_url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COMMANDS_PER_MINUTE", "3")
    return sqlite_url


async def test_one_command_too_many_is_not_done_and_says_so(running: Running) -> None:
    riley = running.person(RILEY)
    replies = [await riley.command("/log", "2 calls") for _ in range(3)]
    assert all("Recorded" in reply.text for reply in replies)
    for command in ("/log", "/pace"):
        assert "wait a moment" in (await riley.command(command, "2 calls")).text
    assert (await running.rows(select(func.count()).select_from(entries)))[0][0] == 3
    assert "Recorded" in (await running.person(SAM).command("/log", "2 calls")).text
