"""What `/log` is measured against: Bolt as fast as it goes, giving back one fixed reply.

`python -m benchmarks.echo PORT REPLY.json` serves it.
"""

import json
import sys
from pathlib import Path
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from benchmarks.load import SIGNING_SECRET

_INSTALLED = AuthorizeResult(
    enterprise_id=None,
    team_id="T01TEST",
    bot_token="xoxb-echo",
    bot_user_id="U0BOT",
    bot_id="B0BOT",
)


async def _authorize(**_context: Any) -> AuthorizeResult:
    return _INSTALLED


def echo(reply: dict[str, Any]) -> AsyncApp:
    """A Bolt app whose only listener answers `/log` with the reply.

    All that Bolt lets one turn off is off, but for the signature: 7 of 76 µs.
    """
    app = AsyncApp(
        signing_secret=SIGNING_SECRET,
        authorize=_authorize,
        process_before_response=True,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
    )

    @app.command("/log")
    async def log(ack: Any) -> None:
        await ack(reply)

    return app


def main() -> None:
    """Serves until it is stopped."""
    port, reply = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    handler: Any = AsyncSlackRequestHandler(echo(reply), path="/slack/events")
    uvicorn.run(
        handler,
        host="127.0.0.1",
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        loop="uvloop",
        http="httptools",
    )


if __name__ == "__main__":
    main()
