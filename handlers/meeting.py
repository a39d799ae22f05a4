"""People and channels that somebody has chosen in a form, as Slack describes them."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.setups.drafts import Met
from bot.services.people import keep_profile_of
from bot.slack.answers import SlackUser
from bot.slack.client import SlackClient
from bot.slack.errors import SlackFailure
from bot.wiring import Session, Wired
from handlers.boundary import log_failure

_WITHIN_S: Final = 1.5
"""Slack waits three seconds for an answer; whoever isn't met by then is met afterwards."""
_AT_ONCE: Final = 40


@dataclass(frozen=True, slots=True)
class Meeting:
    """What Slack said in time: of some people, and whether the bot can post in the channel."""

    people: Mapping[str, Met]
    bot_is_in: bool


async def meet(
    client: SlackClient, chosen: Mapping[str, Sequence[str]], channel: str | None
) -> Meeting:
    """Asks about those chosen in each field. Raises FormRefused for bots and who has left."""
    users = dict.fromkeys(user for them in chosen.values() for user in them)
    met, is_in = await asyncio.gather(
        _people(client, list(users)[:_AT_ONCE]), _is_in(client, channel)
    )
    errors = {
        field: f"{met[user].name or user} is {_why_not(met[user])}: choose somebody else."
        for field, them in chosen.items()
        for user in them
        if user in met and _why_not(met[user])
    }
    if errors:
        raise FormRefused(errors)
    return Meeting({user: Met(each.name, each.zone) for user, each in met.items()}, is_in)


async def learn(bot: Wired, workspace_id: str, users: Iterable[str]) -> None:
    """Names and zones of people whom we know, one after the other, while nobody waits."""
    try:
        client = await bot.clients.client_for(workspace_id)
        if client is None:
            return
        for user in users:
            told = await client.users_info(user)
            await bot.transactions.of(workspace_id).write(partial(_keep, workspace_id, told))
    except (Refusal, SlackFailure) as failure:
        log_failure("people not learnt", failure)


def _keep(workspace_id: str, told: SlackUser, session: Session) -> bool:
    return keep_profile_of(session, workspace_id, told.user_id, told.name, told.zone)


async def _people(client: SlackClient, users: Sequence[str]) -> Mapping[str, SlackUser]:
    """Those whom Slack describes in time."""
    if not users:
        return {}
    asked = [asyncio.create_task(client.users_info(user)) for user in users]
    done, late = await asyncio.wait(asked, timeout=_WITHIN_S)
    for task in late:
        task.cancel()
    found = (task.result() for task in done if task.exception() is None)
    return {person.user_id: person for person in found}


async def _is_in(client: SlackClient, channel: str | None) -> bool:
    """Taken for granted where Slack doesn't answer."""
    if not channel:
        return True
    try:
        async with asyncio.timeout(_WITHIN_S):
            return await client.is_in_channel(channel)
    except (SlackFailure, TimeoutError):
        return True


def _why_not(person: SlackUser) -> str:
    """Why somebody can't be in a team; "" for whoever can."""
    if person.is_bot:
        return "a bot"
    return "no longer in this Slack" if person.is_deleted else ""
