"""A transaction that was opened for a workspace reaches no other one's rows, whatever it asks."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.exc import StatementError

from bot.db.apart import OutOfReach
from bot.db.engine import for_writing, make_engine
from bot.db.prepared import Prepared
from bot.db.queries.rows import insert_into
from bot.db.reach import EVERYWHERE, enter, workspace_of
from bot.db.session import Session
from bot.db.tables import memberships, people, setups, teams, workspaces
from tests.teams import LONG_AGO, RILEY, WORKSPACE, TeamRows, a_team

OTHER = "T02OTHER"


@dataclass(frozen=True)
class Two:
    """A transaction for `WORKSPACE`, and team West of it and of another workspace."""

    connection: Connection
    own: TeamRows
    other: TeamRows

    def people_read(self, query: object) -> set[int]:
        return set(self.connection.scalars(query))  # type: ignore[call-overload]

    @property
    def own_people(self) -> set[int]:
        return set(self.own.people.values())


@pytest.fixture
def two(database_url: str) -> Iterator[Two]:
    engine = make_engine(database_url)
    with engine.connect() as connection, for_writing(connection).begin() as transaction:
        own, other = a_team(connection), a_team(connection, workspace_id=OTHER)
        yield Two(enter(connection, WORKSPACE), own, other)
        transaction.rollback()
    engine.dispose()


def test_a_query_that_forgets_the_workspace_reads_ones_own_alone(two: Two) -> None:
    assert two.people_read(select(people.c.id)) == two.own_people
    assert two.people_read(select(people.c.id).where(people.c.user_id == RILEY)) == {
        two.own.people[RILEY]
    }


def test_so_do_joins_aliases_subqueries_unions_and_common_tables(two: Two) -> None:
    member = people.alias("member")
    joined = select(member.c.id).join(memberships, memberships.c.person_id == member.c.id)
    anybody = select(people.c.id).cte("anybody")
    inside = select(memberships.c.person_id)
    for query in (
        joined,
        select(people.c.id).where(people.c.id.in_(inside)),
        select(people.c.id).where(exists().where(memberships.c.person_id == people.c.id)),
        select(anybody.c.id),
        select(select(people.c.id).subquery().c.id),
        union_all(select(people.c.id), inside),
        select(people.c.id).where(or_(people.c.workspace_id == OTHER, people.c.id > 0)),
    ):
        found = two.people_read(query)
        assert found
        assert found <= two.own_people


def test_an_outer_join_keeps_ones_own_row_and_leaves_the_others_out(two: Two) -> None:
    foreign = teams.c.id == two.other.team_id
    query = select(people.c.id, teams.c.name).select_from(people.outerjoin(teams, foreign))
    rows = two.connection.execute(query).all()
    assert {row.id for row in rows} == two.own_people
    assert {row.name for row in rows} == {None}


def test_anothers_row_is_neither_changed_nor_removed(two: Two) -> None:
    theirs = people.c.id.in_(list(two.other.people.values()))
    changed = two.connection.execute(update(people).where(theirs).values(name="Mine"))
    gone = two.connection.execute(delete(memberships).where(memberships.c.id > 0))
    assert (changed.rowcount, gone.rowcount) == (0, len(two.own.people) - 1)
    enter(two.connection, EVERYWHERE)
    left = select(func.count()).select_from(memberships)
    assert two.connection.scalar(left.where(memberships.c.workspace_id == OTHER)) == 3


def test_a_row_for_another_workspace_is_refused(two: Two) -> None:
    row = {"user_id": "U9", "created_at": LONG_AGO}
    with pytest.raises(StatementError, match="OutOfReach"):
        two.connection.execute(insert(people).values(workspace_id=OTHER, **row))
    rows = [row | {"workspace_id": each} for each in (WORKSPACE, OTHER)]
    with pytest.raises(StatementError, match="OutOfReach"):
        two.connection.execute(insert(people), rows)
    new = {"id": "T03", "timezone": "Europe/London", "created_at": LONG_AGO}
    with pytest.raises(StatementError, match="OutOfReach"):
        two.connection.execute(insert(workspaces).values(**new))


def test_a_key_that_both_use_changes_ones_own_row_alone(two: Two) -> None:
    enter(two.connection, EVERYWHERE)
    row = {"id": 7, "user_id": "U9", "document": {}, "updated_at": LONG_AGO}
    two.connection.execute(insert(setups).values(workspace_id=OTHER, **row))
    enter(two.connection, WORKSPACE)
    mine = insert_into(two.connection, setups).values(workspace_id=WORKSPACE, **row)
    instead = mine.on_conflict_do_update(index_elements=["id"], set_={"user_id": "UMINE"})
    two.connection.execute(instead)
    enter(two.connection, EVERYWHERE)
    assert two.connection.scalar(select(setups.c.user_id)) == "U9"


def test_another_workspace_by_name_is_refused_even_where_it_is_cached(two: Two) -> None:
    by_name = select(people.c.id).where(people.c.workspace_id == bindparam("whose"))
    assert set(two.connection.scalars(by_name, {"whose": WORKSPACE})) == two.own_people
    for _ in range(2):
        with pytest.raises(StatementError, match="OutOfReach"):
            two.connection.scalars(by_name, {"whose": OTHER})


def test_prepared_statements_are_tied_like_all_others(two: Two) -> None:
    forgetful = Prepared(select(people.c.id).where(people.c.user_id == bindparam("user")))
    assert forgetful.rows(two.connection, {"user": RILEY}) == [(two.own.people[RILEY],)]
    by_name = Prepared(select(people.c.id).where(people.c.workspace_id == bindparam("whose")))
    with pytest.raises(OutOfReach):
        by_name.rows(two.connection, {"whose": OTHER})
    adds = Prepared(insert(setups).returning(setups.c.id), ["workspace_id", "user_id"])
    with pytest.raises(OutOfReach):
        adds.rows(two.connection, {"workspace_id": OTHER, "user_id": "U9"})


def test_what_cannot_be_tied_is_refused(two: Two) -> None:
    both = people.join(teams, teams.c.id == people.c.id, full=True)
    for statement in (text("SELECT 1"), select(people.c.id).select_from(both)):
        with pytest.raises(OutOfReach):
            two.connection.execute(statement)


def test_the_whole_installation_is_reached_in_so_many_words(two: Two) -> None:
    count = select(func.count()).select_from(people)
    session = Session(enter(two.connection, EVERYWHERE))
    assert session.connection.scalar(count) == 8
    with session.of(OTHER) as theirs:
        assert theirs.workspace_id == OTHER
        assert set(theirs.connection.scalars(select(people.c.id))) == set(two.other.people.values())
    assert session.connection.scalar(count) == 8
    with pytest.raises(OutOfReach):
        workspace_of(session.connection)


def test_from_a_workspace_nobody_gets_into_another(two: Two) -> None:
    with pytest.raises(OutOfReach), Session(two.connection).of(OTHER):
        pass
