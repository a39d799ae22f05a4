"""Installing against emulate, whose OAuth and scopes we did not write."""

import json
import re
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.services.installing.keys import new_key
from bot.slack.scopes import SCOPES
from tests.end_to_end.foreign import BOT_PORT, MODULES, SLACK_PORT, ForeignSlack, foreign_slack
from tests.end_to_end.running import Surroundings, running_bot
from tests.end_to_end.test_emulate import SEED, TOKEN

pytestmark = pytest.mark.may_skip("needs Node and Linux's network namespaces")

APP = {
    "client_id": "111.222",
    "client_secret": "hidden",
    "name": "Pacesetter",
    "redirect_uris": [f"http://127.0.0.1:{BOT_PORT}/slack/oauth_redirect"],
}


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[ForeignSlack]:
    """emulate with one app, which grants what is asked for and no more."""
    program = ["node", str(MODULES / "emulate" / "dist" / "index.js")]
    options = ["--service", "slack", "--port", str(SLACK_PORT), "--seed"]
    seed = {"slack": {**SEED["slack"], "oauth_apps": [APP], "strict_scopes": True}}
    with foreign_slack(tmp_path, [*program, *options], seed, TOKEN) as running:
        yield running


@pytest.fixture
def bot(slack: ForeignSlack, tmp_path: Path) -> Iterator[Surroundings]:
    environment = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db",
        "SLACK_API_URL": slack.api_url,
        "SLACK_SIGNING_SECRET": "signing",
        "SLACK_CLIENT_ID": APP["client_id"],
        "SLACK_CLIENT_SECRET": APP["client_secret"],
        "SLACK_STATE_SECRET": "state",
        "TOKEN_KEYS": new_key(),
    }
    where = Surroundings(tmp_path, environment, slack.network)  # type: ignore[arg-type]
    with running_bot(where, BOT_PORT):
        yield where


async def install(slack: ForeignSlack, scopes: str | None = None) -> tuple[int, str]:
    """A person's way through both; emulate asks who one is, and gives a code."""
    way = aiohttp.UnixConnector(slack.network.socket(BOT_PORT))
    async with (
        aiohttp.ClientSession(f"http://localhost:{BOT_PORT}", connector=way) as ours,
        slack.client() as theirs,
    ):
        async with ours.get("/slack/install", allow_redirects=False) as sent:
            cookie = {name: each.value for name, each in sent.cookies.items()}
            address = urlsplit(sent.headers["Location"])
        asked = {name: values[0] for name, values in parse_qs(address.query).items()}
        asked |= {"redirect_uri": APP["redirect_uris"][0]}
        async with theirs.get(address.path, params=asked) as page:
            shown = await page.text()
        user = re.search(r'name="user_id" value="(\w+)"', shown)
        assert user, shown
        form = {**asked, "user_id": user[1], "user_scope": "", "scope": scopes or asked["scope"]}
        callback = theirs.post(f"{address.path}/callback", data=form, allow_redirects=False)
        async with callback as back:
            query = urlsplit(back.headers["Location"]).query
        async with ours.get(f"/slack/oauth_redirect?{query}", cookies=cookie) as end:
            return end.status, await end.text()


def doctor(bot: Surroundings) -> dict[str, str]:
    """Each check's verdict, whatever the exit code."""
    command = bot.command("doctor", "--json")
    said = subprocess.run(
        command, env=bot.variables(), cwd=bot.folder, capture_output=True, text=True, check=False
    )
    return {each["name"]: each["verdict"] for each in json.loads(said.stdout)}


async def test_whoever_installs_gets_the_first_message(
    slack: ForeignSlack, bot: Surroundings
) -> None:
    status, page = await install(slack)
    assert (status, "/coach setup" in page) == (200, True), page
    handled: list[dict[str, Any]] = bot.json("tick")
    checks = doctor(bot)
    assert all(each["state"] == "sent" for each in handled)
    assert checks["scopes in T000000001"] == "ok"
    assert checks["installation T000000001"] == "ok"


async def test_a_scope_that_was_not_granted_is_named(
    slack: ForeignSlack, bot: Surroundings
) -> None:
    fewer = ",".join(scope for scope in SCOPES if scope not in {"chat:write", "im:write"})
    status, page = await install(slack, fewer)
    assert (status, "chat:write" in page) == (403, True)
