"""Installed once for a whole organisation, served in each of its workspaces (Enterprise Grid)."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.db.engine import for_writing, make_engine
from bot.db.tables import installations, people
from sandbox import Fault, Sandbox, User, Workspace
from sandbox.oauth import App
from tests.handlers.conftest import Answer, HandClock, Running
from tests.handlers.guided import a_new_slack
from tests.handlers.installing import Installable, installable
from tests.patience import PATIENCE_S
from tests.teams import MORGAN, WORKSPACE, RepRow, a_person, a_team

ORG = "E01ACME"
EAST, NADIA, NOOR = "T03EAST", "U30NADIA", "U32NOOR"
WHOLE = App(organisation=ORG)


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Installable]:
    """Team West in one workspace, and another workspace with an admin; installed for both."""
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin():
        a_team(connection)
        a_team(connection, workspace_id=EAST, reps=[RepRow(NOOR, "Noor")], managers=[NADIA])
        a_person(connection, "U31ADA", "Ada", workspace_id=EAST, is_admin=True)
    engine.dispose()
    east = Workspace(
        EAST,
        name="Acme East",
        users=(User(NADIA, "nadia", "Nadia"), User(NOOR, "noor", "Noor")),
        bot_token="xoxb-of-east",
        app_token="xapp-of-east",
        signing_secret=a_new_slack().signing_secret,
        bot_user_id="U39BOT",
    )
    clock = HandClock()
    async with (
        Sandbox([a_new_slack(), east], rate_limits=False, clock=clock.now).patient(
            PATIENCE_S
        ) as slack,
        installable(database_url, WHOLE, slack=slack) as running,
    ):
        yield running


async def install(bot: Installable) -> str:
    browser = bot.browser()
    yes = bot.slack.consent(await bot.asked(browser), MORGAN, WORKSPACE)
    page = await browser.get("/slack/oauth_redirect", yes)
    assert page.status == 200
    return page.text


async def said(bot: Installable, workspace: str, user: str, **more: Any) -> Answer:
    """A command, as Slack sends it from a workspace of the organisation."""
    place = Running(bot.slack, bot.bot, bot.clock, None, f"{bot.base}/slack/events", bot.background)  # type: ignore[arg-type]
    fields = {"command": "/pace", "text": "", "team_id": workspace, "user_id": user}
    org = {"enterprise_id": ORG, "is_enterprise_install": "true", "trigger_id": "1.2.3"}
    rest = {"response_url": "", "channel_id": "C01WEST"}
    return await place.signed({**fields, **org, **rest, **more})


async def told(bot: Installable, event: dict[str, Any]) -> None:
    """An event about the organisation as a whole: it names no workspace."""
    body = {"type": "event_callback", "team_id": None, "enterprise_id": ORG, "event_id": "Ev1"}
    place = Running(bot.slack, bot.bot, bot.clock, None, f"{bot.base}/slack/events", bot.background)  # type: ignore[arg-type]
    answer = await place.signed({}, json.dumps({**body, "event": event}))
    assert answer.status == 200


async def token(bot: Installable, workspace: str) -> str | None:
    bot.elsewhere()
    return await bot.installing.tokens.token_for(workspace)


async def test_one_installation_serves_every_workspace_that_speaks(bot: Installable) -> None:
    page = await install(bot)
    assert "add Pacesetter to the workspaces" in page
    [row] = await bot.rows(select(installations))
    assert (row.workspace_id, row.is_org_wide) == (ORG, True)
    for workspace, user in ((WORKSPACE, MORGAN), (EAST, NADIA)):
        answer = await said(bot, workspace, user)
        assert answer.status == 200
        assert "isn't installed" not in answer.text
        assert await token(bot, workspace) == await token(bot, ORG)


async def test_nobody_becomes_an_admin_by_installing_for_all(bot: Installable) -> None:
    before = await bot.rows(select(people.c.user_id).where(people.c.is_admin))
    await install(bot)
    assert await bot.rows(select(people.c.user_id).where(people.c.is_admin)) == before


async def test_jobs_send_to_each_workspace_with_the_one_token(bot: Installable) -> None:
    await install(bot)
    for workspace, user in ((WORKSPACE, MORGAN), (EAST, NADIA)):
        await said(bot, workspace, user)
    bot.elsewhere()
    bot.clock.advance(days=5, hours=-2)
    outcomes = await bot.tick()
    reached = {each.workspace for each in outcomes if each.state == "sent"}
    assert reached == {WORKSPACE, EAST}


async def test_a_workspace_that_is_taken_out_goes_quiet_alone(bot: Installable) -> None:
    await install(bot)
    for workspace, user in ((WORKSPACE, MORGAN), (EAST, NADIA)):
        await said(bot, workspace, user)
    await told(bot, {"type": "team_access_revoked", "team_ids": [EAST]})
    assert await token(bot, EAST) is None
    assert "was removed" in (await said(bot, EAST, NADIA)).text
    assert await token(bot, WORKSPACE) is not None
    await told(bot, {"type": "team_access_granted", "team_ids": [EAST]})
    assert await token(bot, EAST) is not None
    assert bot.woken[-1] == EAST


async def test_a_call_that_the_organisation_no_longer_allows_quietens_that_workspace_alone(
    bot: Installable,
) -> None:
    await install(bot)
    for workspace, user in ((WORKSPACE, MORGAN), (EAST, NADIA)):
        await said(bot, workspace, user)
    bot.slack.world.desk.without.add(EAST)
    bot.clock.advance(days=5, hours=-2)
    outcomes = await bot.tick()
    assert {each.workspace for each in outcomes if each.state == "sent"} == {WORKSPACE}
    assert await token(bot, EAST) is None
    assert await token(bot, WORKSPACE) is not None


async def test_the_organisation_takes_it_away_and_installs_it_again(bot: Installable) -> None:
    await install(bot)
    for workspace, user in ((WORKSPACE, MORGAN), (EAST, NADIA)):
        await said(bot, workspace, user)
    await told(bot, {"type": "team_access_revoked", "team_ids": [EAST]})
    bot.slack.world.desk.revoke(bot.slack.team(WORKSPACE), "account_inactive")
    await told(bot, {"type": "app_uninstalled"})
    assert await token(bot, WORKSPACE) is None
    assert "was removed" in (await said(bot, WORKSPACE, MORGAN)).text
    await install(bot)
    assert await token(bot, WORKSPACE) is not None
    assert await token(bot, EAST) is not None, "who is not to have it is told so by the first call"


async def test_an_organisation_is_not_quiet_because_slack_does_not_answer(
    bot: Installable,
) -> None:
    await install(bot)
    await said(bot, WORKSPACE, MORGAN)
    bot.slack.fail("auth.test", Fault.server_error(), None)
    await told(bot, {"type": "app_uninstalled"})
    assert await token(bot, WORKSPACE) is not None
    bot.slack.heal()
    bot.slack.world.desk.revoke(bot.slack.team(WORKSPACE), "account_inactive")
    await told(bot, {"type": "app_uninstalled"})
    assert await token(bot, WORKSPACE) is None


async def test_a_workspaces_own_installation_goes_before_its_organisations(
    bot: Installable,
) -> None:
    await install(bot)
    bot.slack.offer(replace(WHOLE, organisation=None))
    own = bot.slack.consent(await bot.asked(browser := bot.browser()), MORGAN, WORKSPACE)
    assert (await browser.get("/slack/oauth_redirect", own)).status == 200
    await said(bot, WORKSPACE, MORGAN)
    assert await token(bot, WORKSPACE) != await token(bot, ORG)
