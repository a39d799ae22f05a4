"""A target as people say it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.quantities import Measure, unit_named
from bot.domain.setups.target_words import Target, read_target, target_words

WEEK, DAY, QUARTER = PeriodKind.WEEK, PeriodKind.DAY, PeriodKind.QUARTER


@pytest.mark.parametrize(
    "typed, amount, unit, period",
    [
        ("5", 5, "demos", WEEK),
        ("5 a week", 5, "demos", WEEK),
        ("40 calls a day", 40, "calls", DAY),
        ("40 calls/day", 40, "calls", DAY),
        ("40 calls daily", 40, "calls", DAY),
        ("two per quarter", 2, "demos", QUARTER),
        ("3 first meetings every week", 3, "first meetings", WEEK),
        ("5 hours a week", 5, "hours", WEEK),
        ("1h30 a day", "1.5", "hours", DAY),
        ("USD 90,000 a quarter", 90_000, "USD", QUARTER),
        ("£4.2k a quarter", 4200, "GBP", QUARTER),
        ("$50 a week", 50, "USD", WEEK),
    ],
)
def test_how_many_of_what_and_how_often(
    typed: str, amount: int | str, unit: str, period: PeriodKind
) -> None:
    read = read_target(typed, "Demos", WEEK)
    assert (read.amount, read.unit.name, read.period) == (Decimal(amount), unit, period)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "many",
        "0 a week",
        "-1 a week",
        "NaN",
        "1.234 a day",
        "1.000 a month",
        "1e3 a month",
        "9" * 15,
    ],
)
def test_what_is_no_target_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_target(typed, "Demos", WEEK)


def test_hours_and_money_are_measured() -> None:
    assert read_target("5 h a week", "Selling time", WEEK).unit.measure is Measure.HOURS
    assert read_target("EUR 5 a week", "Revenue", WEEK).unit.measure is Measure.MONEY


@given(
    cents=st.integers(1, 10**9),
    unit=st.sampled_from(
        ["calls", "first meetings", "hours", "GBP", "JPY", "e-mails", "QBRs held"]
    ),
    period=st.sampled_from(PeriodKind),
)
def test_what_is_shown_is_read_back_the_same(cents: int, unit: str, period: PeriodKind) -> None:
    target = Target(Decimal(cents) / 100, unit_named(unit), period)
    assert read_target(target_words(target), "Demos", WEEK) == target
