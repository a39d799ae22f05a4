"""Slack's error codes, each with what it means for a message."""

import pytest

from bot.slack import errors
from bot.slack.errors import OutcomeUnknown, Refused, TryLater, failure_named, failure_of

FINAL = """account_inactive channel_not_found invalid_auth invalid_blocks is_archived
messages_tab_disabled missing_scope msg_too_long not_in_channel token_revoked user_not_found"""


@pytest.mark.parametrize("code", FINAL.split())
def test_a_final_refusal_is_not_tried_again(code: str) -> None:
    assert isinstance(failure_named(code), Refused)


@pytest.mark.parametrize("code", ["fatal_error", "internal_error", "service_unavailable"])
def test_after_an_accident_of_slacks_the_message_may_be_there(code: str) -> None:
    assert isinstance(failure_named(code), OutcomeUnknown)


def test_a_rate_limit_without_a_time_waits_for_a_while() -> None:
    failure = failure_named("ratelimited")
    assert isinstance(failure, TryLater)
    assert failure.retry_after == 30


def test_a_code_that_slack_adds_tomorrow_is_final_and_named() -> None:
    assert "brand_new_error" in failure_named("brand_new_error").reason


@pytest.mark.parametrize("code", [*errors._TOKEN, *errors._REFUSED, "x" * 300])
def test_every_reason_fits_into_the_ledger(code: str) -> None:
    assert 10 < len(failure_named(code).reason) <= 80


def test_a_mistake_of_our_own_stays_what_it_is() -> None:
    with pytest.raises(KeyError):
        failure_of(KeyError("channel"))
