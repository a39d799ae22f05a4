"""How amounts are written."""

from decimal import Decimal

import pytest

from bot.domain.quantities import unit_named
from bot.slack.words.amounts import amount, figure


@pytest.mark.parametrize(
    "quantity, unit, written",
    [
        ("4200.5", "USD", "USD 4,200.50"),
        ("4200.50", "USD", "USD 4,200.50"),
        ("4200.00", "USD", "USD 4,200"),
        ("0.05", "USD", "USD 0.05"),
        ("1234.50", "hours", "1,234.5 h"),
        ("2.5", "calls", "2.5 calls"),
    ],
)
def test_cents_have_two_digits_and_other_decimals_as_many_as_they_need(
    quantity: str, unit: str, written: str
) -> None:
    assert amount(Decimal(quantity), unit_named(unit)) == written
    assert figure(Decimal(quantity), unit_named(unit)) in written
