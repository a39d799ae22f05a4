"""Hello-world as Bolt's guides start it: no database, no blocks, and nothing turned off.

`python -m benchmarks.guide sync|async PORT` serves it. The guides are those of Bolt for Python:
"Getting started" over HTTP (`App`, `app.start(port)`: Python's own `http.server`) and "Using async"
(`AsyncApp`, `app.start(port)`: aiohttp's). Both check the signature of each request, and ask Slack
once whose token theirs is.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

from slack_bolt import App
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.load import SIGNING_SECRET
from benchmarks.serving import Server, free_port, serving

GREETING: Final = b"Hey there"
_TOKEN: Final = "xoxb-hello"
_WHOSE: Final = {"ok": True, "team_id": "T01TEST", "user_id": "U0BOT", "bot_id": "B0BOT"}


def hello(api_url: str) -> App:
    """The guide's app, with a command where the guide has a message."""
    client = WebClient(_TOKEN, base_url=api_url)
    app = App(client=client, signing_secret=SIGNING_SECRET)

    @app.command("/log")
    def greet(ack: Any, command: dict[str, Any]) -> None:
        ack(f"Hey there <@{command['user_id']}>!")

    return app


def async_hello(api_url: str) -> AsyncApp:
    """The same, as the guide to asyncio has it."""
    client = AsyncWebClient(_TOKEN, base_url=api_url)
    app = AsyncApp(client=client, signing_secret=SIGNING_SECRET)

    @app.command("/log")
    async def greet(ack: Any, command: dict[str, Any]) -> None:
        await ack(f"Hey there <@{command['user_id']}>!")

    return app


@contextmanager
def serving_hello(kind: str) -> Iterator[Server]:
    """Hello-world of a kind, "sync" or "async", until the block ends."""
    port = free_port()
    with serving(["benchmarks.guide", kind, str(port)], port, {}) as server:
        yield server


class _Slack(BaseHTTPRequestHandler):
    """Answers `auth.test`; nothing else is asked."""

    def do_POST(self) -> None:
        body = json.dumps(_WHOSE).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: Any) -> None:
        """Says nothing."""


def main() -> None:
    """Serves until it is stopped."""
    kind, port = sys.argv[1], int(sys.argv[2])
    slack = HTTPServer(("127.0.0.1", 0), _Slack)
    Thread(target=slack.serve_forever, daemon=True).start()
    api_url = f"http://127.0.0.1:{slack.server_port}/api/"
    app = hello(api_url) if kind == "sync" else async_hello(api_url)
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        app.start(port)  # `http.server` writes a line for each request


if __name__ == "__main__":
    main()
