"""Public holidays by ISO 3166 code, from the `holidays` library."""

import sys
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Final

import holidays

from bot.domain.errors import Refusal

_COUNTRIES: Final = "holidays.countries"
_REGIONS_NAMED = 20
"""How many regions a refusal lists; more would be a wall of codes."""


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The public holidays of a country or one of its regions, whatever the year.

    A day in lieu ("Boxing Day (observed)") is one of them. Two with the same code are equal.
    """

    code: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in _dates(self.code, day.year)


def public_holidays(code: str | None) -> Container[date]:
    """The holidays that a team's `holidays:` names ("GB-ENG", "DE"); none at all for None.

    Raises Refusal for a country or region that isn't known.
    """
    if not code:
        return frozenset()
    known = code.strip().upper().replace("_", "-")
    if not _is_known(known):
        raise Refusal(_sentence(known))
    return PublicHolidays(known)


@lru_cache(maxsize=4096)
def _dates(code: str, year: int) -> frozenset[date]:
    # The library fills its dictionaries when asked, which threads would see half done.
    return frozenset(_calendar(code, year))


@lru_cache(maxsize=1024)
def _is_known(code: str) -> bool:
    try:
        _calendar(code)
    except NotImplementedError:
        return False
    return True


def _calendar(code: str, year: int | None = None) -> holidays.HolidayBase:
    country, _, region = code.partition("-")
    _load_single_countries()
    return holidays.country_holidays(country, subdiv=region or None, years=year)


@cache
def _load_single_countries() -> None:
    """Lets the library load the countries that are asked for, of 250 that take 8 MB and 0.1 s.

    It asks for one by its module's name, before which Python runs the package that this one is in,
    and that imports them all. So the package is put where Python finds it, without having run.
    """
    spec = find_spec(_COUNTRIES)
    if spec is not None and _COUNTRIES not in sys.modules:
        sys.modules[_COUNTRIES] = module_from_spec(spec)


def _sentence(code: str) -> str:
    country, _, region = code.partition("-")
    if not region or not _is_known(country):
        return (
            f"I know no public holidays for “{code}”. Use a country's code such as GB, "
            "or one with a region such as GB-ENG."
        )
    regions = _calendar(country).subdivisions
    choice = f", or a region such as {', '.join(regions[:_REGIONS_NAMED])}" if regions else ""
    return f"I know no public holidays for “{region}” in {country}. Use {country} alone{choice}."
