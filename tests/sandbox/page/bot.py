"""A small bot behind signed requests: answers with everything that a page may have to show."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from tests.sandbox.conftest import read
from tests.sandbox.page.kitchen import (
    CHARTS,
    DRAWN,
    ELEMENTS,
    GROUPED,
    HOME,
    button,
    data_table,
    form,
    table,
)
from tests.sandbox.samples import WEST, Json, actions, option, section

FEW = 5  # Elements in one row, so that each stays in sight.


@dataclass
class KitchenBot:
    """`heard` keeps each payload; `submitted` tells what a form is answered with."""

    client: AsyncWebClient
    heard: list[Json] = field(default_factory=list)
    submitted: Callable[[Json], Any] = lambda _: ""
    form: Json = field(default_factory=form)

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.text()
        assert SignatureVerifier(WEST.signing_secret).is_valid_request(body, dict(request.headers))
        payload = await read(request, body)
        self.heard.append(payload)
        answer = await self._answer(payload)
        if isinstance(answer, web.Response):
            return answer
        return web.Response(text=answer) if isinstance(answer, str) else web.json_response(answer)

    def pressed(self, action_id: str) -> list[Json]:
        """The actions with this id, as they came."""
        all_actions = [action for one in self.heard for action in one.get("actions", ())]
        return [action for action in all_actions if action["action_id"] == action_id]

    async def _answer(self, payload: Json) -> Any:
        if "command" in payload:
            return await self._command(payload)
        match payload["type"]:
            case "event_callback":
                return await self._event(payload["event"])
            case "block_suggestion":
                return {"options": [option(f"{payload['value']} ltd"), option("other")]}
            case "message_action" | "shortcut":
                await self.client.views_open(trigger_id=payload["trigger_id"], view=self.form)
            case "block_actions":
                await self._pressed(payload)
            case "view_submission":
                return self.submitted(payload)
        return ""

    async def _command(self, payload: Json) -> Any:
        text = payload["text"]
        match payload["command"]:
            case "/form":
                await self.client.views_open(trigger_id=payload["trigger_id"], view=self.form)
                return ""
            case "/show":
                return {"response_type": "in_channel", "text": text, "blocks": SHOWN[text]}
            case "/post":
                await self.client.chat_postMessage(channel=payload["channel_id"], text=text)
                return ""
            case "/fail":
                return web.Response(status=500)
        undo = actions(button("undo", style="danger"), button("again"))
        return {"text": text, "blocks": [section(f"Recorded: {text}"), undo]}

    async def _event(self, event: Json) -> str:
        if event["type"] == "app_home_opened" and event["tab"] == "home":
            view = {"type": "home", "blocks": HOME}
            await self.client.views_publish(user_id=event["user"], view=view)
        return ""

    async def _pressed(self, payload: Json) -> None:
        [action] = payload["actions"]
        if action["action_id"] == "undo":
            await self._respond(payload, {"delete_original": True})
        if action["action_id"] == "again":
            await self._respond(payload, {"replace_original": True, "text": "Said again"})

    async def _respond(self, payload: Json, body: Json) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.post(payload["response_url"], json=body),
        ):
            pass


ROWS = [
    actions(*ELEMENTS[at : at + FEW], block_id=f"row{at}") for at in range(0, len(ELEMENTS), FEW)
]
SHOWN: dict[str, list[Json]] = {
    "elements": [
        actions(*ELEMENTS[at : at + FEW], block_id=f"row{at}")
        for at in range(0, len(ELEMENTS), FEW)
    ]
    + [section("Grouped", accessory=GROUPED)],
    "blocks": DRAWN,
    "charts": CHARTS[:2],
    "charts2": CHARTS[2:],
    "tables": [table(), data_table()],
}
