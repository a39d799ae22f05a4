"""An indicator out of a row, whether the row is all its own or something else's, too."""

from typing import Any, Final

from sqlalchemy import Row

from bot.db.tables import indicators
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.quantities import unit_named

_BESIDE: Final = "of_"

BESIDE_OTHERS: Final = tuple(each.label(f"{_BESIDE}{each.name}") for each in indicators.c)
"""Its columns, for a statement that has others of the same names."""


def indicator(row: Row[Any]) -> Indicator:
    """The indicator that the row is."""
    return _indicator(row, "")


def indicator_beside(row: Row[Any]) -> Indicator:
    """The indicator that the row has `BESIDE_OTHERS`."""
    return _indicator(row, _BESIDE)


def _indicator(row: Row[Any], before: str) -> Indicator:
    of = row._mapping
    return Indicator(
        id=of[f"{before}id"],
        kind=IndicatorKind(of[f"{before}kind"]),
        name=of[f"{before}name"],
        unit=unit_named(of[f"{before}unit"]),
        period=PeriodKind(of[f"{before}period"]),
        aliases=tuple(of[f"{before}aliases"]),
        position=of[f"{before}position"],
        drives=of[f"{before}drives_id"],
        leads_to=of[f"{before}leads_to_id"],
    )
