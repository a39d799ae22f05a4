"""Which addresses the bot answers at: Slack's own, and no other that a request may carry."""

from functools import lru_cache
from urllib.parse import urlsplit

_SLACKS = ("slack.com", "slack-gov.com")


@lru_cache(maxsize=256)
def is_slacks(url: str, api_url: str) -> bool:
    """Whether an address is Slack's, or the stand-in's that `api_url` names.

    A response URL comes back in forms' metadata, and whoever can forge that would choose what this
    machine asks for: `http://169.254.169.254/…` in place of `https://hooks.slack.com/…`.
    """
    try:
        asked, ours = urlsplit(url), urlsplit(api_url)
        if (asked.scheme, asked.hostname, asked.port) == (ours.scheme, ours.hostname, ours.port):
            return True
        host, port = asked.hostname or "", asked.port
    except ValueError:
        return False
    of_slack = any(host == name or host.endswith(f".{name}") for name in _SLACKS)
    return asked.scheme == "https" and of_slack and port in {None, 443} and not asked.username
