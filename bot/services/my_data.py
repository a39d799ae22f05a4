"""What is kept of a person, for that person alone: counted, handed over, erased (design §6)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.db.queries.people.identity import Standing
from bot.db.queries.privacy.my_data import kept_rows
from bot.db.queries.privacy.own_rows import OWN, own_rows
from bot.db.session import Session
from bot.domain.errors import Refusal, UnknownPerson
from bot.services import auditing
from bot.services.exporting import COLUMNS, Cell, What, exported_of
from bot.services.forgetting import ERASED, Counts, forget_person
from bot.services.membership import standing, team_of
from bot.services.requests.callers import Caller

_ALWAYS: Final = (What.ACTIVITIES, What.RESULTS, What.MILESTONES)
_NOTHING: Final = "I keep nothing about you."


@dataclass(frozen=True, slots=True)
class Copy:
    """One table of the copy: its name, columns and rows, read as they are asked for."""

    name: str
    columns: Sequence[str]
    rows: Iterator[tuple[Cell, ...]]


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


def handed_over(session: Session, caller: Caller) -> Iterator[Copy]:
    """What the caller may have: first what was logged and reached, even where that is nothing, then
    what else there is. Raises UnknownPerson."""
    asking = _known(session, caller)
    for each in _ALWAYS:
        rows = exported_of(session, each, caller.workspace_id, asking.person.id)
        yield Copy(each.value, COLUMNS[each], rows)
    for name in OWN:
        columns, found = own_rows(session.connection, name, caller.workspace_id, asking.person.id)
        if found:
            yield Copy(name, columns, (tuple(row) for row in found))


def erase_mine(session: Session, caller: Caller, person_id: int, now: datetime) -> Counts:
    """Erases the caller; `person_id` is whom the form was opened for.

    Raises UnknownPerson where nothing is kept (any more), Refusal for a form of before that.
    """
    asking = _known(session, caller)
    if asking.person.id != person_id:
        raise Refusal("This form is out of date. Please close it and open it again.")
    erased = forget_person(session, caller.workspace_id, caller.user_id, now)
    auditing.note(session, caller.workspace_id, caller.user_id, ERASED, now)
    return erased


def _known(session: Session, caller: Caller) -> Standing:
    try:
        return standing(session, caller.workspace_id, caller.user_id)
    except UnknownPerson:
        raise UnknownPerson(_NOTHING) from None
