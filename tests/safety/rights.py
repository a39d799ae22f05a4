"""What a person without any role in team West may change, seen from the rows themselves."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, select
from structlog.processors import format_exc_info
from structlog.testing import capture_logs

from bot.db.tables import metadata
from tests.teams import WORKSPACE

Rows = Mapping[str, Mapping[object, Mapping[str, Any]]]
"""Rows by table and key."""
_WHAT_OTHERS_DID = {"Refused", "MessageGone", "Refusal"}
"""Errors that Slack's answer or the request is to blame for: who doesn't exist has no Home."""
_OUR_OWN = {"invalid_blocks", "invalid_arguments", "msg_too_long", "no_text", "view_too_large"}
"""But not where Slack says that what the bot sent was no message."""

_OWN = {
    "entries": "person_id",
    "time_off": "person_id",
    "interactions": "person_id",
    "kudos": "giver_id",
    "commitments": "owner_id",
    "people": "id",
    "setups": "user_id",
    "audit": "actor",
}
"""What anybody may add or change, and the column that says whose it is."""
_FOR_ALL = {"handled_requests", "deliveries", "milestones"}
"""What follows from one's own doing, or is the bot's own."""
_BESIDES = {"revision"}
"""Changes with whatever is the team's, a member's own snooze among it."""


def all_rows(engine: Engine) -> Rows:
    """Every row of every table."""
    found: dict[str, dict[object, dict[str, Any]]] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            found[table.name] = {
                tuple(row[key] for key in keys): dict(row)
                for row in connection.execute(select(table)).mappings()
            }
    return found


def trespasses(before: Rows, after: Rows, actors: frozenset[object]) -> list[str]:
    """Rows that were added, changed or removed though none of the actors (ids of people, and user
    ids) may do so."""
    erased = _erased_themselves(before, after, actors)
    return [
        f"{table} {key}: {was} → {now}"
        for table, key, was, now in _changed(before, after)
        if not _may(table, was, now, actors) and not (was and _is_about(was, erased))
    ]


def _erased_themselves(before: Rows, after: Rows, actors: frozenset[object]) -> set[object]:
    gone = [row for key, row in before["people"].items() if key not in after["people"]]
    return {each for row in gone if row["id"] in actors for each in (row["id"], row["user_id"])}


def _is_about(row: Mapping[str, Any], erased: set[object]) -> bool:
    """Erasing takes with it, or changes, what names the person."""
    ids = {value for name, value in row.items() if name.endswith("_id") and name != "team_id"}
    words = erased & {each for each in erased if isinstance(each, str)}
    return bool(ids & erased) or any(str(word) in repr(row) for word in words)


def _changed(before: Rows, after: Rows) -> Iterator[tuple[str, object, Any, Any]]:
    for table, rows in before.items():
        for key in {*rows, *after[table]}:
            was, now = rows.get(key), after[table].get(key)
            if _without(was) != _without(now):
                yield table, key, was, now


def _without(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if row is None else {k: v for k, v in row.items() if k not in _BESIDES}


def _may(table: str, was: Any, now: Any, actors: frozenset[object]) -> bool:
    if any(row["workspace_id"] != WORKSPACE for row in (was, now) if row and table != "workspaces"):
        return False
    if table == "people" and was and now and was["is_admin"] != now["is_admin"]:
        return False
    if table in _FOR_ALL:
        return True
    whose = _OWN.get(table)
    return whose is not None and all(row[whose] in actors for row in (was, now) if row)


@dataclass
class Log:
    """What was logged: the bot's own events, and what libraries and the event loop complain of."""

    entries: list[Any]
    complaints: list[logging.LogRecord] = field(default_factory=list)

    @property
    def accidents(self) -> list[str]:
        """Every error that the bot, and nobody else, is to blame for."""
        own = [repr(each) for each in self.entries if _is_accident(each)]
        return own + [each.getMessage() for each in self.complaints]


def _is_accident(entry: Mapping[str, Any]) -> bool:
    """By its level, so that an error that nobody has thought of counts as well."""
    if entry["log_level"] not in {"error", "critical"}:
        return False
    return entry.get("error") not in _WHAT_OTHERS_DID or entry.get("code") in _OUR_OWN


class _Listener(logging.Handler):
    def __init__(self, heard: list[logging.LogRecord]) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.append(record)


@contextmanager
def logged() -> Iterator[Log]:
    with capture_logs(processors=[format_exc_info]) as entries:
        log = Log(entries)
        listener = _Listener(log.complaints)
        logging.getLogger().addHandler(listener)
        try:
            yield log
        finally:
            logging.getLogger().removeHandler(listener)
