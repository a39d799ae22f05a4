"""What was logged day by day, for many people at once: the raw material of forecasts."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import BigInteger, Connection, Date, Integer, bindparam, func, select, type_coerce

from bot.db.queries.totals import Span
from bot.db.tables import entries

DailyAmounts = Mapping[tuple[int, int], Mapping[date, float]]
"""(person id, indicator id) → local date → amount in the indicator's unit."""
_HUNDREDTHS = 100

_DAY = entries.c.local_date
_COLUMNS = (entries.c.person_id, _DAY, entries.c.indicator_id)
_QUERY = (
    select(*_COLUMNS, type_coerce(func.sum(entries.c.quantity), BigInteger))
    .where(
        entries.c.undone_at.is_(None),
        entries.c.person_id.in_(bindparam("people", type_=Integer, expanding=True)),
        _DAY.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
        entries.c.indicator_id.in_(bindparam("indicators", type_=Integer, expanding=True)),
        entries.c.occurred_at <= bindparam("until", type_=entries.c.occurred_at.type),
    )
    .group_by(*_COLUMNS)  # in an index's order, so that nothing is sorted
)


def recent_days(
    connection: Connection,
    people: Collection[int],
    indicators: Collection[int],
    span: Span,
    until: datetime,
) -> dict[tuple[int, int], dict[date, float]]:
    """Sums by person, indicator and local date, as far as they had occurred by `until`.

    One query, from an index alone. Floats: sixty reps' twelve weeks are forty thousand of them.
    """
    found: dict[tuple[int, int], dict[date, float]] = {}
    if not (people and indicators):
        return found
    bounds = {
        "people": list(people),
        "indicators": list(indicators),
        "first": span.first,
        "last": span.last,
        "until": until,
    }
    for person_id, day, indicator_id, hundredths in connection.execute(_QUERY, bounds):
        days = found.get((person_id, indicator_id))
        if days is None:
            days = found[person_id, indicator_id] = {}
        days[day] = int(hundredths) / _HUNDREDTHS
    return found
