"""What Slack answers instead of a result, and what a person at the screen cannot do."""

from collections.abc import Sequence
from typing import Any

JsonObject = dict[str, Any]


class SlackError(Exception):
    """A Web API answer with `ok: false`; `code` is Slack's own name for it."""

    def __init__(self, code: str, *, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = tuple(messages)
        self.extra = extra

    def answer(self) -> JsonObject:
        """The JSON body as Slack writes it, `response_metadata.messages` telling the place."""
        body: JsonObject = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


class RateLimited(SlackError):
    """Slack's 429; `retry_after` is in whole seconds, as in its header."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotPossible(Exception):
    """Slack's own client would not let a person do this: no such button, an empty input."""
