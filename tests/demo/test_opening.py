"""How the demo opens and closes: fresh each time or kept, here and nowhere else."""

import json
from pathlib import Path

import aiohttp
import pytest

from bot.demo.live import LiveBot
from bot.demo.opening import opened
from bot.demo.sample import CHANNEL, RILEY
from tests.demo.visiting import keys, press, silently


async def entries_today(demo: LiveBot) -> str:
    return (await demo.slack.person(RILEY.user_id).command("/pace")).text


async def test_each_run_begins_anew() -> None:
    async with opened(silently, 0) as first:
        await first.slack.person(RILEY.user_id).command("/log", "7 calls")
        begun = keys(first, CHANNEL)
        await press(first, "day_end")

    async with opened(silently, 0) as second:
        assert "0 of 50 calls" in await entries_today(second)
        assert keys(second, CHANNEL) == begun


async def test_a_kept_demo_goes_on_where_it_ended(tmp_path: Path) -> None:
    async with opened(silently, 0, tmp_path) as first:
        await first.slack.person(RILEY.user_id).command("/log", "7 calls")
        await press(first, "hour")
        ended, told = first.clock.now(), keys(first, CHANNEL)
        reads = first.slack.person(RILEY.user_id).direct_channel

    async with opened(silently, 0, tmp_path) as second:
        assert second.clock.now() >= ended
        assert "7 of 50 calls" in await entries_today(second)
        assert keys(second, CHANNEL) == told
        assert second.slack.person(RILEY.user_id).direct_channel == reads
        await press(second, "nudge")
        assert keys(second, RILEY.user_id)[-1].startswith("nudge:")


async def test_what_a_killed_demo_left_is_no_beginning(tmp_path: Path) -> None:
    (tmp_path / "demo.db").write_bytes(b"half a database")

    async with opened(silently, 0, tmp_path) as demo:
        assert "0 of 50 calls" in await entries_today(demo)
    assert json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))["now"]


async def test_the_environment_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SLACK_API_URL=https://slack.com/api/\n", encoding="utf-8")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-a-real-workspace")
    monkeypatch.setenv("SLACK_APP_TOKEN", "nonsense")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")

    async with opened(silently, 0) as demo:
        settings = demo.wired.settings
        assert settings.slack_api_url == demo.slack.api_url
        assert settings.slack_app_token is None
        assert settings.slack_bot_token is not None
        assert "real" not in settings.slack_bot_token.get_secret_value()
    assert not (tmp_path / "real.db").exists()


async def test_the_page_answers_to_this_machine_alone(demo: LiveBot) -> None:
    async with aiohttp.ClientSession() as browser:
        async with browser.get(demo.slack.page_url) as page:
            assert page.status == 200
        elsewhere = {"Host": "demo.example.com"}
        async with browser.get(demo.slack.page_url, headers=elsewhere) as page:
            assert page.status == 403


async def test_a_port_that_is_taken_is_said_and_the_usual_one_is_given_up(demo: LiveBot) -> None:
    with pytest.raises(OSError, match="in use"):
        async with opened(silently, demo.slack.port):
            pass
    async with opened(silently) as one, opened(silently) as another:
        assert one.slack.port != another.slack.port
