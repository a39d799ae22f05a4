"""What is kept of a person, for that person alone: counted, handed over, erased (design §6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.db.queries.my_data import kept_rows
from bot.db.queries.people import Standing
from bot.db.session import Session
from bot.domain.errors import Refusal, UnknownPerson
from bot.services import auditing
from bot.services.exporting import Cell, What, exported_of
from bot.services.forgetting import Counts, forget_person
from bot.services.membership import standing, team_of
from bot.services.requests.callers import Caller

ERASED: Final = "person.erased"
"""The audit log's name for it; it keeps the Slack id of who did it, and nothing else."""
HANDED_OVER: Final = (What.ACTIVITIES, What.RESULTS, What.MILESTONES)
_NOTHING: Final = "I keep nothing about you."


@dataclass(frozen=True, slots=True)
class MyData:
    """What is kept, in rows by table, and what would change for others: the team that is left,
    the teams that would lose a manager."""

    person_id: int
    rows: Mapping[str, int]
    team: str | None
    leads: tuple[str, ...]
    is_admin: bool


def my_data(session: Session, caller: Caller) -> MyData:
    """What is kept of the caller. Raises UnknownPerson where that is nothing."""
    asking = _known(session, caller)
    team = None if asking.team is None else team_of(session, asking.team).team.name
    return MyData(
        person_id=asking.person.id,
        rows=kept_rows(session.connection, asking.person.id),
        team=team,
        leads=tuple(team_of(session, each).team.name for each in asking.leads),
        is_admin=asking.person.is_admin,
    )


def handed_over(session: Session, caller: Caller, what: What) -> Iterator[tuple[Cell, ...]]:
    """The caller's own rows of `COLUMNS[what]`. Raises UnknownPerson."""
    asking = _known(session, caller)
    return exported_of(session, what, caller.workspace_id, asking.person.id)


def erase_mine(session: Session, caller: Caller, person_id: int, now: datetime) -> Counts:
    """Erases the caller; `person_id` is whom the form was opened for.

    Raises UnknownPerson where nothing is kept (any more), Refusal for a form of before that.
    """
    asking = _known(session, caller)
    if asking.person.id != person_id:
        raise Refusal("This form is out of date. Please close it and open it again.")
    erased = forget_person(session, caller.workspace_id, caller.user_id)
    auditing.note(session, caller.workspace_id, caller.user_id, ERASED, now)
    return erased


def _known(session: Session, caller: Caller) -> Standing:
    try:
        return standing(session, caller.workspace_id, caller.user_id)
    except UnknownPerson:
        raise UnknownPerson(_NOTHING) from None
