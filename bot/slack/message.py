"""A message: its blocks, and the plain text for notifications and screen readers."""

from dataclasses import dataclass
from typing import Any

Blocks = tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What one message shows. `thread` holds what goes on below it when it is too long for one."""

    text: str
    blocks: Blocks
    thread: tuple["Message", ...] = ()
