"""Slack's failures, typed once: what may be tried again, what must be looked up, what is final."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

_RETRY_AFTER_S = 30.0
_UNREACHABLE_S = 10.0


class SlackFailure(Exception):
    """A call to Slack that brought no result. `code` is Slack's own name for it, or ours.

    `reason` is what a manager or admin reads: one sentence of at most 80 characters.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


class Refused(SlackFailure):
    """Slack said no, and will say no again. Surely nothing was done."""


class TokenRefused(Refused):
    """The installation itself is gone; every call will fail."""

    @property
    def is_mistaken(self) -> bool:
        """Slack knows no such token: it was mistyped rather than taken back."""
        return self.code in _UNKNOWN_TOKEN


class PermissionMissing(Refused):
    """The installation lacks a scope (`needed`); what needs another one still works."""

    def __init__(self, code: str, needed: str = "") -> None:
        what = f"the permission {needed[:20]}" if needed else "a permission"
        super().__init__(code, f"The app lacks {what}: install it again to grant it.")
        self.needed = needed


class MessageGone(Refused):
    """The message that was to be changed is not there (any more)."""


class TryLater(SlackFailure):
    """Surely nothing was done; it may be tried again after `retry_after` seconds."""

    def __init__(self, code: str, reason: str, retry_after: float) -> None:
        super().__init__(code, reason)
        self.retry_after = retry_after


class RateLimited(TryLater):
    """Slack's 429: this channel, or method, has had enough for a while."""


class Unreachable(TryLater):
    """The request never got to Slack: no network, no name service, a proxy in between."""


class OutcomeUnknown(SlackFailure):
    """It may have been done or not: a timeout, a dropped connection, a 5xx, Slack's own accident.

    Before doing it again, look whether it was.
    """


_TOKEN = {
    "account_inactive": "The app was removed from this workspace: install it again.",
    "invalid_auth": "Slack doesn't accept the bot's token: check SLACK_BOT_TOKEN.",
    "not_authed": "The bot has no token for this workspace.",
    "token_revoked": "The bot's token was revoked: install the app again.",
    "token_expired": "The bot's token has expired: install the app again.",
    "not_allowed_token_type": "SLACK_BOT_TOKEN is not a bot token (xoxb-…).",
    "org_login_required": "The organisation is being set up anew: install the app again.",
    "team_access_not_granted": "The organisation has taken the app from this workspace.",
    "access_denied": "An admin of the workspace doesn't allow this app.",
    "ekm_access_denied": "The organisation has suspended posting (key management).",
}
_UNKNOWN_TOKEN = frozenset({"invalid_auth", "not_authed"})
_PERMISSION = frozenset({"missing_scope", "no_permission"})
_REFUSED = {
    "channel_not_found": "Slack doesn't know this channel, or the bot was not invited to it.",
    "is_archived": "The channel is archived: choose another in the playbook.",
    "not_in_channel": "The bot is not in this channel: type /invite @Pacesetter there.",
    "restricted_action": "Only some people may post in this channel: ask its admins.",
    "restricted_action_read_only_channel": "The channel is read-only: choose another.",
    "user_not_found": "Slack doesn't know this person: check the user id in the playbook.",
    "users_not_found": "Slack doesn't know this person: check the user id in the playbook.",
    "user_disabled": "This person's Slack account is deactivated.",
    "user_not_visible": "The bot may not see this person (a guest).",
    "cannot_dm_bot": "This is a bot, not a person: check the user id in the playbook.",
    "messages_tab_disabled": "Direct messages are off: enable the app's Messages tab.",
    "msg_too_long": "The message is too long for Slack. Please report this.",
    "msg_blocks_too_long": "The message is too long for Slack. Please report this.",
    "invalid_blocks": "Slack refuses the message's form. Please report this.",
    "invalid_blocks_format": "Slack refuses the message's form. Please report this.",
    "too_many_attachments": "Slack refuses the message's form. Please report this.",
    "no_text": "The message was empty. Please report this.",
    "thread_not_found": "The message that this continues was deleted.",
    "cant_update_message": "Slack doesn't let the bot change this message.",
    "edit_window_closed": "The message is too old to be changed.",
    "cant_delete_message": "Slack doesn't let the bot delete this message.",
}
_GONE = frozenset({"message_not_found"})
_LATER = {
    "ratelimited": _RETRY_AFTER_S,
    "rate_limited": _RETRY_AFTER_S,
    "accesslimited": _RETRY_AFTER_S,
    "message_limit_exceeded": 3600.0,
    "team_added_to_org": 3600.0,
}
_UNKNOWN = frozenset({"fatal_error", "internal_error", "service_unavailable", "request_timeout"})


def failure_of(error: Exception) -> SlackFailure:
    """The typed failure behind whatever a call to Slack raised.

    Raises the error itself where it is nobody's failure but ours.
    """
    if isinstance(error, SlackApiError):
        return _of_the_sdk(error)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return Unreachable("unreachable", "Slack can't be reached.", _UNREACHABLE_S)
    if isinstance(error, asyncio.TimeoutError | aiohttp.ClientError | OSError):
        return OutcomeUnknown(type(error).__name__, "Slack did not answer.")
    raise error


def failure_named(code: str, retry_after: float | None = None) -> SlackFailure:
    """The failure that stands behind one of Slack's error codes."""
    if code in _UNKNOWN:
        return OutcomeUnknown(code, "Slack had an accident of its own.")
    if code in _LATER:
        return RateLimited(code, "Slack asks us to wait.", retry_after or _LATER[code])
    if code in _GONE:
        return MessageGone(code, "The message is no longer there.")
    if code in _PERMISSION:
        return PermissionMissing(code)
    if code in _TOKEN:
        return TokenRefused(code, _TOKEN[code])
    return Refused(code, _REFUSED.get(code, f"Slack refused it: {code[:60]}."))


def answered(
    status: int, headers: Mapping[str, str], said: Mapping[str, Any] | None
) -> SlackFailure:
    """The failure behind an answer that isn't a yes; `said` is None where it was no JSON.

    By the status first: proxies in front of Slack answer in words of their own.
    """
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return failure_named("ratelimited", _seconds(headers))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return OutcomeUnknown(f"http_{status}", "Slack had an accident of its own.")
    code = None if said is None else said.get("error")
    if said is not None and code in _PERMISSION:
        return PermissionMissing(code, str(said.get("needed") or ""))
    if isinstance(code, str):
        return failure_named(code)
    if status >= HTTPStatus.BAD_REQUEST:
        reason = f"Something between us and Slack answered {status}."
        return Unreachable(f"http_{status}", reason, _UNREACHABLE_S)
    return OutcomeUnknown("no_json", "Slack's answer made no sense.")


def _of_the_sdk(error: SlackApiError) -> SlackFailure:
    response: Any = error.response
    data = getattr(response, "data", None)
    return answered(_status(response), response.headers, data if isinstance(data, dict) else None)


def _status(response: Any) -> int:
    """The SDK hands over its own answer, or aiohttp's where the body was no JSON."""
    status = getattr(response, "status_code", None) or getattr(response, "status", None)
    return int(status or HTTPStatus.INTERNAL_SERVER_ERROR)


def _seconds(headers: Mapping[str, str]) -> float:
    """Retry-After in seconds; Slack sends whole ones, a proxy may send a date."""
    given = headers.get("Retry-After", "")
    return max(1.0, float(given)) if given.isdigit() else _RETRY_AFTER_S
