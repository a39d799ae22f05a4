"""How much of a behaviour a rep has logged in all, beside what of it was celebrated."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    case,
    func,
    literal_column,
    select,
    type_coerce,
)

from bot.db.prepared import Prepared
from bot.db.tables import entries, milestones
from bot.db.types import Quantity
from bot.domain.milestones import LIFETIMES
from bot.domain.quantities import ZERO


class Lifetime(NamedTuple):
    """All that was logged, not summed up any more (None) once the last step is celebrated.

    `celebrated` is the highest step that is; 0 for none.
    """

    total: Decimal | None
    celebrated: int


def lifetime(
    connection: Connection,
    whose: tuple[str, int],
    indicator_id: int,
    keys: Sequence[str],
    until: datetime,
) -> Lifetime:
    """`whose` is the rep's workspace and id; `keys` are the milestones' of all steps, in order.

    Entries count as far as they had occurred by `until`.
    """
    workspace_id, person_id = whose
    bounds = {"workspace_id": workspace_id, "person_id": person_id, "indicator_id": indicator_id}
    values = bounds | {"until": until} | dict(zip(_KEYS, keys, strict=True))
    ((highest, total),) = _LIFETIME.rows(connection, values)
    celebrated = highest or 0
    return Lifetime(None if celebrated == LIFETIMES[-1] else total or ZERO, celebrated)


_KEYS = tuple(f"key_{step}" for step in LIFETIMES)
_BOUND: list[BindParameter[str]] = [bindparam(key) for key in _KEYS]
_EVER = (
    select(func.sum(entries.c.quantity))
    .where(
        entries.c.undone_at.is_(None),
        entries.c.person_id == bindparam("person_id"),
        entries.c.indicator_id == bindparam("indicator_id"),
        entries.c.occurred_at <= bindparam("until"),
    )
    .scalar_subquery()
)
_HIGHEST = func.max(milestones.c.threshold)
_GOES_ON = func.coalesce(_HIGHEST, literal_column("0")) < literal_column(str(LIFETIMES[-1]))
_LIFETIME = Prepared(
    select(_HIGHEST, type_coerce(case((_GOES_ON, _EVER)), Quantity)).where(
        milestones.c.workspace_id == bindparam("workspace_id"),
        milestones.c.key.in_(_BOUND),
        milestones.c.revoked_at.is_(None),
    )
)
