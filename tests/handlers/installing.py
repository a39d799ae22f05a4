"""A bot that workspaces install by OAuth, and a browser."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp
from pydantic import SecretStr
from sqlalchemy import select

from bot.db.tables import installations
from bot.services.installing.keys import new_key
from bot.settings import Settings
from bot.tokens import Installing
from bot.wiring import wired
from handlers.app import build_app
from handlers.background import Background
from handlers.http import build_http
from handlers.installing import InstallPages
from handlers.readiness import Readiness
from sandbox import Sandbox
from sandbox.oauth import App
from tests.handlers.conftest import HandClock, serving
from tests.handlers.guided import NO_WAITING, Newly, a_new_slack
from tests.patience import PATIENCE_S
from tests.teams import MORGAN, WORKSPACE

APP = App()
ROTATING = App(rotates=True)
STATE_SECRET = "a state secret"


@dataclass(frozen=True)
class Page:
    """What a browser got."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Browser:
    """Somebody's browser: it keeps cookies, and follows no redirect by itself."""

    base: str
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, query: Mapping[str, str] | None = None) -> Page:
        address = f"{self.base}{path}" + (f"?{urlencode(query)}" if query else "")
        async with (
            aiohttp.ClientSession(cookies=self.cookies) as session,
            session.get(address, allow_redirects=False) as answer,
        ):
            self.cookies |= {name: each.value for name, each in answer.cookies.items()}
            return Page(answer.status, await answer.text(), answer.headers)


@dataclass
class Installable(Newly):
    """A bot without any token of its own."""

    base: str = ""

    @property
    def installing(self) -> Installing:
        assert self.bot.installing is not None
        return self.bot.installing

    def browser(self) -> Browser:
        return Browser(self.base)

    async def asked(self, browser: Browser) -> str:
        """The address at Slack that `/slack/install` sends to."""
        sent = await browser.get("/slack/install")
        assert sent.status == 302
        return sent.headers["Location"]

    async def install(self, user: str = MORGAN, browser: Browser | None = None) -> Page:
        """The whole way, as somebody who says yes."""
        browser = browser or self.browser()
        yes = self.slack.consent(await self.asked(browser), user)
        return await browser.get("/slack/oauth_redirect", yes)

    async def row(self, workspace_id: str = WORKSPACE) -> object:
        chosen = select(installations).where(installations.c.workspace_id == workspace_id)
        rows = await self.rows(chosen)
        return rows[0] if rows else None

    async def token(self) -> str | None:
        return await self.installing.tokens.token_for(WORKSPACE)

    def elsewhere(self) -> None:
        """As in another process, which has remembered nothing."""
        self.installing.tokens.forget()


def settings_for(database_url: str, api_url: str, keys: str, app: App = APP) -> Settings:
    return Settings(
        database_url=database_url,
        slack_client_id=app.client_id,
        slack_client_secret=SecretStr(app.client_secret),
        slack_state_secret=SecretStr(STATE_SECRET),
        slack_signing_secret=SecretStr(a_new_slack().signing_secret),
        slack_api_url=api_url,
        token_keys=SecretStr(keys),
        _env_file=None,
    )


@asynccontextmanager
async def installable(
    database_url: str, app: App = APP, keys: str | None = None, slack: Sandbox | None = None
) -> AsyncIterator[Installable]:
    """The bot on an empty database, its pages included."""
    clock, background = HandClock(), Background()
    seed = a_new_slack()
    async with Sandbox([seed], rate_limits=False, clock=clock.now).patient(PATIENCE_S) as own:
        place = slack or own
        place.offer(app)
        settings = settings_for(database_url, place.api_url, keys or new_key(), app)
        async with wired(settings, clock=clock, pace=NO_WAITING) as bot:
            newly = Installable(place, bot, clock, background)
            assert bot.installing is not None
            pages = InstallPages(bot, bot.installing, newly.woken.append)
            secret = place.team(WORKSPACE).seed.signing_secret
            slack_app = build_app(bot, newly.woken.append, background)
            http = build_http(slack_app, secret, Readiness(bot), bot.metrics, pages)
            async with serving(http) as url:
                place.request_url = url
                newly.base = url.removesuffix("/slack/events")
                yield newly
                await background.finish()
