"""In which country a time zone lies: whose public holidays a team there is likely to have."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from bot.domain.days.public_holidays import public_holidays
from bot.domain.errors import Refusal


def likely_holidays(zone: str | None) -> str:
    """The ISO 3166 code of the zone's country; "" where there is none, or none with holidays."""
    code = _countries().get(zone or "", "")
    try:
        public_holidays(code)
    except Refusal:
        return ""
    return code


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """From the table that comes with the time zones (tz database, zone.tab)."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
