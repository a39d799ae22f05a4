"""What a user typed, made harmless in Slack's mrkdwn."""

import re
from typing import Final

_LIVE: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LOOKALIKES: Final = {"*": "∗", "~": "∼", "`": "ˋ", "_": "ˍ"}
_FORMATTING: Final = re.compile(r"[*~`]|(?<![^\W_])_|_(?![^\W_])")
"""Slack knows no escape for these; an underscore inside a word formats nothing and stays."""
_HARMLESS: Final = re.compile(r"(?:[^\W_]|[ ,.;:()×-])*")
"""Nothing that Slack reads as anything: most names, and most of what is typed."""
_QUOTE: Final = re.compile(r"(^|\n)(\s*)&gt;")
_CHARACTERS: Final = re.compile(r"&\w+;|[\s\S]")
_UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that turn round the direction of whatever follows, others' words too."""


def escaped(typed: str) -> str:
    """The text as it was typed, with no mention, link or formatting live in it.

    Slack's three control characters are escaped (Slack, "Formatting text for app surfaces"); those
    that would make text bold, struck out or code are replaced by others that look the same.
    Addresses stay plain text because every block of ours is `verbatim` (`bot.slack.rendering`).
    """
    if _HARMLESS.fullmatch(typed):
        return typed
    plain = _FORMATTING.sub(lambda found: _LOOKALIKES[found[0]], sentence(typed))
    return _QUOTE.sub(r"\1\2›", plain)


def sentence(said: str) -> str:
    """A sentence of ours, with our own formatting, that may quote what its reader has typed: no
    mention and no link is live in it."""
    return _UNSEEN.sub("", said).translate(_LIVE)


def characters(typed: str) -> list[str]:
    """The same as `escaped`, in pieces between which it may be cut."""
    return _CHARACTERS.findall(escaped(typed))
