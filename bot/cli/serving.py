"""`pacesetter run`: the whole bot in one process; `web` and `worker`: its halves, in many."""

import ctypes
import gc
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from bot.settings import Settings

_GARBAGE_AFTER = 10_000
"""Objects that outlive their request before garbage is looked for: at Python's 700 that is every
few requests, and takes a thirtieth of them."""
_M_ARENA_MAX: Final = -8
"""Its number in glibc's malloc.h."""


@click.command("run")
def run_command() -> None:
    """Runs the whole bot: HTTP or Socket Mode, the clock, and everything it sends.

    Migrates an SQLite database by itself; refuses a PostgreSQL that is behind. Ends in under ten
    seconds on Ctrl-C or SIGTERM, with what is under way finished.
    """
    gc.disable()  # importing makes nothing but what stays: looking for garbage in it costs 0.2 s
    from bot.settings import load_settings, needed_for_serving

    settings = load_settings(needed_for_serving)
    _prepare(settings)

    from bot.cli.process import serve

    _run_to_the_end(lambda: serve(settings))


@click.command("web")
def web_command() -> None:
    """Answers Slack: HTTP or Socket Mode. What is to be sent is left to `pacesetter worker`.

    As many of them as wanted, on PostgreSQL; refuses one that is behind. Ends in under ten seconds
    on Ctrl-C or SIGTERM, with what is under way finished.
    """
    gc.disable()
    from bot.settings import load_settings, needed_for_serving, needed_for_working

    settings = load_settings(needed_for_serving, needed_for_working)
    _prepare(settings)

    from bot.cli.process import serve

    _run_to_the_end(lambda: serve(settings, alone=False))


@click.command("worker")
def worker_command() -> None:
    """Plans and sends what is due, beside however many other workers, on PostgreSQL.

    Ends in under ten seconds on Ctrl-C or SIGTERM: sends under way are finished, the rest goes to
    the others.
    """
    gc.disable()
    from bot.settings import load_settings, needed_for_working

    settings = load_settings(needed_for_working)
    _prepare(settings)

    from bot.cli.working import work

    _run_to_the_end(lambda: work(settings))


def share_one_arena() -> None:
    """Has all threads allocate from one heap, where the C library is glibc.

    It gives each thread one of its own, and what is free in one is of no use to another: half of
    them lay idle, 8 MB (docs/performance.md). To be called before there is a second thread.
    """
    with suppress(AttributeError, OSError):  # another C library has no such thing
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _prepare(settings: "Settings") -> None:
    share_one_arena()
    from bot.logs import set_up_logging
    from bot.wiring import prepare_database

    set_up_logging(settings.log_level, settings.log_format)
    prepare_database(settings.database_url)


def _run_to_the_end(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    import uvloop

    gc.freeze()  # nor shall a request wait while it is looked through again
    gc.set_threshold(_GARBAGE_AFTER)
    gc.enable()
    uvloop.run(main())
