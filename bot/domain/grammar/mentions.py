"""People in a command's text, as Slack sends them: `<@U123|name>` or `<@U123>`."""

import re

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def named_person(text: str) -> tuple[str | None, str]:
    """The id of the first person mentioned and the text without that mention."""
    match = _MENTION.search(text)
    if match is None:
        return None, text
    return match[1], f"{text[: match.start()]} {text[match.end() :]}"
