"""Installing by OAuth: the way to Slack and back, what a state is good for, the first admin."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from bot.db.tables import installations, people
from bot.slack.scopes import SCOPES
from sandbox import Fault
from tests.handlers.installing import Installable, installable
from tests.teams import MORGAN, SAM, WORKSPACE


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Installable]:
    async with installable(database_url) as running:
        yield running


async def test_slack_is_asked_for_the_scopes_that_have_a_reason(bot: Installable) -> None:
    address = urlsplit(await bot.asked(bot.browser()))
    asked = parse_qs(address.query)
    assert address.path == "/oauth/v2/authorize"
    assert asked["scope"] == [",".join(SCOPES)]
    assert "redirect_uri" not in asked


async def test_whoever_installs_is_welcomed_as_the_first_admin(bot: Installable) -> None:
    page = await bot.install(SAM)
    assert page.status == 200
    assert "Pacesetter is in Acme Ltd" in page.text
    assert "/coach setup" in page.text
    assert bot.woken == [WORKSPACE]
    await bot.tick()
    [message] = bot.person(SAM).direct_messages()
    assert "Set up a team" in str(message.blocks)
    admins = await bot.rows(select(people.c.user_id, people.c.name).where(people.c.is_admin))
    assert [tuple(row) for row in admins] == [(SAM, "Sam")]


async def test_tokens_are_nowhere_in_the_database_as_they_are(bot: Installable) -> None:
    await bot.install()
    [token] = bot.slack.world.desk.tokens
    assert await bot.token() == token
    [row] = await bot.rows(select(installations))
    assert token not in str(row)
    assert row.token.startswith("gAAAA")


async def test_an_installed_workspace_is_answered(bot: Installable) -> None:
    await bot.install()
    answer = await bot.person().command("/coach", "setup")
    assert bot.person().modal is not None, answer


async def test_a_state_is_good_once(bot: Installable) -> None:
    browser = bot.browser()
    address = await bot.asked(browser)
    first, second = (bot.slack.consent(address, MORGAN) for _ in range(2))
    assert (await browser.get("/slack/oauth_redirect", first)).status == 200
    again = await browser.get("/slack/oauth_redirect", second)
    assert again.status == 400
    assert "used already" in again.text
    padded = {**second, "state": second["state"] + "\n"}
    assert (await browser.get("/slack/oauth_redirect", padded)).status == 400
    assert len(bot.slack.world.desk.tokens) == 1


async def test_a_state_is_good_for_ten_minutes(bot: Installable) -> None:
    browser = bot.browser()
    address = await bot.asked(browser)
    bot.clock.advance(minutes=9, seconds=59)
    in_time = bot.slack.consent(address, MORGAN)
    bot.clock.advance(seconds=2)
    late = await browser.get("/slack/oauth_redirect", in_time)
    assert (late.status, "ten minutes" in late.text) == (400, True)
    assert await bot.row() is None


async def test_a_state_is_good_in_one_browser(bot: Installable) -> None:
    yes = bot.slack.consent(await bot.asked(bot.browser()), MORGAN)
    page = await bot.browser().get("/slack/oauth_redirect", yes)
    assert (page.status, "another browser" in page.text) == (400, True)
    assert await bot.row() is None


@pytest.mark.parametrize("state", ["", "x", "gAAAAABn" + "A" * 90, "é" * 3000])
async def test_a_forged_state_is_refused(bot: Installable, state: str) -> None:
    browser = bot.browser()
    yes = bot.slack.consent(await bot.asked(browser), MORGAN)
    page = await browser.get("/slack/oauth_redirect", {**yes, "state": state})
    assert (page.status, "one of ours" in page.text) == (400, True)
    assert await bot.row() is None


async def test_a_no_is_taken_kindly(bot: Installable) -> None:
    browser = bot.browser()
    state = parse_qs(urlsplit(await bot.asked(browser)).query)["state"][0]
    no = {"error": "access_denied", "state": state}
    page = await browser.get("/slack/oauth_redirect", no)
    assert page.status == 200
    assert "Nothing was installed" in page.text


@pytest.mark.parametrize("code", ["", "wrong", "<script>"])
async def test_a_code_that_slack_does_not_know_installs_nothing(
    bot: Installable, code: str
) -> None:
    browser = bot.browser()
    yes = bot.slack.consent(await bot.asked(browser), MORGAN)
    page = await browser.get("/slack/oauth_redirect", {**yes, "code": code})
    assert page.status == 502
    assert "<script>" not in page.text
    assert await bot.row() is None


async def test_a_slack_that_does_not_answer_is_said(bot: Installable) -> None:
    bot.slack.fail("oauth.v2.access", Fault.server_error())
    page = await bot.install()
    assert (page.status, "didn't answer" in page.text) == (502, True)


async def test_scopes_that_were_not_granted_are_named_with_their_reasons(
    bot: Installable,
) -> None:
    browser = bot.browser()
    fewer = (await bot.asked(browser)).replace("%2Cfiles%3Awrite", "")
    page = await browser.get("/slack/oauth_redirect", bot.slack.consent(fewer, MORGAN))
    assert page.status == 403
    assert "files:write" in page.text
    assert SCOPES["files:write"] in page.text
    assert "chat:write" not in page.text


async def test_pages_load_nothing_from_elsewhere_and_are_not_kept(bot: Installable) -> None:
    page = await bot.install()
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "src=" not in page.text
    assert "xoxb" not in page.text


async def test_installing_again_keeps_data_and_replaces_the_token(bot: Installable) -> None:
    await bot.install(SAM)
    first = await bot.token()
    page = await bot.install(MORGAN)
    assert "Pacesetter is back in Acme Ltd" in page.text
    second = await bot.token()
    assert first != second
    admins = await bot.rows(select(people.c.user_id).where(people.c.is_admin))
    assert [row.user_id for row in admins] == [SAM]
