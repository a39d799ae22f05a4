"""`[with ACCOUNT] [WHEN] [; NOTE]`: accounts, notes and what Slack escapes in them."""

import pytest

from tests.domain.grammar.team import amounts, read, refused


@pytest.mark.parametrize(
    "text, account",
    [
        ("with Acme", "Acme"),
        ("with Acme Corp 42", "Acme Corp 42"),
        ("with Acme, Inc.", "Acme, Inc."),
        ("with Acme, yesterday", "Acme"),
        ("with Acme tuesday", "Acme"),
        ("w/ Acme", "Acme"),
        ("with Acme on tue", "Acme"),
        ("yesterday with Acme", "Acme"),
        ("on tue with Acme", "Acme"),
        ("with Tuesday Morning Inc", "Tuesday Morning Inc"),
        ("with Monday", "Monday"),
        ("with 🚀 Rocket", "🚀 Rocket"),
        ("with شركة النور yesterday", "شركة النور"),
        ('with "Blue Monday" tue', "Blue Monday"),
        ('with "A; B"; note', "A; B"),
        ('with "Say ""hi"""', 'Say "hi"'),
        ('with "Big" Deal', '"Big" Deal'),
        ("yesterday with Blue Monday", "Blue Monday"),
        ("with Smith and 3 Sons", "Smith and 3 Sons"),
        ("with Q&amp;A Ltd", "Q&A Ltd"),
        ("with <@U02SAM|sam>", "@sam"),
        ("with <http://acme.com|acme.com>", "acme.com"),
        ("with &lt;!channel&gt;", "<!channel>"),
    ],
)
def test_an_account_runs_to_the_day_or_the_note(text: str, account: str) -> None:
    assert read(f"5 calls {text}").account == account


def test_a_note_is_everything_behind_the_first_semicolon() -> None:
    request = read("5 calls with Acme; met Jo; with Bo yesterday, 3 demos")
    assert request.note == "met Jo; with Bo yesterday, 3 demos"
    assert request.account == "Acme"
    assert read("5 calls ;").note is None


def test_escapes_are_undone_once() -> None:
    assert read("5 calls; &lt;!channel&gt; &amp;amp; more").note == "<!channel> &amp; more"


def test_what_no_database_stores_is_left_out() -> None:
    assert read("5 calls; a\x00b\ud800c").note == "a bc"


def test_a_missing_account_is_asked_for() -> None:
    assert refused("5 calls with; x").corrected == "5 Prospecting calls; x"


def test_entries_behind_an_account_are_not_swallowed() -> None:
    refusal = refused("5 calls with Acme, 2 demos")
    assert refusal.corrected == "5 Prospecting calls, 2 Demos with Acme"
    assert refused("5 calls with Acme, 2 demos with Bolt").corrected is None
    assert read('5 calls with "Acme, 2 demos"').account == "Acme, 2 demos"


def test_a_reason_without_a_deal_becomes_a_note() -> None:
    assert refused("call with Acme because late").corrected == (
        "1 Prospecting calls with Acme; because late"
    )


def test_long_accounts_notes_and_lines_are_refused_kindly() -> None:
    assert len(read(f"5 calls with {'a' * 200}; {'b' * 1000}").note or "") == 1000
    assert "shorten" in refused(f"5 calls with {'a' * 201}").sentence
    shortened = refused(f"5 calls; {'b' * 1001}").corrected
    assert shortened is not None
    assert len(read(shortened).note or "") == 1000
    assert "2,000" in refused("x" * 10_000).sentence


@pytest.mark.parametrize("text", ["yesterday 5 calls", "yesterday: 5 calls", "5 calls, yesterday"])
def test_the_day_may_stand_first(text: str) -> None:
    assert amounts(text) == [("5", "Prospecting calls")]
    assert read(text).day.day == 22
