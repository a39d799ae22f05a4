"""A first word to whoever installed the bot: for an installation by SLACK_BOT_TOKEN alone."""

from collections.abc import Callable

import structlog

from bot.domain.errors import NotSaved
from bot.services.welcoming import wants_welcome, welcome
from bot.slack.answers import Identity, SlackUser
from bot.slack.client import SlackClient
from bot.slack.errors import SlackFailure
from bot.wiring import Session, Wired

log = structlog.get_logger(__name__)


async def greet(wired: Wired, wake: Callable[[str], None]) -> None:
    """Welcomes the workspace that the token belongs to, where nobody has begun there.

    Slack doesn't say who made a bot token, so that the workspace's primary owner is written to,
    else another owner, else an admin. What fails now is tried again with the next start.
    """
    if wired.bot_token is None:
        return
    client = wired.clients.client_with(wired.bot_token)
    try:
        who = await client.auth_test()
        known = who.workspace_id
        if not await wired.transactions.of(known).read(
            lambda session: wants_welcome(session, known)
        ):
            return
        await _welcome(wired, who, await _installer(client))
        wake(known)
    except (SlackFailure, NotSaved) as failure:
        log.warning("not_welcomed", error=type(failure).__name__)


async def _welcome(wired: Wired, who: Identity, person: SlackUser | None) -> None:
    if person is None:
        log.warning("nobody_to_welcome", workspace=who.workspace_id)
        return
    now = wired.clock.now()

    def work(session: Session) -> bool:
        return wants_welcome(session, who.workspace_id) and welcome(
            session,
            who.workspace_id,
            person.user_id,
            now,
            name=person.name,
            zone=person.zone,
            workspace_name=who.workspace,
        )

    await wired.transactions.of(who.workspace_id).write(work)
    log.info("welcomed", workspace=who.workspace_id, user=person.user_id)


async def _installer(client: SlackClient) -> SlackUser | None:
    """The primary owner, else the first owner, else the first admin."""
    found: SlackUser | None = None
    async for user in client.users():
        if user.is_admin and not (user.is_bot or user.is_deleted):
            found = user if found is None or _rank(user) > _rank(found) else found
    return found


def _rank(user: SlackUser) -> tuple[bool, bool]:
    return user.is_primary_owner, user.is_owner
