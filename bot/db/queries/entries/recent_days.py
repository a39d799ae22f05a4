"""What was logged day by day, for many people at once: for whatever compares days or weeks."""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from itertools import accumulate

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

from bot.db.queries.entries.totals import Span
from bot.db.tables import entries
from bot.domain.progress.logged import Logged

LoggedBy = dict[tuple[int, int], Logged]
"""(person id, indicator id) → what that one logged of it; absent where that is nothing."""
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
) -> LoggedBy:
    """What was logged for these dates, as far as it had occurred by `until`.

    One query, from an index alone. A row has all entries of an indicator in one text: sixty reps'
    twelve weeks are twenty thousand entries, and as many rows would take four times as long. Summed
    up by weeks in the database they would too, which has to sort them for that.
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
    return {(person, indicator): _logged(text) for person, indicator, text in rows}


def _logged(text: str) -> Logged:
    """From "2026-11-25300,2026-11-24250": a date and hundredths each, in whatever order."""
    found = sorted(text.split(","))
    days = [_date(each[:_DATE]) for each in found]
    hundredths = [int(each[_DATE:]) for each in found]
    return Logged(days, list(accumulate(hundredths, initial=0)))


@lru_cache(maxsize=4096)
def _date(text: str) -> date:
    return date.fromisoformat(text)
