"""Public holidays: the library's own, of the countries that are asked for."""

import json
import subprocess
import sys

_OF_EVERY_COUNTRY = """
import json
from datetime import date
from holidays.registry import EntityLoader
from bot.domain.days.public_holidays import public_holidays

year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
codes = EntityLoader.get_country_codes(include_aliases=False)
print(json.dumps({code: [day.isoformat() for day in year if day in public_holidays(code)]
                  for code in codes}))
"""


def said_by(script: str) -> object:
    """What a new interpreter prints, which has loaded nothing yet."""
    command = [sys.executable, "-c", script]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_every_country_has_the_holidays_that_it_has_where_all_are_loaded() -> None:
    one_by_one = said_by(_OF_EVERY_COUNTRY)
    assert one_by_one == said_by(f"import holidays.countries\n{_OF_EVERY_COUNTRY}")


def test_only_the_countries_that_are_asked_for_are_loaded() -> None:
    loaded = said_by(
        "import json, sys\n"
        "from bot.domain.days.public_holidays import public_holidays\n"
        "public_holidays('GB-ENG')\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('holidays.countries')]))"
    )
    assert loaded == ["holidays.countries", "holidays.countries.united_kingdom"]
