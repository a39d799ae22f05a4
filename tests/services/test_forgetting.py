"""Erasing people and workspaces."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from bot.db.queries.playbooks.setups import find_setup, keep_setup
from bot.db.session import Session
from bot.db.tables import deliveries, entries, memberships, metadata, people, targets, teams
from bot.domain.errors import Refusal, UnknownPerson
from bot.domain.ledger.deliveries import part_key
from bot.domain.setups.documents import document_of, draft_of
from bot.domain.setups.drafts import Draft, Met
from bot.services.forgetting import forget_person, forget_workspace
from tests.reaching import reaching
from tests.services.activity_rows import NOW, a_row, imported
from tests.teams import MORGAN, RILEY, SAM, WORKSPACE, TeamRows, a_target, a_team


def count(connection: Connection, table: Any, *where: Any) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0


def a_delivery(session: Session, west: TeamRows, key: str, recipient: str, **more: Any) -> None:
    row = {"kind": "digest", "payload": {}, "state": "sent", "due_at": NOW, "created_at": NOW}
    session.connection.execute(
        insert(deliveries).values(
            workspace_id=WORKSPACE, team_id=west.team_id, key=key, recipient=recipient, **row | more
        )
    )


def test_nothing_of_a_person_is_left(session: Session, west: TeamRows) -> None:
    riley = west.people[RILEY]
    imported(session, a_row(note="met the CFO"), a_row(3, user=SAM))
    a_target(session.connection, west, "First meetings", 3, "week", person_id=riley)
    a_delivery(session, west, "nudge:1", RILEY, person_id=riley, kind="nudge")
    erased = forget_person(session, WORKSPACE, RILEY, NOW)
    assert erased["entries"] == erased["people"] == erased["targets"] == 1
    connection = session.connection
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table is people for key in column.foreign_keys):
                assert count(connection, table, column == riley) == 0, table.name
    assert count(connection, people, people.c.user_id == RILEY) == 0
    assert count(connection, entries) == 1  # Sam's
    assert count(connection, targets) == 7  # the team's


def test_messages_to_a_person_go_and_those_to_others_stay(session: Session, west: TeamRows) -> None:
    a_delivery(session, west, "digest:1", MORGAN)
    a_delivery(session, west, "digest:2", SAM)
    forget_person(session, WORKSPACE, MORGAN, NOW)
    left = session.connection.scalars(select(deliveries.c.key))
    assert list(left) == ["digest:2"]


def test_words_about_a_person_that_wait_in_the_ledger_go(session: Session, west: TeamRows) -> None:
    words = {"part_of": "digest:1", "text": "Riley needs coaching", "blocks": "[]"}
    a_delivery(session, west, "digest:1", MORGAN)
    a_delivery(session, west, part_key("digest:1", 1), MORGAN, payload=words)
    forget_person(session, WORKSPACE, RILEY, NOW)
    assert list(session.connection.scalars(select(deliveries.c.key))) == ["digest:1"]


def test_the_team_is_loaded_anew(session: Session, west: TeamRows) -> None:
    before = west.playbook(session)
    forget_person(session, WORKSPACE, RILEY, NOW)
    after = west.playbook(session)
    assert {rep.user_id for rep in before.reps} - {rep.user_id for rep in after.reps} == {RILEY}


def test_the_same_person_elsewhere_is_left_alone(session: Session, west: TeamRows) -> None:
    a_team(session.connection, workspace_id="T02OTHER")
    with reaching(session.connection):
        imported(session, a_row(workspace="T02OTHER"))
    forget_person(session, WORKSPACE, RILEY, NOW)
    with reaching(session.connection):
        assert count(session.connection, entries) == 1
        assert count(session.connection, people, people.c.user_id == RILEY) == 1


def test_nothing_of_a_workspace_is_left(session: Session, west: TeamRows) -> None:
    a_team(session.connection, workspace_id="T02OTHER")
    with reaching(session.connection):
        imported(session, a_row(), a_row(3, workspace="T02OTHER"))
    forget_workspace(session, WORKSPACE)
    for table in metadata.sorted_tables:
        column = table.c.id if table.name == "workspaces" else table.c.workspace_id
        assert count(session.connection, table, column == WORKSPACE) == 0, table.name
    with reaching(session.connection):
        assert count(session.connection, teams) == 1
        assert count(session.connection, memberships) == 3


def test_who_is_unknown_cannot_be_forgotten(session: Session, west: TeamRows) -> None:
    with pytest.raises(UnknownPerson):
        forget_person(session, WORKSPACE, "U99", NOW)
    with pytest.raises(Refusal, match="no workspace T9"):
        forget_workspace(session, "T9")


def test_a_person_is_forgotten_in_set_ups_under_way(session: Session, west: TeamRows) -> None:
    people_met = {RILEY: Met("Riley", "Europe/London"), SAM: Met("Sam", None)}
    draft = Draft("n", name="East", reps=(RILEY, SAM), people=people_met)
    for user in (MORGAN, RILEY):
        keep_setup(session.connection, WORKSPACE, user, document_of(draft), NOW)
    forget_person(session, WORKSPACE, RILEY, NOW)
    assert find_setup(session.connection, WORKSPACE, RILEY) is None
    kept = find_setup(session.connection, WORKSPACE, MORGAN)
    assert kept is not None
    assert draft_of(kept) == replace(draft, reps=(SAM,), people={SAM: Met("Sam", None)})
