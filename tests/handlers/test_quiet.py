"""A workspace without a token: quiet at once, whole again with the next installation."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.tables import deliveries, installations
from bot.domain.installations import SENTENCES, Quiet
from bot.services.installing.keys import new_key
from sandbox import Fault
from tests.handlers.conftest import Running
from tests.handlers.guided import WEST
from tests.handlers.installing import Installable, installable
from tests.teams import MORGAN, SAM, WORKSPACE

COMMAND = {
    "command": "/pace",
    "text": "",
    "team_id": WORKSPACE,
    "user_id": SAM,
    "trigger_id": "1.2.3",
    "response_url": "",
    "channel_id": WEST,
}


@pytest.fixture
async def bot(database_url: str) -> AsyncIterator[Installable]:
    async with installable(database_url) as running:
        await running.install()
        yield running


async def said(bot: Installable, **more: Any) -> tuple[int, str]:
    """What a signed request gets, from Slack or from whoever has its secret."""
    place = Running(bot.slack, bot.bot, bot.clock, None, f"{bot.base}/slack/events", bot.background)  # type: ignore[arg-type]
    answer = await place.signed({**COMMAND, **more})
    return answer.status, answer.text


async def states(bot: Installable) -> list[str]:
    return [row.state for row in await bot.rows(select(deliveries.c.state))]


async def test_an_uninstalled_app_goes_quiet_at_once_and_loses_nothing(bot: Installable) -> None:
    await bot.slack.uninstall()
    assert await bot.token() is None
    await bot.tick()
    assert await states(bot) == ["planned"]
    assert bot.slack.calls("chat.postMessage") == []
    status, text = await said(bot)
    assert (status, SENTENCES[Quiet.REVOKED][:40] in text) == (200, True)


async def test_installed_again_it_is_whole(bot: Installable) -> None:
    await bot.slack.uninstall()
    await bot.tick()
    bot.clock.advance(hours=3)
    await bot.install()
    assert bot.woken[-1] == WORKSPACE
    await bot.tick()
    assert await states(bot) == ["sent"]
    assert len(bot.person(MORGAN).direct_messages()) == 1
    await bot.person().command("/coach", "setup")
    assert bot.person().modal is not None


async def test_an_event_that_comes_late_is_not_about_the_new_installation(
    bot: Installable,
) -> None:
    await bot.slack.emit({"type": "app_uninstalled"})
    assert await bot.token() is not None, "Slack still takes the token"


async def test_where_slack_does_not_answer_the_event_is_believed(bot: Installable) -> None:
    bot.slack.fail("auth.test", Fault.server_error(), None)
    await bot.slack.emit({"type": "app_uninstalled"})
    assert await bot.token() is None


async def test_a_persons_own_token_is_not_the_bots(bot: Installable) -> None:
    bot.slack.fail("auth.test", Fault.server_error(), None)
    await bot.slack.emit({"type": "tokens_revoked", "tokens": {"oauth": [SAM], "bot": []}})
    assert await bot.token() is not None


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_send_that_slack_refuses_for_its_token_waits(bot: Installable, code: str) -> None:
    bot.slack.fail("conversations.open", Fault.error(code))
    await bot.tick()
    assert await states(bot) == ["planned"]
    assert await bot.token() is None
    await bot.install()
    bot.clock.advance(minutes=1)
    await bot.tick()
    assert await states(bot) == ["sent"]


async def test_a_lost_key_makes_a_workspace_quiet_until_it_installs_again(
    bot: Installable, database_url: str
) -> None:
    async with installable(database_url, keys=new_key(), slack=bot.slack) as other:
        answer = await other.person().command("/coach", "setup")
        assert answer.text.startswith("Pacesetter can't open this workspace's access")
        assert await other.token() is None
        await other.install()
        await other.person().command("/coach", "setup")
        assert other.person().modal is not None


async def test_a_workspace_that_never_installed_it_is_told_so(bot: Installable) -> None:
    status, text = await said(bot, team_id="T09OTHER")
    assert status == 200
    assert SENTENCES[Quiet.NOT_INSTALLED][:40] in text


async def test_buttons_and_forms_are_answered_too(bot: Installable) -> None:
    who = {"user": {"id": SAM}, "team": {"id": "T09OTHER"}, "trigger_id": "1.2.3"}
    form = {"type": "view_submission", "view": {"id": "V1", "state": {}}, **who}
    status, text = await said(bot, payload=form)
    assert (status, '"response_action": "update"' in text) == (200, True)
    press = {"type": "block_actions", "actions": [{"action_id": "undo"}], **who}
    assert (await said(bot, payload=press))[0] == 200
    event = {"type": "event_callback", "team_id": "T09OTHER", "event": {"type": "team_join"}}
    assert (await said(bot, payload=event))[0] == 200


async def test_a_whole_organisation_is_served_by_its_own_token(bot: Installable) -> None:
    whole = {"workspace_id": "E01ORG", "is_org_wide": True, "organisation": "E01ORG"}
    token = await bot.token()
    await bot.bot.transactions.everywhere.write(
        lambda s: s.connection.execute(update(installations).values(whole))
    )
    keys = bot.installing.keys
    sealed = keys.encrypt("E01ORG", token or "")
    await bot.bot.transactions.everywhere.write(
        lambda s: s.connection.execute(update(installations).values(token=sealed))
    )
    bot.elsewhere()
    assert await bot.token() is None, "nobody has said whose workspace it is"
    bot.elsewhere()
    status, text = await said(bot, enterprise_id="E01ORG", is_enterprise_install="true")
    assert (status, "isn't installed" in text) == (200, False)
    bot.elsewhere()
    assert await bot.token() == token, "jobs know it from then on"
    await bot.slack.uninstall()
    assert await bot.token() is None
