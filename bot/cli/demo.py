"""`pacesetter demo`: the bot beside a local stand-in for Slack, with a page to try it on."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="The page's; 8300, or a free one, if left out."
)
@click.option("--no-browser", is_flag=True, help="Prints the page's address and opens nothing.")
@click.option("--keep", is_flag=True, help="Goes on where the last kept demo ended.")
@click.option("--play", is_flag=True, help="Prints a fortnight of a team instead, and ends.")
def demo_command(port: int | None, no_browser: bool, keep: bool, play: bool) -> None:
    """Opens the bot beside a local stand-in for Slack, on a page that looks like it.

    A sample team with eight weeks of history; you choose who you are and what time it is. Needs no
    Slack, no tokens and no network. Ctrl-C ends it, and nothing is left. With --keep all of it
    stays in $XDG_STATE_HOME/pacesetter (~/.local/state/pacesetter), and the next --keep goes on.
    """
    import asyncio

    from bot.domain.errors import Refusal
    from bot.logs import set_up_logging

    set_up_logging("error")
    try:
        folder = _kept_in() if keep else None
        show = _leave if no_browser else _show
        asyncio.run(_played(port) if play else _open(port, folder, show))
    except OSError as taken:
        sentence = f"Port {port} can't be used ({taken.strerror}): try another with --port."
        raise Refusal(sentence) from taken


async def _played(port: int | None) -> None:
    from bot.demo.run import run_demo

    await run_demo(click.echo, port or 0)


async def _open(port: int | None, folder: Path | None, show: Callable[[str], None]) -> None:
    import asyncio
    import signal

    from bot.demo.opening import run

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await run(click.echo, show, stop, port, folder)


def _kept_in() -> Path:
    """The user's folder for what programs remember between runs (XDG base directories)."""
    state = os.environ.get("XDG_STATE_HOME", "")
    return (Path(state) if state else Path.home() / ".local" / "state") / "pacesetter"


def _leave(_: str) -> None:
    pass


def _show(url: str) -> None:
    """Opens the page where somebody sits before a screen; the address has been printed anyway."""
    import webbrowser

    has_screen = sys.platform == "darwin" or any(
        map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))
    )
    if has_screen and sys.stdout.isatty():
        webbrowser.open(url)
