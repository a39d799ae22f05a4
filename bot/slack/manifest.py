"""The Slack app manifest: everything that an app's settings pages would ask for, in one paste.

The form is that of docs.slack.dev, "App manifest reference". JSON is YAML too, so what is printed
may be pasted into either tab of Slack's dialog.
"""

import json
from typing import Any, Final
from urllib.parse import urlsplit

from bot.domain.errors import Refusal
from bot.slack import actions
from bot.slack.scopes import EVENTS, SCOPES

_COMMANDS: Final = (
    ("/log", "Log what you did", "5 calls, 1 demo with Acme yesterday; met the CFO"),
    ("/pace", "See where you stand", "[now | team | snooze 3 days | away 12-16 dec]"),
    ("/coach", "Set-up, people, targets, playbook", "[setup | prep @rep | digest | target]"),
    ("/kudos", "Praise a colleague in the team's channel", "@rep for the Acme turnaround"),
)
_SHORTCUTS: Final = (
    ("Log this", "message", actions.LOG_THIS, "Counts what a message tells of, as a form"),
    ("Log a behaviour", "global", actions.LOG_ANYTHING, "Opens the form behind /log"),
)
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})


def manifest(
    base_url: str | None = None, *, token_rotation: bool = False, org_wide: bool = False
) -> dict[str, Any]:
    """The manifest of an app that takes requests at `base_url`, or through Socket Mode without.

    With `token_rotation` tokens expire, which needs OAuth and can't be taken back; with `org_wide`
    an organisation can install it for all of its workspaces.
    Raises Refusal for an address that Slack would not accept.
    """
    base = None if base_url is None else _checked(base_url)
    return {
        "display_information": {
            "name": "Pacesetter",
            "description": "Coaches sales teams on the few things they can do themselves",
            "background_color": "#1f4e5f",
        },
        "features": _features(base),
        "oauth_config": _oauth(base),
        "settings": {
            **_settings(base),
            "org_deploy_enabled": org_wide,
            "token_rotation_enabled": token_rotation,
        },
    }


def manifest_text(
    base_url: str | None = None, *, token_rotation: bool = False, org_wide: bool = False
) -> str:
    """The manifest, ready to paste."""
    whole = manifest(base_url, token_rotation=token_rotation, org_wide=org_wide)
    return json.dumps(whole, indent=2, ensure_ascii=False)


def _checked(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
    except ValueError:
        parts = urlsplit("")
    if not parts.hostname or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        raise Refusal(f"“{base_url}” is no base address: write it like https://bot.example.com.")
    if parts.scheme != "https" and parts.hostname not in _LOCAL_HOSTS:
        raise Refusal(f"Slack sends requests to https addresses only: “{base_url}” is none.")
    return base_url.rstrip("/")


def _at(base: str | None, path: str, key: str) -> dict[str, str]:
    return {} if base is None else {key: base + path}


def _features(base: str | None) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,  # without it there are no direct messages at all
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Pacesetter", "always_online": True},
        "slash_commands": [
            {
                "command": command,
                **_at(base, "/slack/events", "url"),
                "description": description,
                "usage_hint": hint,
                "should_escape": True,  # people and channels arrive as ids, not as names
            }
            for command, description, hint in _COMMANDS
        ],
        "shortcuts": [
            {"name": name, "type": kind, "callback_id": callback_id, "description": description}
            for name, kind, callback_id, description in _SHORTCUTS
        ],
    }


def _oauth(base: str | None) -> dict[str, Any]:
    redirect = {} if base is None else {"redirect_urls": [f"{base}/slack/oauth_redirect"]}
    return {**redirect, "scopes": {"bot": list(SCOPES)}}


def _settings(base: str | None) -> dict[str, Any]:
    request_url = _at(base, "/slack/events", "request_url")
    return {
        "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
        "interactivity": {"is_enabled": True, **request_url},
        "socket_mode_enabled": base is None,
    }
