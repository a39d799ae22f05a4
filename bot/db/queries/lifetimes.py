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

MOST_OTHERS = 2


class Lifetime(NamedTuple):
    """All that was logged, not summed up any more (None) once the last step is celebrated.

    `celebrated` is the highest step that is; 0 for none. `others` are those of the other
    milestones asked about that hold.
    """

    total: Decimal | None
    celebrated: int
    others: frozenset[str]


class Asked(NamedTuple):
    """Milestones' keys: of all steps of a lifetime, in order, and up to `MOST_OTHERS` others."""

    steps: Sequence[str]
    others: Sequence[str]


def lifetime(
    connection: Connection,
    whose: tuple[str, int],
    indicator_id: int,
    asked: Asked,
    until: datetime,
) -> Lifetime:
    """`whose` is the rep's workspace and id. Entries count as far as they had occurred by `until`.

    Other milestones are looked up on the way, for most of the time there is nothing new in them.
    """
    workspace_id, person_id = whose
    others = (*asked.others, *[""] * (MOST_OTHERS - len(asked.others)))
    bounds = {"workspace_id": workspace_id, "person_id": person_id, "indicator_id": indicator_id}
    values = bounds | {"until": until} | dict(zip(_KEYS, (*asked.steps, *others), strict=True))
    ((highest, total, *held),) = _LIFETIME.rows(connection, values)
    celebrated = highest or 0
    known = frozenset([key for key, holds in zip(others, held, strict=True) if holds])
    return Lifetime(None if celebrated == LIFETIMES[-1] else total or ZERO, celebrated, known)


_STEPS = tuple(f"step_{step}" for step in LIFETIMES)
_OTHERS = tuple(f"other_{number}" for number in range(MOST_OTHERS))
_KEYS = (*_STEPS, *_OTHERS)
_BOUND: dict[str, BindParameter[str]] = {key: bindparam(key) for key in _KEYS}
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
_OF_STEP = milestones.c.key.in_([_BOUND[key] for key in _STEPS])
_HIGHEST = func.max(case((_OF_STEP, milestones.c.threshold)))
_GOES_ON = func.coalesce(_HIGHEST, literal_column("0")) < literal_column(str(LIFETIMES[-1]))
_HELD = [func.max(case((milestones.c.key == _BOUND[key], literal_column("1")))) for key in _OTHERS]
_LIFETIME = Prepared(
    select(_HIGHEST, type_coerce(case((_GOES_ON, _EVER)), Quantity), *_HELD).where(
        milestones.c.workspace_id == bindparam("workspace_id"),
        milestones.c.key.in_(list(_BOUND.values())),
        milestones.c.revoked_at.is_(None),
    )
)
