"""What pieces of work come to that share a transaction, and telling whoever waits for each."""

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.db.failures import told


@dataclass(frozen=True, slots=True)
class Succeeded:
    """What a piece of work gave back."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """What a piece of work raised; `has_written` where it may have changed something before."""

    failure: Exception
    has_written: bool = False


Outcome = Succeeded | Failed


def settle(answer: asyncio.Future[Any], outcome: Outcome) -> None:
    """Tells whoever waits; where whoever asked has gone, the work stands all the same."""
    if answer.done():
        return
    if isinstance(outcome, Failed):
        answer.set_exception(told(outcome.failure))
    else:
        answer.set_result(outcome.value)
