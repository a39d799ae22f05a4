"""What a message begins a form with."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.grammar.clippings import clipping
from bot.domain.grammar.requests import MAX_ACCOUNT, MAX_NOTE
from tests.domain.grammar.team import TEAM, TODAY
from tests.domain.grammar.test_log_properties import TEXTS

FRIDAY = TODAY - timedelta(days=3)


def begun(text: str) -> tuple[str | None, str | None, str | None]:
    found = clipping(text, TEAM, FRIDAY, TODAY)
    name = found.indicator.name if found.indicator else None
    return name, found.quantity, found.account


@pytest.mark.parametrize(
    "text, fields",
    [
        ("3 calls with acme", ("Prospecting calls", "3", "acme")),
        ("Great demo with Acme Corp about pricing!", ("Demos", "1", "Acme Corp")),
        ("We did 3 prospecting calls there", ("Prospecting calls", "3", None)),
        ("Two demos done, with the Beta & Sons team.", ("Demos", "two", "Beta & Sons")),
        ("We had some prospecting to do", ("Selling time", None, None)),
        ("3 calls and 2 demos with Acme", (None, None, "Acme")),
        ("met with Carol. Calls soon", ("Prospecting calls", "1", "Carol")),
        ("happy with it", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_one_named_behaviour_and_a_capitalised_account_are_taken_over(
    text: str, fields: tuple[str | None, str | None, str | None]
) -> None:
    assert begun(text) == fields


def test_a_day_is_meant_from_when_the_message_was_written() -> None:
    assert clipping("2 demos yesterday", TEAM, FRIDAY, TODAY).day == date(2026, 11, 19)
    assert clipping("2 great demos", TEAM, FRIDAY, TODAY).day == FRIDAY
    long_ago = TODAY - timedelta(days=300)
    assert clipping("2 demos", TEAM, long_ago, TODAY).day == TODAY - timedelta(days=31)


def test_the_rest_is_the_note_cut_to_its_limit_and_without_bare_mentions() -> None:
    assert clipping("<@U1> did well <!here>", TEAM, FRIDAY, TODAY).note == "did well"
    note = clipping("well done " * 500, TEAM, FRIDAY, TODAY).note
    assert note is not None
    assert len(note) <= MAX_NOTE
    assert note.endswith("…")


@settings(max_examples=200, deadline=None)
@given(TEXTS | st.text(min_size=900, max_size=1200), st.integers(-2, 400))
def test_any_message_begins_a_form_within_its_limits(text: str, days_ago: int) -> None:
    found = clipping(text, TEAM, TODAY - timedelta(days=days_ago), TODAY)
    assert TODAY - timedelta(days=31) <= found.day <= TODAY
    assert len(found.account or "x") <= MAX_ACCOUNT
    assert len(found.note or "x") <= MAX_NOTE
    assert len(found.quantity or "1") <= 40
