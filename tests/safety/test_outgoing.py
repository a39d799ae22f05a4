"""Whatever a request says, the bot connects to Slack and to nobody else."""

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from bot.slack import actions
from bot.slack.views.coach import names
from bot.slack.views.coach.place import Kept, Place
from tests.handlers.conftest import Running
from tests.safety.twins import pressed, sent_form
from tests.teams import MORGAN, WORKSPACE

EVIL = (
    "http://169.254.169.254/latest",
    "http://127.0.0.1:9/x",
    "https://evil.test/hooks.slack.com",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> set[Any]:
    """Every address that some socket of this process connects to, or name that is looked up."""
    seen: set[Any] = set()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def noted(self: socket.socket, address: Any) -> None:
        seen.add(address)
        connect(self, address)

    def looked_up(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        seen.add((host, port))
        return look_up(host, port, *more, **named)

    monkeypatch.setattr(socket.socket, "connect", noted)
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return seen


def _requests(url: str) -> Iterator[dict[str, Any]]:
    base = {"user_id": MORGAN, "team_id": WORKSPACE, "channel_id": "C01WEST", "response_url": url}
    for number, command in enumerate(("/log", "/pace", "/coach", "/kudos")):
        yield base | {"command": command, "text": f"5 calls {url}", "trigger_id": f"t{number}{url}"}
    held = json.dumps({"response_url": url, "url": url, "entry_id": 1, "user": MORGAN})
    for name in (actions.LOG_FORM, actions.EDIT_FORM, actions.NOTES_FORM, actions.SETTINGS_FORM):
        form = sent_form(
            MORGAN, name, held, {"quantity": {"value": {"value": "3"}}}, f"V{name}{url}"
        )
        yield {"payload": form | {"response_urls": [{"response_url": url}]}}
    for page in (names.TIMES, names.NEWS, names.REP_ADD):
        kept = Kept(Place(page, 1), url=url).metadata
        yield {"payload": sent_form(MORGAN, actions.COACH_FORM, kept, {}, f"V{page}{url}")}
    for name in (actions.UNDO, actions.SNOOZE, actions.SETTLE, actions.WHY, actions.PREP):
        yield {"payload": pressed(MORGAN, f"{name}:1", "1", response_url=url)}


async def test_no_address_that_a_request_names_is_asked(running: Running, asked: set[Any]) -> None:
    for url in EVIL:
        for fields in _requests(url):
            assert (await running.signed(fields)).status == 200
            await running.settled()
    ours = {running.slack.api_url.split("/")[2], running.url.split("/")[2]}
    assert {f"{host}:{port}" for host, port, *_ in asked} <= ours
    assert asked
