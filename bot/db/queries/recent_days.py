"""What was logged day by day, for many people at once: the raw material of forecasts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    Integer,
    String,
    bindparam,
    cast,
    func,
    select,
    type_coerce,
)

from bot.db.queries.totals import Span
from bot.db.tables import entries

DailyAmounts = Mapping[tuple[int, int], Mapping[date, float]]
"""(person id, indicator id) → local date → amount in the indicator's unit."""
_HUNDREDTHS = 100
_DATE = len("2026-11-25")

_DAY = entries.c.local_date
_WHO = (entries.c.person_id, entries.c.indicator_id)
_HUNDREDTHS_LOGGED = cast(type_coerce(entries.c.quantity, BigInteger), String)
_QUERY = (
    select(*_WHO, func.aggregate_strings(cast(_DAY, String) + _HUNDREDTHS_LOGGED, ","))
    .where(
        entries.c.undone_at.is_(None),
        entries.c.person_id.in_(bindparam("people", type_=Integer, expanding=True)),
        _DAY.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        entries.c.indicator_id.in_(bindparam("indicators", type_=Integer, expanding=True)),
        entries.c.occurred_at <= bindparam("until", type_=entries.c.occurred_at.type),
    )
    .group_by(*_WHO)
)


def recent_days(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    span: Span,
    until: datetime,
) -> dict[tuple[int, int], dict[date, float]]:
    """Sums by person, indicator and local date, as far as they had occurred by `until`.

    One query, from an index alone. A row has all days of an indicator in one text: sixty reps'
    twelve weeks are forty thousand days, and as many rows would take four times as long.
    """
    if not (people and indicators):
        return {}
    bounds = {
        "people": list(people),
        "indicators": list(indicators),
        "first": span.first,
        "last": span.last,
        "until": until,
    }
    rows = connection.execute(_QUERY, bounds).all()
    return {(person, indicator): _days(logged) for person, indicator, logged in rows}


def _days(logged: str) -> dict[date, float]:
    """From "2026-11-25300,2026-11-24250": a date and hundredths each."""
    found: dict[date, float] = {}
    for each in logged.split(","):
        day = _date(each[:_DATE])
        found[day] = found.get(day, 0.0) + int(each[_DATE:]) / _HUNDREDTHS
    return found


@lru_cache(maxsize=4096)
def _date(text: str) -> date:
    return date.fromisoformat(text)
