"""What a user typed, made harmless in Slack's mrkdwn."""


def escaped(typed: str) -> str:
    """The text with Slack's three control characters escaped, so that no mention or link is live.

    Source: Slack, "Formatting text for app surfaces". Bold and italic stay as typed: they reach
    nobody.
    """
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
