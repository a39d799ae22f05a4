"""The teams that a process keeps in memory."""

import gc
from weakref import ref

from bot.db.session import Session, TeamPlaybooks
from tests.teams import TeamRows


def test_a_team_that_is_as_it_was_is_loaded_once(session: Session, west: TeamRows) -> None:
    playbooks = TeamPlaybooks()
    first = playbooks.load(session.connection, {west.team_id: "one"})
    assert (
        playbooks.load(session.connection, {west.team_id: "one"})[west.team_id]
        is first[west.team_id]
    )


def test_what_a_team_was_before_a_change_is_forgotten(session: Session, west: TeamRows) -> None:
    playbooks = TeamPlaybooks()
    before = ref(playbooks.load(session.connection, {west.team_id: "one"})[west.team_id])
    playbooks.load(session.connection, {west.team_id: "two"})
    gc.collect()
    assert before() is None
