"""Rows of a person or of a workspace, removed for good.

The tables are found by their foreign keys, so that one that is added later can't be forgotten.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, or_, select, update

from bot.db.queries.playbooks.setups import forget_in_setups
from bot.db.queries.privacy.mentions import erase_mentions
from bot.db.tables import deliveries, memberships, metadata, people, team_managers, teams
from bot.domain.ledger.deliveries import part_key

_PART = part_key("", 0).removesuffix("0")
"""In the key of each delivery that keeps rendered words."""


def teams_around(connection: Connection, person_id: int) -> list[int]:
    """The teams that the person is or was a member of, or leads."""
    found: set[int] = set()
    for table in (memberships, team_managers):
        query = select(table.c.team_id).where(table.c.person_id == person_id)
        found.update(connection.scalars(query))
    return sorted(found)


def erase_person(connection: Connection, workspace_id: str, person_id: int) -> Mapping[str, int]:
    """Removes every row that is about the person; returns how many of each table."""
    _overwrite(connection)
    erased = {table.name: 0 for table in metadata.sorted_tables}
    _erase_words(connection, workspace_id, person_id, erased)
    for table, column in _references_to(people):
        _let_go(connection, table, column == person_id, erased)
        erased[table.name] += connection.execute(delete(table).where(column == person_id)).rowcount
    user_id = connection.scalar(select(people.c.user_id).where(people.c.id == person_id))
    erased["people"] += connection.execute(delete(people).where(people.c.id == person_id)).rowcount
    for name, count in erase_mentions(connection, workspace_id, str(user_id)).items():
        erased[name] += count
    return {name: count for name, count in erased.items() if count}


def _let_go(
    connection: Connection, table: Table, which: ColumnElement[bool], erased: dict[str, int]
) -> None:
    """What hangs on rows that go, of others: it lets go where it can (a rep's commitment on the
    one-to-one that an erased manager noted), and goes with them where it can't."""
    for child, link in _references_to(table):
        if child is table:
            continue
        gone = link.in_(select(table.c.id).where(which))
        if link.nullable:
            connection.execute(update(child).where(gone).values({link.name: None}))
        else:
            erased[child.name] += connection.execute(delete(child).where(gone)).rowcount


def _erase_words(
    connection: Connection, workspace_id: str, person_id: int, erased: dict[str, int]
) -> None:
    """Messages to the person, rendered text about the person's teams that waits or was sent, and
    the person in guided set-ups."""
    user_id = connection.scalar(select(people.c.user_id).where(people.c.id == person_id))
    whose = or_(
        deliveries.c.recipient == user_id,
        deliveries.c.team_id.in_(teams_around(connection, person_id))
        & deliveries.c.key.contains(_PART, autoescape=True),
    )
    erased["setups"] += forget_in_setups(connection, workspace_id, str(user_id))
    words = delete(deliveries).where(deliveries.c.workspace_id == workspace_id, whose)
    erased["deliveries"] += connection.execute(words).rowcount


def erase_workspace(connection: Connection, workspace_id: str) -> Mapping[str, int]:
    """Removes every row of the workspace; returns how many of each table."""
    _overwrite(connection)
    erased: dict[str, int] = {}
    for table in reversed(metadata.sorted_tables):
        column = table.c.id if table.name == "workspaces" else table.c.workspace_id
        erased[table.name] = connection.execute(
            delete(table).where(column == workspace_id)
        ).rowcount
    return {name: count for name, count in erased.items() if count}


def renew_revisions(connection: Connection, team_ids: list[int], revision: str) -> None:
    """Makes every process load these teams anew."""
    if team_ids:
        connection.execute(update(teams).where(teams.c.id.in_(team_ids)).values(revision=revision))


def _references_to(target: Table) -> Iterator[tuple[Table, Column[Any]]]:
    """Columns that point at a table, those of tables that others point at last."""
    for table in reversed(metadata.sorted_tables):
        for column in table.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                yield table, column


def _overwrite(connection: Connection) -> None:
    """SQLite would leave what it deletes in the file's free pages, to be read with any editor."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
