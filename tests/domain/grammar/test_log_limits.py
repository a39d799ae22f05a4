"""Amounts that can't be: each a kind sentence (issue 2, "Bad input")."""

import pytest

from tests.domain.grammar.team import amounts, refused


@pytest.mark.parametrize("quantity", ["0", "-1", "−1", "0.00", "zero", "NaN", "calls -3"])
def test_nothing_and_less_is_refused(quantity: str) -> None:
    text = quantity if "calls" in quantity else f"{quantity} calls"
    assert "above 0" in refused(text).sentence


@pytest.mark.parametrize("quantity", ["1e9", "10001", "inf", "-inf", "9" * 1000, "1e99999", "20k"])
def test_more_than_an_entry_holds_is_refused(quantity: str) -> None:
    assert "10,000" in refused(f"{quantity} calls").sentence


def test_a_day_has_24_hours() -> None:
    assert "24 hours" in refused("25h prospecting").sentence


def test_the_largest_amounts_are_recorded() -> None:
    assert amounts("10,000 calls, 24h prospecting, 1e9 revenue") == [
        ("10000", "Prospecting calls"),
        ("24", "Selling time"),
        ("1000000000", "Revenue"),
    ]


def test_a_third_decimal_is_offered_rounded() -> None:
    assert refused("5.126 calls with Acme").corrected == "5.13 Prospecting calls with Acme"
    assert refused("0.001 calls").corrected == "0.01 Prospecting calls"


@pytest.mark.parametrize("text", ["90m demos", "1h30 demos", "£5 demos"])
def test_a_count_takes_neither_hours_nor_money(text: str) -> None:
    assert "like 5" in refused(text).sentence


@pytest.mark.parametrize("text", ["", " ", "5", ";", ",", "; note", "with Acme", "yesterday", "``"])
def test_a_line_without_a_behaviour_is_told_what_to_type(text: str) -> None:
    assert "You can log First meetings" in refused(text).sentence
