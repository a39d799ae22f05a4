"""Turns to send: about one a second per channel, so many a minute per workspace."""

import asyncio

from bot.slack.pace import Pace


async def seconds_for(pace: Pace, *places: tuple[str, str]) -> float:
    loop = asyncio.get_running_loop()
    started = loop.time()
    await asyncio.gather(*(pace.turn(*place) for place in places))
    return loop.time() - started


async def test_a_channel_gets_its_messages_one_after_the_other() -> None:
    pace = Pace(per_second=20, per_minute=0)
    assert 0.09 < await seconds_for(pace, *[("T1", "C1")] * 3) < 0.4


async def test_channels_do_not_wait_for_each_other() -> None:
    pace = Pace(per_second=1, per_minute=0)
    assert await seconds_for(pace, *[("T1", f"C{n}") for n in range(9)]) < 0.2


async def test_a_workspace_has_a_limit_of_its_own() -> None:
    pace = Pace(per_second=0, per_minute=1200)  # 60 at once, then 20 a second
    assert await seconds_for(pace, *[("T1", f"C{n}") for n in range(60)]) < 0.1
    assert await seconds_for(pace, *[("T1", f"C{n}") for n in range(3)]) > 0.05
    assert await seconds_for(pace, ("T2", "C1")) < 0.1


async def test_one_channel_that_had_enough_holds_nobody_else_up() -> None:
    pace = Pace(per_second=0, per_minute=0)
    pace.hold("T1", "C1", 5)
    assert await seconds_for(pace, ("T1", "C2")) < 0.1


async def test_several_channels_that_had_enough_hold_their_workspace_alone() -> None:
    pace = Pace(per_second=0, per_minute=0)
    for channel in ("C1", "C2", "C3"):
        pace.hold("T1", channel, 0.2)
    assert await seconds_for(pace, ("T1", "C4")) > 0.15
    pace.hold("T1", "C1", 0.2)
    assert await seconds_for(pace, ("T2", "C1")) < 0.1


async def test_nobody_waits_for_a_workspace_that_is_held_for_long() -> None:
    pace = Pace(per_second=0, per_minute=0)
    for channel in ("C1", "C2", "C3"):
        pace.hold("T1", channel, 120)
    assert not await pace.turn("T1", "C4")
    assert await pace.turn("T2", "C4")


async def test_a_rate_of_zero_is_no_limit() -> None:
    pace = Pace(per_second=0, per_minute=0, opens_per_minute=0)
    assert await seconds_for(pace, *[("T1", "C1")] * 1000) < 0.2
    await pace.turn_to_open("T1")
