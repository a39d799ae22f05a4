"""A form's fields become a request, or each wrong one its sentence."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.periods import PeriodKind
from bot.domain.forms import FilledForm, FormRefused, request_of
from bot.domain.grammar.requests import Deal, Outcome
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.quantities import unit_named

TODAY = date(2026, 11, 18)
WEEK = PeriodKind.WEEK
CALLS = Indicator(1, IndicatorKind.BEHAVIOUR, "Calls", unit_named("calls"), WEEK)
TIME = Indicator(2, IndicatorKind.BEHAVIOUR, "Selling time", unit_named("hours"), WEEK)
REVENUE = Indicator(3, IndicatorKind.RESULT, "Revenue", unit_named("GBP"), WEEK)
ALL = (CALLS, TIME, REVENUE)
typed = st.none() | st.text(max_size=40)


@pytest.mark.parametrize(
    "indicator, quantity, amount",
    [
        (CALLS, "5", "5"),
        (TIME, "1h30", "1.5"),
        (TIME, " 1 h 20 ", "1.33"),
        (REVENUE, "4.2k", "4200"),
    ],
)
def test_a_quantity_is_read_as_in_a_line(indicator: Indicator, quantity: str, amount: str) -> None:
    request = request_of(FilledForm(quantity, "2026-11-18", indicator.id), ALL, TODAY)
    assert request.entries[0].quantity == Decimal(amount)


def test_what_was_typed_is_kept_as_it_is() -> None:
    form = FilledForm("5", "2026-11-17", 1, account=" A &amp; <B> ", note="  ")
    request = request_of(form, ALL, TODAY)
    assert (request.day, request.account, request.note) == (date(2026, 11, 17), "A &amp; <B>", None)


def test_every_wrong_field_has_its_own_sentence() -> None:
    form = FilledForm("0", "2027-01-01", 1, account="A" * 201, note="n" * 1001)
    with pytest.raises(FormRefused) as refused:
        request_of(form, ALL, TODAY)
    assert set(refused.value.errors) == {"quantity", "day", "account", "note"}


def test_a_deal_makes_the_rows_of_a_deal() -> None:
    form = FilledForm("4200", "2026-11-18", outcome="won", reason="price")
    request = request_of(form, ALL, TODAY)
    assert request.deal == Deal(Outcome.WON, Decimal(4200), "price")
    assert [(each.indicator, each.quantity) for each in request.entries] == [
        (REVENUE, Decimal(4200))
    ]


@given(st.builds(FilledForm, typed, typed, st.none() | st.integers(), typed, typed, typed, typed))
def test_no_form_raises_anything_but_a_refusal(form: FilledForm) -> None:
    with suppress(FormRefused):
        assert request_of(form, ALL, TODAY).entries
