"""The time bar: it moves time forward, and everything due on the way goes out in its order."""

from datetime import date, timedelta
from itertools import pairwise

from bot.demo.live import LiveBot
from bot.demo.sample import CHANNEL, MORGAN, PLAYED, RILEY, SAM, TOM
from sandbox import Control
from tests.demo.visiting import ask, keys, london, press

A_MOMENT = timedelta(seconds=20)


def is_about(demo: LiveBot, words: str) -> bool:
    """Whether it is that time in London, or some moments later: time goes on by itself."""
    return timedelta(0) <= demo.clock.now() - london(words) < A_MOMENT


async def test_it_opens_on_a_monday_with_fridays_messages(demo: LiveBot) -> None:
    assert is_about(demo, "2026-11-16 08:45")
    assert [key.partition(":")[0] for key in keys(demo, MORGAN.user_id)] == ["digest"]
    kinds = [key.partition(":")[0] for key in keys(demo, CHANNEL)]
    assert "roundup" in kinds
    assert kinds[-1] == "recap"


async def test_the_next_nudge_comes_the_morning_after(demo: LiveBot) -> None:
    await demo.slack.person(RILEY.user_id).command("/log", "1 call", CHANNEL)

    lines = await press(demo, "nudge")

    assert is_about(demo, "2026-11-17 09:00")
    assert keys(demo, RILEY.user_id)[-1] == f"nudge:{RILEY.user_id}:2026-11-17"
    assert "Riley Stone" in lines[-2]
    assert "Tuesday 17 November, 09:00" in lines[-1]


async def test_a_nudge_in_new_york_comes_at_nine_over_there(demo: LiveBot) -> None:
    await demo.slack.person(SAM.user_id).command("/log", "1 call")
    await press(demo, "nudge")

    await press(demo, "nudge")

    assert is_about(demo, "2026-11-17 14:00")
    assert f"nudge:{SAM.user_id}:2026-11-17" in keys(demo, SAM.user_id)


async def test_a_day_that_somebody_played_is_logged_by_nobody_else(demo: LiveBot) -> None:
    await demo.slack.person(RILEY.user_id).command("/log", "3 calls")

    await press(demo, "day_end")

    assert is_about(demo, "2026-11-16 18:00")
    pace = await demo.slack.person(RILEY.user_id).command("/pace")
    assert "3 of 50 calls" in pace.text
    colleague = await demo.slack.person(TOM.user_id).command("/pace")
    assert "0 of 50 calls" not in colleague.text


async def test_the_next_digest_comes_with_everything_before_it(demo: LiveBot) -> None:
    await press(demo, "digest")

    assert is_about(demo, "2026-11-23 08:30")
    assert keys(demo, MORGAN.user_id)[-1].endswith(":2026-11-16")
    assert keys(demo, CHANNEL)[-1].startswith("recap:")
    days = [key.rpartition(":")[2] for key in keys(demo, TOM.user_id)]
    assert days[-4:] == ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"]
    posted = [exchange.at for exchange in demo.slack.calls("chat.postMessage")]
    assert all(earlier <= later for earlier, later in pairwise(posted))


async def test_hours_days_and_dates_move_time_as_far(demo: LiveBot) -> None:
    await press(demo, "hour")
    assert is_about(demo, "2026-11-16 09:45")

    await press(demo, "day")
    assert is_about(demo, "2026-11-17 09:45")

    await press(demo, "date", date(2026, 11, 19))
    assert is_about(demo, "2026-11-19 08:00")


async def test_time_never_runs_back_nor_too_far(demo: LiveBot) -> None:
    assert "forward" in (await press(demo, "date", date(2026, 11, 2)))[0]
    assert "two months" in (await press(demo, "date", date(2027, 6, 1)))[0]
    assert is_about(demo, "2026-11-16 08:45")


async def test_people_and_tour_name_what_is_there(demo: LiveBot) -> None:
    host = demo.slack.host_program
    users = demo.slack.team().users

    assert host.people[0] == RILEY.user_id
    assert set(host.people) == {each.user_id for each in PLAYED}
    assert any(users[user].is_admin for user in host.people)
    by_kind = {step.waits_for: step.value for step in host.tour}
    assert by_kind["person"] in users
    for step in host.tour:
        if step.waits_for == "control":
            assert isinstance(host.control(step.value), Control)
        assert step.value in step.suggests or step.waits_for != "command"


async def test_a_reply_comes_through_signed_http(demo: LiveBot) -> None:
    said = await ask(demo, "command", user=RILEY.user_id, command="/log", text="2 calls")

    assert "Recorded 2 × Prospecting calls" in said["messages"][0]["text"]
    (sent,) = [each for each in demo.slack.calls("/log") if each.body["text"] == "2 calls"]
    assert sent.url.startswith("http://127.0.0.1:")
