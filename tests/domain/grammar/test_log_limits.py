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
    assert amounts("10,000 calls, 24h prospecting, 1,000,000,000 revenue") == [
        ("10000", "Prospecting calls"),
        ("24", "Selling time"),
        ("1000000000", "Revenue"),
    ]


@pytest.mark.parametrize(
    "text, choices",
    [
        (
            "5.126 calls with Acme",
            ["5.13 Prospecting calls with Acme", "5126 Prospecting calls"],
        ),
        ("0.001 calls", ["0.01 Prospecting calls"]),
        ("1.000 calls", ["1000 Prospecting calls", "1 Prospecting calls"]),
        ("x1.500 calls", ["1500 Prospecting calls", "1.5 Prospecting calls"]),
        ("12.500 calls", ["12.5 Prospecting calls"]),
        ("1.000 h prospecting", ["1h Selling time"]),
        ("1.000 min prospecting", ["0.02h Selling time"]),
        ("2 demos, 1.000 calls", ["2 Demos, 1000 Prospecting calls", "2 Demos, 1 Prospecting"]),
        ("won 1.000 with Acme", ["won 1000 with Acme", "won 1 with Acme"]),
        ("won £4.250", ["won 4250", "won 4.25"]),
    ],
)
def test_a_third_decimal_is_asked_about(text: str, choices: list[str]) -> None:
    refusal = refused(text)
    assert "two decimals at most: type" in refusal.sentence
    assert len(refusal.choices) == len(choices)
    assert all(map(str.startswith, refusal.choices, choices))


def test_a_sum_behind_an_account_that_may_be_a_thousand_is_asked_about() -> None:
    refusal = refused("won with Acme 1.000")
    assert refusal.sentence == "Is “1.000” the amount, or part of the name?"
    assert refusal.choices == (
        "won 1000 with Acme",
        "won 1 with Acme",
        'won with "Acme 1.000"',
    )


@pytest.mark.parametrize(
    "text, written",
    [("1e3 calls", "1000 Prospecting calls"), ("won 1e3 with Acme", "won 1000 with Acme")],
)
def test_a_number_is_written_out(text: str, written: str) -> None:
    assert "digits alone: type 1000" in refused(text).sentence
    assert refused(text).choices == (written,)


def test_thousands_are_read_however_they_are_grouped_where_nothing_is_in_doubt() -> None:
    assert amounts("1,000 calls, 1.00 demos, 1.255k revenue") == [
        ("1000", "Prospecting calls"),
        ("1", "Demos"),
        ("1255", "Revenue"),
    ]
    assert amounts("1.000.000 revenue") == [("1000000", "Revenue")]


@pytest.mark.parametrize("text", ["90m demos", "1h30 demos", "£5 demos"])
def test_a_count_takes_neither_hours_nor_money(text: str) -> None:
    assert "like 5" in refused(text).sentence


@pytest.mark.parametrize("text", ["", " ", "5", ";", ",", "; note", "with Acme", "yesterday", "``"])
def test_a_line_without_a_behaviour_is_told_what_to_type(text: str) -> None:
    assert "You can log First meetings" in refused(text).sentence
