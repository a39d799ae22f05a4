"""Turns a broken rule into Slack's words: `[ERROR] … [json-pointer:/blocks/0/text/text]`."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

WORDS = {
    "missing": "missing required field: {field}",
    "extra_forbidden": "invalid additional property: {field}",
    "union_tag_invalid": "unsupported type: {tag}",
    "union_tag_not_found": "missing required field: type",
    "too_long": "no more than {max_length} items allowed [{actual_length}]",
    "too_short": "must have at least {min_length} items [{actual_length}]",
    "string_too_long": "must be less than {max_length} characters",
    "string_too_short": "must be at least {min_length} characters",
    "string_pattern_mismatch": "failed to match the pattern {pattern}",
}


def at(pointer: str, text: str) -> str:
    """One message of `response_metadata.messages`."""
    return f"[ERROR] {text} [json-pointer:{pointer}]"


def messages(error: ValidationError, data: Any, root: str) -> list[str]:
    """All that is wrong with `data`, which stands at the pointer `root` of the request."""
    return [at(root + _pointer(e, data), _words(e)) for e in error.errors(include_url=False)]


def _words(error: ErrorDetails) -> str:
    words = WORDS.get(error["type"])
    if words is None:
        return error["msg"]
    return words.format(field=error["loc"][-1] if error["loc"] else "", **error.get("ctx", {}))


def _pointer(error: ErrorDetails, data: Any) -> str:
    path = "".join(f"/{step}" for step in _steps(error["loc"], data, error["type"] == "missing"))
    return path + str(error.get("ctx", {}).get("at", ""))


def _steps(loc: Sequence[int | str], data: Any, missing: bool) -> list[int | str]:
    """The location without the names of union members, which stand in no document."""
    steps: list[int | str] = []
    for step in loc:
        inside = data[step] if _has(data, step) else None
        if inside is not None or _has(data, step):
            steps.append(step)
            data = inside
    if missing and loc:
        steps.append(loc[-1])
    return steps


def _has(data: Any, step: int | str) -> bool:
    if isinstance(data, dict):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)
