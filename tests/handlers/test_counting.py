"""What the bot costs a rep is counted as it happens, for the rep's own day."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from bot.db.tables import interactions
from handlers.counting import Counting
from tests.handlers.conftest import STRANGER, Running
from tests.teams import ALEX, MORGAN, RILEY, SAM, WORKSPACE


async def counted(running: Running, user_id: str = RILEY) -> dict[str, tuple[int, float]]:
    """Kind → times and seconds."""
    await running.settled()
    whose = interactions.c.person_id == running.team.people[user_id]
    rows = await running.rows(select(interactions).where(whose))
    return {row.kind: (row.times, row.milliseconds / 1000) for row in rows}


async def test_lines_presses_and_looks_count_what_they_are_taken_to_cost(running: Running) -> None:
    riley = running.person()
    reply = await riley.command("/log", "3 calls")
    await riley.press(reply, "undo")
    await riley.open_home()
    await riley.say("2 calls")
    assert await counted(running) == {"line": (2, 10.0), "button": (1, 2.0), "view": (1, 5.0)}


async def test_a_form_is_measured_from_what_opened_it(running: Running) -> None:
    riley = running.person()
    await riley.command("/log", "")
    running.clock.advance(seconds=31)
    chosen = str(running.team.indicators["Selling time"])
    await riley.submit(values={"behaviour": {"value": chosen}, "quantity": {"value": "2"}})
    assert await counted(running) == {"line": (1, 5.0), "form": (1, 31.0)}


async def test_a_form_left_lying_counts_two_minutes(running: Running) -> None:
    riley = running.person()
    await riley.command("/log", "")
    running.clock.advance(minutes=40)
    chosen = str(running.team.indicators["Selling time"])
    await riley.submit(values={"behaviour": {"value": chosen}, "quantity": {"value": "0"}})
    assert (await counted(running))["form"] == (1, 120.0)


async def test_what_is_counted_later_is_added_to_the_day(running: Running) -> None:
    riley = running.person()
    await riley.command("/log", "3 calls")
    assert await counted(running) == {"line": (1, 5.0)}
    await riley.command("/pace")
    assert await counted(running) == {"line": (2, 10.0)}


async def test_each_reps_day_is_their_own(running: Running) -> None:
    running.clock.instant = datetime(2026, 11, 18, 2, tzinfo=UTC)
    for user_id in (RILEY, SAM, ALEX):
        await running.person(user_id).command("/pace")
    await running.settled()
    days = dict(
        await running.rows(select(interactions.c.person_id, interactions.c.local_date)),
    )
    assert days[running.team.people[RILEY]] == date(2026, 11, 18)
    assert days[running.team.people[SAM]] == date(2026, 11, 17)  # still yesterday in New York


async def test_only_reps_are_counted(running: Running) -> None:
    for user_id in (MORGAN, STRANGER):
        await running.person(user_id).command("/pace")
    await running.settled()
    assert await running.rows(select(interactions)) == []


async def test_half_a_character_for_a_user_costs_nobody_their_count(running: Running) -> None:
    counting = Counting(running.bot)
    for user_id in ("\ud83d", RILEY):
        counting.note({"command": "/log", "team_id": WORKSPACE, "user_id": user_id})
    await counting.flush()
    assert await counted(running) == {"line": (1, 5.0)}
