"""Slack's request signature, v0."""

import hashlib
import hmac


def signed(secret: str, timestamp: int, body: str) -> dict[str, str]:
    """The two headers by which the bot knows that `body` is from Slack."""
    base = f"v0:{timestamp}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": str(timestamp),
        "X-Slack-Signature": f"v0={digest}",
    }
