"""`/pace board` through signed HTTP: opt-in for the team, left by anybody at once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.db.tables import people, teams, time_off
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.reports.recaps import RecapFacts
from bot.services.digesting import recap_of
from bot.slack.messages.recap import recap
from bot.wiring import Session
from jobs.tick import tick
from jobs.writers import all_writers
from tests.handlers.conftest import NOON, STRANGER, Running
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE, RepRow, _add_rep


async def change(running: Running, *statements: Any) -> None:
    def work(session: Any) -> None:
        for number, statement in enumerate(statements):
            session.connection.execute(statement)
            renew = update(teams).values(revision=f"r{id(statement)}-{number}")
            session.connection.execute(renew)

    await running.bot.transactions.of(WORKSPACE).write(work)


@pytest.fixture
async def board(running: Running) -> Running:
    """Five reps who have logged differently much, and a leaderboard."""

    def add_two(session: Session) -> None:
        for number in range(2):
            _add_rep(session.connection, running.team, RepRow(f"U1{number}KIM", f"Kim {number}"))

    await running.bot.transactions.of(WORKSPACE).write(add_two)
    await change(running, update(teams).values(leaderboard=True))
    for user, count in ((RILEY, 5), (SAM, 4), (ALEX, 2)):
        await running.person(user).command("/log", f"{count} first meetings")
    return running


async def asked(running: Running, user: str = RILEY) -> str:
    return str((await running.person(user).command("/pace", "board")).body)


def off(user: str, **what: bool) -> Any:
    return update(people).where(people.c.user_id == user).values(**what)


async def test_it_is_off_until_the_team_wants_it(running: Running) -> None:
    assert "has no leaderboard" in await asked(running)


async def test_a_rep_sees_ranks_and_no_score_but_the_own(board: Running) -> None:
    said = await asked(board, SAM)
    assert "You are 2nd of 5" in said
    assert f"1. <@{RILEY}>" in said
    assert f"2. <@{SAM}> · 20 %" in said
    assert f"1. <@{RILEY}> ·" not in said


async def test_a_manager_sees_all_of_it(board: Running) -> None:
    said = await asked(board, MORGAN)
    assert f"1. <@{RILEY}> · 25 %" in said
    assert "You are" not in said


async def test_who_left_is_nowhere_and_sees_no_ranks_at_once(board: Running) -> None:
    await change(board, off(RILEY, off_leaderboard=True))
    assert "You have left the leaderboard" in await asked(board, RILEY)
    said = await asked(board, SAM)
    assert "You are 1st of 4" in said
    assert RILEY not in said
    assert RILEY not in await asked(board, MORGAN)


async def test_fewer_than_four_are_no_board(board: Running) -> None:
    await change(board, off(RILEY, off_leaderboard=True), off(ALEX, off_leaderboard=True))
    assert "at least 4 people" in await asked(board, SAM)
    assert "at least 4 people" in await asked(board, MORGAN)


async def test_who_is_away_all_week_is_not_on_it(board: Running) -> None:
    row = {"workspace_id": WORKSPACE, "person_id": board.team.people[RILEY], "source": "slack"}
    monday = date(2026, 11, 16)
    await change(
        board, insert(time_off).values(**row, starts_on=monday, ends_on=monday + timedelta(days=4))
    )
    assert "no target this week" in await asked(board, RILEY)
    assert "You are 1st of 4" in await asked(board, SAM)


async def test_a_stranger_sees_none(board: Running) -> None:
    assert "not in a team" in await asked(board, STRANGER)


async def test_the_recap_names_the_first_three_and_no_score(board: Running) -> None:
    await change(board, off(SAM, celebrate_alone=True))
    week = period_of(PeriodKind.WEEK, date(2026, 11, 18))
    after = NOON + timedelta(days=5)

    def facts(session: Session) -> RecapFacts:
        return recap_of(session, board.team.playbook(session), week, after)

    said = recap(await board.bot.transactions.of(WORKSPACE).read(facts)).text
    assert f"1. <@{RILEY}>, 2. <@{ALEX}>" in said
    assert SAM not in said.partition("🏆")[2].partition(";")[0]
    assert "%" not in said.partition("🏆")[2].partition(";")[0]


async def test_who_leaves_disappears_from_the_recap_that_is_posted_already(board: Running) -> None:
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    board.clock.instant = monday
    await tick(monday, board.bot, all_writers())
    [recap_there] = [m for m in board.slack.messages("C01WEST") if "Good news" in m.text]
    assert f"1. <@{RILEY}>, 2. <@{SAM}>, 3. <@{ALEX}>" in recap_there.text
    riley = board.person(RILEY)
    await riley.command("/pace", "settings")
    await riley.submit(values={"leaderboard": {"value": "out"}})
    assert board.woken[-1:] == [WORKSPACE]
    await tick(monday, board.bot, all_writers())
    [mended] = [m for m in board.slack.messages("C01WEST") if "Good news" in m.text]
    assert mended.ts == recap_there.ts
    board_line = mended.text.partition("🏆")[2].partition(";")[0]
    assert f"1. <@{SAM}>, 2. <@{ALEX}>" in board_line
    assert RILEY not in board_line


async def test_older_recaps_lose_the_name_too_and_the_others_stay_as_they_are(
    board: Running,
) -> None:
    """Riley leads in the first week, is nowhere in the second, and leaves after the third."""
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for week, users in enumerate([(), (SAM, ALEX), (RILEY, SAM)]):
        board.clock.instant = monday + timedelta(weeks=week)
        await tick(board.clock.instant, board.bot, all_writers())
        for user in users:
            await board.person(user).command("/log", "5 first meetings")
    before = recaps(board)
    assert [RILEY in ranked(text) for text in before] == [True, False]
    board.clock.instant = monday + timedelta(weeks=3)
    await tick(board.clock.instant, board.bot, all_writers())
    board.slack.journal.clear()
    riley = board.person(RILEY)
    await riley.command("/pace", "settings")
    await riley.submit(values={"leaderboard": {"value": "out"}})
    await tick(board.clock.instant, board.bot, all_writers())
    assert [RILEY in ranked(text) for text in recaps(board)] == [False, False, False]
    mended = {call.body["ts"] for call in board.slack.calls("chat.update")}
    assert len(mended) == 2  # nothing was to be mended in the second


def recaps(running: Running) -> list[str]:
    return [m.text for m in running.slack.messages("C01WEST") if "Good news from" in m.text]


def ranked(text: str) -> str:
    return text.partition("🏆")[2].partition(";")[0]
