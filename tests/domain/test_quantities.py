"""Rounding and writing of amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quantities import Measure, Unit, plain, round_half_up, round_up, unit_named

CALLS = Unit("calls", Measure.COUNT)
HOURS = Unit("hours", Measure.HOURS)
POUNDS = Unit("GBP", Measure.MONEY)
amounts = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4)
units = st.sampled_from([CALLS, HOURS, POUNDS])


@pytest.mark.parametrize(
    "name,unit",
    [
        ("calls", CALLS),
        ("hours", HOURS),
        ("GBP", POUNDS),
        ("£", POUNDS),
        ("€", Unit("EUR", Measure.MONEY)),
        ("h", Unit("h", Measure.HOURS)),
        ("Hours", Unit("Hours", Measure.HOURS)),
        ("all", Unit("all", Measure.COUNT)),
    ],
)
def test_a_unit_is_hours_or_money_by_its_name_and_else_a_count(name: str, unit: Unit) -> None:
    assert unit_named(name) == unit


@pytest.mark.parametrize(
    "amount,unit,rounded",
    [
        ("2.5", CALLS, "3"),
        ("2.49", CALLS, "2"),
        ("0.5", CALLS, "1"),
        ("0.625", HOURS, "0.75"),
        ("0.62", HOURS, "0.5"),
        ("0.125", HOURS, "0.25"),
        ("4200.50", POUNDS, "4201"),
    ],
)
def test_targets_round_half_up_to_the_units_step(amount: str, unit: Unit, rounded: str) -> None:
    assert round_half_up(Decimal(amount), unit) == Decimal(rounded)


@pytest.mark.parametrize(
    "amount,unit,rounded",
    [
        ("2.01", CALLS, "3"),
        ("2", CALLS, "2"),
        ("0", CALLS, "0"),
        ("0.26", HOURS, "0.5"),
        ("0.25", HOURS, "0.25"),
        ("4200.01", POUNDS, "4201"),
    ],
)
def test_an_ask_rounds_up_to_the_units_step(amount: str, unit: Unit, rounded: str) -> None:
    assert round_up(Decimal(amount), unit) == Decimal(rounded)


@pytest.mark.parametrize(
    "quantity,written",
    [
        ("0", "0"),
        ("0.00", "0"),
        ("-0.00", "0"),
        ("0E+3", "0"),
        ("100", "100"),
        ("1E+2", "100"),
        ("4200.00", "4200"),
        ("1.50", "1.5"),
        ("1.33", "1.33"),
        ("1000000000", "1000000000"),
    ],
)
def test_a_quantity_is_written_without_exponent_or_idle_zeros(quantity: str, written: str) -> None:
    assert plain(Decimal(quantity)) == written


@given(amounts, units)
def test_rounding_lands_on_a_step_less_than_one_step_away(amount: Decimal, unit: Unit) -> None:
    nearest, up = round_half_up(amount, unit), round_up(amount, unit)
    assert nearest % unit.step == up % unit.step == 0
    assert abs(nearest - amount) <= unit.step / 2
    assert 0 <= up - amount < unit.step


@given(amounts)
def test_what_is_written_reads_back_as_the_same_number(amount: Decimal) -> None:
    assert Decimal(plain(amount)) == amount
