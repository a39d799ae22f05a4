"""Months of entries straight into the table, for what looks back."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import insert

from bot.db.session import Session
from bot.db.tables import entries
from tests.teams import TeamRows

_key = count(1)


def an_entry(
    team: TeamRows, user: str, name: str, day: date, amount: float = 1, **more: Any
) -> dict[str, Any]:
    """One entry's row, at noon UTC; `more` are columns of `entries`."""
    noon = datetime.combine(day, time(12), UTC)
    row = {
        "workspace_id": team.workspace_id,
        "person_id": team.people[user],
        "indicator_id": team.indicators[name],
        "quantity": Decimal(str(round(amount, 2))),
        "local_date": day,
        "occurred_at": noon,
        "recorded_at": noon,
        "source": "slack",
        "dedupe_key": f"month-{next(_key)}",
    }
    return row | more


def add_entries(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """All at once."""
    listed = list(rows)
    columns = {name: None for row in listed for name in row}
    session.connection.execute(insert(entries), [columns | row for row in listed])


def weekly(
    team: TeamRows, user: str, name: str, amount: float, monday: date, weeks: int
) -> Iterable[dict[str, Any]]:
    """The same amount every week, on its Tuesday; `monday` begins the last of so many weeks."""
    for back in range(weeks):
        day = monday + timedelta(days=1) - timedelta(weeks=back)
        yield an_entry(team, user, name, day, amount)
