"""No address that somebody gives is ever asked for, but Slack's own."""

import pytest

from bot.slack.addresses import is_slacks

SLACK = "https://slack.com/api/"


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/commands/T1/2/abc",
        "https://hooks.slack.com/actions/T1/2/abc",
        "https://hooks.slack-gov.com/app/T1/2/abc",
    ],
)
def test_slacks_own_addresses_are_answered(url: str) -> None:
    assert is_slacks(url, SLACK)


def test_the_stand_in_that_is_set_is_answered_and_no_other_port_of_it() -> None:
    assert is_slacks("http://127.0.0.1:4000/respond/1", "http://127.0.0.1:4000/api/")
    assert not is_slacks("http://127.0.0.1:5432/respond/1", "http://127.0.0.1:4000/api/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://hooks.slack.com/commands/T1",
        "https://hooks.slack.com.evil.example/x",
        "https://evilslack.com/x",
        "https://hooks.slack.com@evil.example/x",
        "https://someone@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com:99999/x",
        "https://[hooks.slack.com/x",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:5432/",
        "file:///etc/passwd",
        "//hooks.slack.com/x",
    ],
)
def test_whatever_else_is_not(url: str) -> None:
    assert not is_slacks(url, SLACK)
