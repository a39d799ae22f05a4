"""The log: one event a line, and nothing in it that must not leave."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from bot.logs import set_up_logging
from tests.logging_state import logging_restored


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    with logging_restored():
        yield


@pytest.fixture(params=["console", "json"])
def stream(request: pytest.FixtureRequest) -> io.StringIO:
    style: Literal["console", "json"] = request.param
    stream = io.StringIO()
    set_up_logging("debug", style, stream)
    return stream


def test_json_has_one_event_a_line() -> None:
    stream = io.StringIO()
    set_up_logging("info", "json", stream)
    structlog.get_logger("jobs").info("sent", key="nudge:1", kind="nudge")
    logging.getLogger("somebody").warning("two\nlines")
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["event"], first["key"], first["level"]) == ("sent", "nudge:1", "info")
    assert (second["event"], second["logger"]) == ("two\nlines", "somebody")


def test_no_token_is_ever_written(stream: io.StringIO) -> None:
    tokens = ["xoxb-12-ab.C_d", "xapp-1-A0-12-ff", "xoxe.xoxp-1-Mi0"]
    logger = structlog.get_logger()
    logger.info(f"started with {tokens[0]}", nested={"token": [tokens[1]]})
    logging.getLogger("library").error("failed for %s", tokens[2])
    try:
        raise ValueError(tokens[0])
    except ValueError:
        logger.exception("broke")
    written = stream.getvalue()
    assert "ValueError" in written
    assert not [token for token in tokens if token in written]


def test_what_somebody_wrote_is_left_out(stream: io.StringIO) -> None:
    structlog.get_logger().info("recorded", note="met the CFO", text="/log 5 calls", entries=1)
    assert "recorded" in stream.getvalue()
    assert "CFO" not in stream.getvalue()
    assert "calls" not in stream.getvalue()


def test_local_variables_stay_out_of_tracebacks(stream: io.StringIO) -> None:
    name = "CFO"

    def fail(note: str) -> None:
        raise KeyError(len(note))

    try:
        fail(f"met the {name}")
    except KeyError:
        structlog.get_logger().exception("broke")
    assert "KeyError" in stream.getvalue()
    assert "met the CFO" not in stream.getvalue()


def test_libraries_do_not_log_requests_at_debug(stream: io.StringIO) -> None:
    logging.getLogger("slack_sdk.web.async_client").debug("Sending a request - params: …")
    assert stream.getvalue() == ""
