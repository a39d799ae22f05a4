"""One event a line, to stderr; never a token, never what somebody wrote."""

import logging
import re
import sys
from typing import Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

_TOKEN = re.compile(r"\b(?:xox[a-z]+-|xoxe\.|xapp-)[\w.-]+", re.IGNORECASE)
_REDACTED = "[token]"
_WRITTEN_BY_PEOPLE = ("note", "text", "body", "blocks", "payload", "account")
_LEFT_OUT = "[left out]"
_TALKATIVE = (
    "slack_sdk",
    "slack_bolt",
    "aiohttp",
    "apscheduler",
    "asyncio",
    "uvicorn",
    "procrastinate",
)
"""They would log whole requests, or every tick."""


def set_up_logging(
    level: str = "info",
    style: Literal["console", "json"] | None = None,
    stream: TextIO | None = None,
) -> None:
    """Sends everything, ours and the libraries', through the same processors.

    `style` None means readable lines on a terminal and JSON elsewhere.
    """
    stream = sys.stderr if stream is None else stream
    if style is None:
        style = "console" if stream.isatty() else "json"
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        left_out,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    _route_standard_library(level, stream, _formatter(style, shared, colours=stream.isatty()))


def left_out(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leaves out what people wrote, whoever logs it."""
    for name in _WRITTEN_BY_PEOPLE:
        if name in event:
            event[name] = _LEFT_OUT
    return event


def redacted(text: str) -> str:
    """The text without anything that looks like one of Slack's tokens."""
    return _TOKEN.sub(_REDACTED, text)


def _formatter(
    style: Literal["console", "json"], shared: list[Processor], *, colours: bool
) -> logging.Formatter:
    plain = structlog.dev.plain_traceback  # the pretty one prints local variables
    renderers: list[Processor] = (
        [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain)]
        if style == "console"
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *renderers,
            _redact_line,
        ],
    )


def _redact_line(_logger: WrappedLogger, _method: str, line: EventDict) -> str:
    return redacted(str(line))  # by now rendered, whatever structlog's types say


def _route_standard_library(level: str, stream: TextIO, formatter: logging.Formatter) -> None:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    quiet = max(logging.WARNING, root.level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(quiet)
