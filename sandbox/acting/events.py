"""Events: their envelope, and Slack's retries when the bot does not take them."""

import asyncio
import secrets

from sandbox.acting.courier import BotAnswer, Courier, Parcel
from sandbox.acting.payloads import VERIFICATION
from sandbox.errors import JsonObject
from sandbox.team import Team

# Seconds before each retry: at once, after a minute, after five (slack-facts, Requests from Slack).
RETRIES = (0.0, 60.0, 300.0)
REASONS = {
    "operation_timeout": "http_timeout",
    "connection_failed": "connection_failed",
    "http_error": "http_error",
}


class Events:
    """Sends events; retries wait on the sandbox's clock, in the background."""

    def __init__(self, courier: Courier) -> None:
        self.courier = courier
        self.retrying: set[asyncio.Task[None]] = set()

    async def send(self, team: Team, event: JsonObject) -> BotAnswer:
        """Delivers an event once and returns how that went; what fails is tried again later."""
        parcel = Parcel("events_api", str(event["type"]), envelope(team, event))
        answer = await self.courier.deliver(team, parcel)
        if _again(answer):
            task = asyncio.create_task(self._retry(team, parcel, answer))
            self.retrying.add(task)
            task.add_done_callback(self.retrying.discard)
        return answer

    async def settled(self) -> None:
        """Waits until no retry is due any more."""
        while self.retrying:
            await asyncio.wait(self.retrying)

    async def close(self) -> None:
        for task in list(self.retrying):
            task.cancel()
        await asyncio.gather(*self.retrying, return_exceptions=True)

    async def _retry(self, team: Team, parcel: Parcel, answer: BotAnswer) -> None:
        for number, seconds in enumerate(RETRIES, 1):
            await self.courier.world.clock.sleep(seconds)
            reason = REASONS[answer.error or "http_error"]
            again = Parcel(parcel.kind, parcel.name, parcel.payload, number, reason)
            answer = await self.courier.deliver(team, again)
            if not _again(answer):
                return


def envelope(team: Team, event: JsonObject) -> JsonObject:
    """The `event_callback` around an event, with an `event_id` of its own."""
    seed = team.seed
    installed = {
        "enterprise_id": None,
        "team_id": seed.id,
        "user_id": seed.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION,
        "team_id": seed.id,
        "api_app_id": seed.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(team.clock.now().timestamp()),
        "authorizations": [installed],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_hex(8)}",
    }


def _again(answer: BotAnswer) -> bool:
    asked_not_to = answer.headers.get("X-Slack-No-Retry") == "1"
    return answer.error is not None and not asked_not_to
