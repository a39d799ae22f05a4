"""Socket Mode answers as HTTP does."""

from pydantic import SecretStr
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from bot.settings import Settings
from bot.wiring import wired
from handlers.app import build_app
from handlers.background import Background
from sandbox import Sandbox
from tests.handlers.conftest import HandClock, a_slack
from tests.patience import PATIENCE_S, until
from tests.teams import RILEY, WORKSPACE, TeamRows


async def test_a_command_a_button_and_a_form_work_without_a_signing_secret(
    database_url: str, team: TeamRows
) -> None:
    async with Sandbox([a_slack()], rate_limits=False).patient(PATIENCE_S) as slack:
        seed = slack.team(WORKSPACE).seed
        settings = Settings(
            database_url=database_url,
            slack_bot_token=SecretStr(seed.bot_token),
            slack_app_token=SecretStr(seed.app_token),
            slack_api_url=slack.api_url,
            _env_file=None,
        )
        async with wired(settings, clock=HandClock()) as bot:
            background = Background()
            app = build_app(bot, background=background)
            handler = AsyncSocketModeHandler(app, seed.app_token)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            try:
                await until(slack.is_socket_connected)
                riley = slack.person(RILEY)
                reply = await riley.command("/log", "5 calls")
                assert "Recorded 5 × Prospecting calls" in reply.text
                await (await riley.press(reply, "undo")).answered()
                assert (await riley.command("/log", "")).modal is not None
            finally:
                await handler.close_async()  # type: ignore[no-untyped-call]
                await background.finish()
