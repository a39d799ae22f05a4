"""What the rows of an activities file mean in the workspaces of this database."""

from collections.abc import Callable, Iterator
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.db.queries.people.name_lists import Counted, Member, Roster, load_roster
from bot.db.session import Session
from bot.domain.activities import (
    MAX_EXTERNAL_ID,
    ActivityRow,
    RowProblem,
    WrongCell,
    read_account,
    read_amount,
    read_instant,
    read_moment,
    read_note,
    read_text,
    shown,
)
from bot.domain.dedupe_keys import content_key, external_key
from bot.domain.quantities import Measure

_ANY_ZONE = ZoneInfo("UTC")
_MOST_NAMED = 6


class Reader:
    """Turns rows into entries to be. Loads what a workspace knows of names once, not per row."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rosters: dict[str, Roster | None] = {}

    def values(self, row: ActivityRow) -> dict[str, Any] | None:
        """The staged form of a row (`imports.stage`), None where something is wrong in it."""
        try:
            return self._values(row)
        except WrongCell:
            return None

    def problems(self, row: ActivityRow) -> Iterator[RowProblem]:
        """Everything that is wrong in a row, each once."""
        checks: tuple[Callable[[ActivityRow], object], ...] = (
            self._who_and_what,
            self._amount,
            self._moment,
            lambda row: read_account(row.account),
            lambda row: read_note(row.note),
            _identity,
            _undone_at,
        )
        seen = set()
        for check in checks:
            try:
                check(row)
            except WrongCell as wrong:
                if wrong.column not in seen:
                    yield RowProblem(row.line, wrong.column, wrong.sentence)
                seen.add(wrong.column)

    def _values(self, row: ActivityRow) -> dict[str, Any]:
        who, what = self._who_and_what(row)
        amount = read_amount(row.quantity, what.measure, is_result=what.is_result)
        moment = read_moment(row.occurred_on, who.zone)
        account, note = read_account(row.account), read_note(row.note)
        said = (who.id, what.id, amount, moment.day, moment.instant, account, note)
        content = content_key(said)
        external_id, key = _identity(row)
        return {
            "line": row.line,
            "workspace_id": row.workspace.strip(),
            "person_id": who.id,
            "indicator_id": what.id,
            "quantity": amount,
            "local_date": moment.day,
            "occurred_at": moment.instant,
            "account": account,
            "note": note,
            "external_id": external_id,
            "undone_at": _undone_at(row),
            "key": key or content,
            "content": content,
            "is_numbered": key is None,
        }

    def _who_and_what(self, row: ActivityRow) -> tuple[Member, Counted]:
        roster = self._roster(row.workspace.strip())
        user = row.user.strip()
        who = roster.people.get(user)
        if who is None or not who.teams:
            known = "is a rep of no team" if who else "is nobody we know"
            raise WrongCell("user", f"{shown(user)} {known}; add them to the playbook and apply it")
        what = roster.find(who, row.behaviour)
        if what is None:
            raise WrongCell("behaviour", _unknown_name(row.behaviour, roster.names(who)))
        return who, what

    def _roster(self, workspace_id: str) -> Roster:
        if workspace_id not in self._rosters:
            self._rosters[workspace_id] = load_roster(self._session.connection, workspace_id)
        roster = self._rosters[workspace_id]
        if roster is None:
            sentence = f"{shown(workspace_id)} is unknown; apply a playbook for it first"
            raise WrongCell("workspace", sentence)
        return roster

    def _amount(self, row: ActivityRow) -> None:
        what = self._who_and_what(row)[1] if self._is_known(row) else None
        measure = what.measure if what else Measure.MONEY
        read_amount(row.quantity, measure, is_result=what is None or what.is_result)

    def _moment(self, row: ActivityRow) -> None:
        zone = self._who_and_what(row)[0].zone if self._is_known(row) else _ANY_ZONE
        read_moment(row.occurred_on, zone)

    def _is_known(self, row: ActivityRow) -> bool:
        try:
            self._who_and_what(row)
        except WrongCell:
            return False
        return True


@lru_cache(maxsize=256)
def _unknown_name(name: str, known: tuple[str, ...]) -> str:
    likely = get_close_matches(name, known, n=1)
    if likely:
        return f"{shown(name)} is unknown; did you mean {likely[0]}?"
    more = ", …" if len(known) > _MOST_NAMED else ""
    return f"{shown(name)} is unknown; this rep's team has {', '.join(known[:_MOST_NAMED])}{more}"


def _identity(row: ActivityRow) -> tuple[str | None, str | None]:
    """The external id to store and the dedupe key, both None where the row has no id."""
    external_id = read_text(row.external_id, "external_id", MAX_EXTERNAL_ID)
    return external_key(external_id) if external_id else (None, None)


def _undone_at(row: ActivityRow) -> datetime | None:
    cell = row.undone_at.strip()
    return read_instant(cell, "undone_at") if cell else None
