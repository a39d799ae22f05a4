"""The app manifest."""

import json

import pytest

from bot.domain.errors import Refusal
from bot.slack import actions
from bot.slack.manifest import manifest, manifest_text
from bot.slack.scopes import EVENTS, SCOPES

BASE = "https://bot.example.com"
NEEDED_BY = {  # docs.slack.dev, the page of each event
    "message.im": "im:history",
    "user_change": "users:read",
    "team_join": "users:read",
    "member_left_channel": "channels:read",
    "member_joined_channel": "channels:read",
    **{name: "channels:read" for name in EVENTS if name.startswith("channel_")},
    **{name: "groups:read" for name in EVENTS if name.startswith("group_")},
}


def test_what_is_printed_is_json() -> None:
    assert json.loads(manifest_text(BASE)) == manifest(BASE)


def test_the_four_commands_are_offered_with_a_hint() -> None:
    commands = manifest(BASE)["features"]["slash_commands"]
    assert [each["command"] for each in commands] == ["/log", "/pace", "/coach", "/kudos"]
    assert all(each["url"] == f"{BASE}/slack/events" and each["usage_hint"] for each in commands)


def test_two_shortcuts_log_from_a_message_and_from_anywhere() -> None:
    shortcuts = manifest(BASE)["features"]["shortcuts"]
    assert {each["callback_id"]: each["type"] for each in shortcuts} == {
        actions.LOG_THIS: "message",
        actions.LOG_ANYTHING: "global",
    }
    # docs.slack.dev, "App manifest reference": 24 and 150 characters.
    assert all(len(each["name"]) <= 24 for each in shortcuts)
    assert all(len(each["description"]) <= 150 for each in shortcuts)


def test_all_that_slack_sends_goes_to_one_address() -> None:
    settings = manifest(f"{BASE}/")["settings"]
    assert settings["event_subscriptions"]["request_url"] == f"{BASE}/slack/events"
    assert settings["interactivity"]["request_url"] == f"{BASE}/slack/events"
    assert settings["socket_mode_enabled"] is False


def test_without_an_address_the_app_uses_socket_mode() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest_text().replace("https", "")


def test_direct_messages_are_on() -> None:
    assert manifest()["features"]["app_home"]["messages_tab_enabled"] is True


def test_the_bot_asks_for_the_scopes_that_have_a_reason() -> None:
    assert manifest()["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert all(reason.startswith("to ") for reason in SCOPES.values())


def test_each_event_has_its_scope() -> None:
    assert {NEEDED_BY[name] for name in EVENTS if name in NEEDED_BY} <= set(SCOPES)
    free = {"app_home_opened", "app_uninstalled", "tokens_revoked"}
    free |= {"team_access_granted", "team_access_revoked"}
    assert set(EVENTS) - set(NEEDED_BY) == free


@pytest.mark.parametrize(
    "text", ["bot.example.com", "ftp://x", "http://x.example.com", "https://["]
)
def test_an_address_that_slack_would_not_take_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        manifest(text)
