"""The one error boundary of the handlers: whatever happens, the user reads a kind sentence.

Slack shows an answer only when it comes with status 200, so that nothing here ever raises.
"""

import traceback
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final, TypeVar

import structlog

from bot.domain.errors import NothingSetUp, Refusal
from bot.domain.grammar.refusals import NotUnderstood
from bot.slack import actions
from bot.slack.errors import SlackFailure
from bot.slack.message import Message
from bot.slack.messages.notices import notice, question
from bot.slack.messages.welcome import setup_offer

T = TypeVar("T")
_log = structlog.get_logger(__name__)
_HALF: Final = "There is half a character in that, so nothing was done. Please type it again."
"""JSON can say one half of a pair of surrogates, which no database takes."""


@dataclass(frozen=True, slots=True)
class Boundary:
    """Turns failures into what the user reads. `choice` is what a corrected line's button does."""

    choice: str = actions.LINE

    async def answer(self, work: Awaitable[Message | None]) -> Message | None:
        """What the work came to, or a kind sentence."""
        try:
            return await work
        except Exception as failure:  # noqa: BLE001  the edge: whoever asked must get an answer
            return self.message_for(failure)

    def message_for(self, failure: Exception) -> Message:
        """The failure in the words that the user reads."""
        if isinstance(failure, NotUnderstood):
            return question(failure.sentence, failure.choices, self.choice)
        if isinstance(failure, NothingSetUp) and failure.may_set_up:
            return setup_offer(failure.sentence)
        return notice(sentence_for(failure))


def drawn(outcome: T, draw: Callable[[T], Message]) -> Message:
    """The message for what has been committed already.

    Where only the drawing fails, the user isn't told that nothing was done.
    """
    try:
        return draw(outcome)
    except Exception as failure:  # noqa: BLE001  the edge: whoever asked must get an answer
        return _drawn_badly(failure)


def sentence_for(failure: Exception) -> str:
    """The plain sentence for a failure; anything unexpected is logged once, without its content."""
    if isinstance(failure, Refusal):
        return failure.sentence
    if isinstance(failure, UnicodeEncodeError):
        return _HALF
    if isinstance(failure, SlackFailure):
        log_failure("slack refused", failure, code=failure.code)
        return "Slack didn't answer me just now, so nothing was done. Please try again."
    reference = log_failure("request failed", failure)
    return (
        "Something went wrong on my side, and nothing was recorded. Please try again; if it "
        f"happens again, tell whoever runs Pacesetter: reference {reference}."
    )


@contextmanager
def nobody_to_tell() -> Iterator[None]:
    """For showing an answer: that Slack didn't take it is logged, which is all one can do."""
    try:
        yield
    except SlackFailure as failure:
        log_failure("answer not shown", failure, code=failure.code)


def log_failure(event: str, failure: Exception, **details: Any) -> str:
    """Logs where it happened, never what it said: that might quote a user. Returns a reference."""
    reference = token_hex(4)
    where = "".join(traceback.format_tb(failure.__traceback__))
    _log.error(event, reference=reference, error=type(failure).__name__, where=where, **details)
    return reference


def _drawn_badly(failure: Exception) -> Message:
    reference = log_failure("answer not drawn", failure)
    return notice(
        "It's done, but I couldn't draw the answer. `/pace` shows how things stand; please tell "
        f"whoever runs Pacesetter: reference {reference}."
    )
