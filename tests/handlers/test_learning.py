"""People's time zones are learnt from Slack while nobody waits."""

import pytest
from sqlalchemy import select, update

from bot.db.tables import people
from handlers.app import build_app
from sandbox import Fault, Person
from tests.handlers.conftest import Running
from tests.teams import RILEY

ZONE = select(people.c.slack_timezone).where(people.c.user_id == RILEY)


@pytest.fixture
async def unknown_zone(running: Running) -> None:
    """Riley's zone is not known yet; in Slack it is Tokyo."""
    forget = update(people).where(people.c.user_id == RILEY).values(slack_timezone=None)
    await running.bot.transactions.everywhere.write(lambda s: s.connection.execute(forget))
    running.slack.team().change_user(RILEY, tz="Asia/Tokyo")


async def test_a_person_without_a_zone_is_asked_about_once(
    running: Running, riley: Person, unknown_zone: None
) -> None:
    await riley.command("/log", "5 calls")
    await running.settled()
    assert (await running.rows(ZONE))[0][0] == "Asia/Tokyo"
    await riley.command("/log", "5 calls")
    await running.settled()
    assert len(running.slack.calls("users.info")) == 1


async def test_slack_in_trouble_is_left_alone_for_a_minute(
    running: Running, riley: Person, unknown_zone: None
) -> None:
    running.slack.fail("users.info", Fault.error("internal_error"))
    for _ in range(3):
        await riley.command("/log", "5 calls")
        await running.settled()
    assert len(running.slack.calls("users.info")) == 1
    assert (await running.rows(ZONE))[0][0] is None
    running.clock.advance(minutes=1)
    await riley.command("/pace")
    await running.settled()
    assert (await running.rows(ZONE))[0][0] == "Asia/Tokyo"


async def test_a_change_in_slack_is_taken_over(running: Running, riley: Person) -> None:
    await running.slack.change_user(RILEY, tz="America/Denver", real_name="Riley R.")
    await running.settled()
    assert (await running.rows(ZONE))[0][0] == "America/Denver"
    reply = await riley.command("/pace")
    assert "Wednesday 18 November" in str(reply.body)


async def test_settings_in_the_environment_turn_no_store_on(
    running: Running, riley: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "secret")
    monkeypatch.setenv("HOME", str(tmp_path))
    app = build_app(running.bot)
    assert type(app.installation_store).__name__ == "_NoInstallations"
