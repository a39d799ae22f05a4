"""`python -m sandbox`: the sandbox as a process of its own."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from sandbox.server import Sandbox
from sandbox.workspace import load_seed


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when stopped, 2 when the seed or the port is no good."""
    options = _options(arguments)
    try:
        sandbox = Sandbox(
            load_seed(options.seed),
            rate_limits=not options.no_rate_limits,
            request_url=options.request_url,
            port=options.port,
        )
        asyncio.run(_serve(sandbox))
    except (OSError, ValueError, TypeError, KeyError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    return 0


async def _serve(sandbox: Sandbox) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with sandbox:
        sys.stdout.write(f"SLACK_API_URL={sandbox.api_url}\n")
        sys.stdout.flush()
        await stop.wait()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    parser.add_argument("--seed", type=Path, required=True, help="JSON file with workspaces")
    parser.add_argument("--request-url", help="where the bot takes Slack's requests")
    parser.add_argument("--no-rate-limits", action="store_true", help="never answer 429")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
