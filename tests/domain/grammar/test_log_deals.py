"""`won | lost | no decision [amount] [with ACCOUNT] [because REASON] [WHEN] [; NOTE]`."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.grammar.log import parse_log
from bot.domain.grammar.refusals import NotUnderstood
from bot.domain.grammar.requests import Deal, Outcome
from tests.domain.grammar.team import TEAM, TODAY, amounts, indicator, read, refused


def test_a_won_deal_counts_once_and_adds_its_amount() -> None:
    request = read("won 4200 with Acme")
    assert request.deal == Deal(Outcome.WON, Decimal(4200))
    assert request.account == "Acme"
    assert amounts("won 4200 with Acme") == [("1", "New customers"), ("4200", "Revenue")]
    assert amounts("won") == [("1", "New customers")]


@pytest.mark.parametrize(
    "amount, value",
    [
        ("4200", "4200"),
        ("4,200", "4200"),
        ("4.2k", "4200"),
        ("£4200", "4200"),
        ("4200 GBP", "4200"),
        ("£4,200.50", "4200.5"),
        ("GBP 4200", "4200"),
        ("1.2m", "1200000"),
        ("4.200,50", "4200.5"),
        ("4200£", "4200"),
        ("£4.2k", "4200"),
        ("4,2", "4.2"),
    ],
)
def test_amounts_are_read_as_people_write_them(amount: str, value: str) -> None:
    deal = read(f"won {amount} with Acme").deal
    assert deal is not None
    assert deal.amount == Decimal(value)


@pytest.mark.parametrize(
    "words, outcome",
    [
        ("lost", Outcome.LOST),
        ("no decision", Outcome.NO_DECISION),
        ("No-Decision", Outcome.NO_DECISION),
        ("lost a deal", Outcome.LOST),
        ("LOST", Outcome.LOST),
    ],
)
def test_a_deal_that_was_not_won_is_a_row_of_nothing_with_its_reason(
    words: str, outcome: Outcome
) -> None:
    request = read(f"{words} 4200 with Acme because they went with Bolt yesterday; sad")
    assert request.deal == Deal(outcome, Decimal(4200), "they went with Bolt")
    assert [(e.indicator.name, e.quantity) for e in request.entries] == [
        ("New customers", Decimal(0))
    ]
    assert (request.account, request.day, request.note) == ("Acme", date(2026, 11, 22), "sad")


@pytest.mark.parametrize(
    "text, account, reason, day",
    [
        ("lost because price with Acme", "Acme", "price", 23),
        ("lost because of price with Acme yesterday", "Acme", "price", 22),
        ("no decision because price yesterday with Acme; sad", "Acme", "price", 22),
        ("lost because they went with Bolt with Acme", "Acme", "they went with Bolt", 23),
        ('lost because "no fit with us" with Acme', "Acme", "no fit with us", 23),
        ('lost because price with "Acme; because" yesterday', "Acme; because", "price", 22),
        ("lost with Acme because no deal with Bolt", "Acme", "no deal with Bolt", 23),
        ("lost because they went with Bolt", None, "they went with Bolt", 23),
        ("won because we met with the CFO", None, "we met with the CFO", 23),
        ("won because with", None, "with", 23),
    ],
)
def test_the_account_may_stand_behind_the_reason(
    text: str, account: str | None, reason: str, day: int
) -> None:
    request = read(text)
    assert request.deal is not None
    assert (request.account, request.deal.reason) == (account, reason)
    assert request.day == date(2026, 11, day)


def test_a_reason_in_quotes_keeps_its_day() -> None:
    request = read('lost because "not before friday"')
    assert request.deal == Deal(Outcome.LOST, None, "not before friday")


def test_numbers_that_belong_to_a_day_are_no_amount() -> None:
    assert read("won 3 days ago").deal == Deal(Outcome.WON)
    assert read("lost 20 nov with Acme").day == date(2026, 11, 20)


def test_a_result_is_logged_by_its_name_too() -> None:
    assert amounts("4200 revenue") == [("4200", "Revenue")]
    assert amounts("£4.2k revenue") == [("4200", "Revenue")]
    assert amounts("2 lost customers") == amounts("lost customers 2") == [("2", "Lost customers")]


@pytest.mark.parametrize(
    "text, corrected",
    [
        ("won Acme 4200", "won 4200 with Acme"),
        ("won 4200 from Acme tue", "won 4200 with Acme tue"),
        ("won Acme for 4200", "won 4200 with Acme"),
        ("won Acme", "won with Acme"),
        ("won 2 new customers", "2 new customers"),
        ("won 4.567 with Acme", "won 4.57 with Acme"),
        ("won with Acme 4200", "won 4200 with Acme"),
        ("won with Acme £4.2k because price tue", "won 4200 with Acme because price 2026-11-17"),
        ("lost to Bolt", "lost because Bolt"),
    ],
)
def test_a_deal_that_is_not_all_understood_is_a_question(text: str, corrected: str) -> None:
    assert refused(text).corrected == corrected


def test_a_number_that_ends_an_account_may_be_part_of_its_name() -> None:
    assert refused("won with Acme 4200").choices[1] == 'won with "Acme 4200"'
    assert read('won with "Acme 4200"').account == "Acme 4200"
    assert read("won with Studio 54").account == "Studio 54"
    assert read("won 4200 with Acme 365").account == "Acme 365"


@pytest.mark.parametrize(
    "text",
    [
        "won 4200 with Acme, 2 demos",
        "won 4200, 2 demos with Acme",
        "won 4200 and 2 demos",
        "2 demos, won 4200",
        "2 demos, won 4200 with Acme",
        "2 demos with Acme, won 4200",
    ],
)
def test_a_deal_has_a_line_to_itself(text: str) -> None:
    assert "line to itself" in refused(text).sentence
    assert refused(text).corrected is None


def test_another_currency_is_refused() -> None:
    assert "GBP" in refused("won $4200 with Acme").sentence


@pytest.mark.parametrize("amount", ["0", "-5", "nan", "£nan", "€inf", "nan gbp", "1e10", "2h"])
def test_impossible_amounts_are_refused(amount: str) -> None:
    assert "amount" in refused(f"won {amount} with Acme").sentence


def test_a_dollar_is_any_currency_called_dollar() -> None:
    team = (indicator(1, "Revenue", "CAD", result=True),)
    assert parse_log("won $4200", team, TODAY).entries[0].quantity == 4200


def test_without_a_counted_result_the_amount_is_asked_for() -> None:
    team = (indicator(1, "Revenue", "GBP", result=True),)
    assert len(parse_log("won 4200", team, TODAY).entries) == 1
    with pytest.raises(NotUnderstood, match="won 4200 with Acme"):
        parse_log("won", team, TODAY)
    with pytest.raises(NotUnderstood, match="no result"):
        parse_log("won", TEAM[:3], TODAY)
