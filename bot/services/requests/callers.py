"""Who calls from Slack."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a request, and the key by which a repeated request is known for one.

    For a command the key is Slack's trigger id; for a button, its message and its own action id.
    """

    workspace_id: str
    user_id: str
    key: str
