"""Experiments and who is in which group."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from bot.db.queries.rows import insert_row, stamp_once
from bot.db.tables import experiment_members, experiments, memberships, people
from bot.domain.experiments.agreed import Experiment, Group, Member, Plan


def insert_experiment(
    connection: Connection,
    workspace_id: str,
    plan: Plan,
    members: Mapping[int, Group],
    now: datetime,
) -> int:
    """Adds an experiment with its groups (by person id), and gives back its id."""
    experiment_id = insert_row(
        connection,
        experiments,
        workspace_id=workspace_id,
        team_id=plan.team_id,
        question=plan.question,
        method=plan.method,
        indicator_id=plan.behaviour_id,
        next_id=plan.following_id,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        created_at=now,
    )
    put_members(connection, workspace_id, experiment_id, members)
    return experiment_id


def put_members(
    connection: Connection, workspace_id: str, experiment_id: int, members: Mapping[int, Group]
) -> None:
    """Puts these groups in the place of what there was."""
    connection.execute(
        delete(experiment_members).where(
            experiment_members.c.workspace_id == workspace_id,
            experiment_members.c.experiment_id == experiment_id,
        )
    )
    own = {"workspace_id": workspace_id, "experiment_id": experiment_id}
    rows = [own | {"person_id": who, "in_group": group.value} for who, group in members.items()]
    connection.execute(insert(experiment_members), rows)


def find_experiment(
    connection: Connection, workspace_id: str, experiment_id: int
) -> Experiment | None:
    """The experiment with this id, whatever has become of it."""
    found = _read(connection, workspace_id, experiments.c.id == experiment_id)
    return found[0] if found else None


def experiments_until(
    connection: Connection, workspace_id: str, day: date, team_id: int | None = None
) -> Sequence[Experiment]:
    """Those that end on this day or later, of one team or of all; the latest first."""
    of_team = () if team_id is None else (experiments.c.team_id == team_id,)
    return _read(connection, workspace_id, experiments.c.ends_on >= day, *of_team)


def stop_experiment(
    connection: Connection, workspace_id: str, experiment_id: int, now: datetime
) -> bool:
    """False where it has been stopped before."""
    return stamp_once(connection, experiments.c.stopped_at, workspace_id, experiment_id, now)


def left_on(
    connection: Connection, workspace_id: str, team_id: int, who: Collection[int]
) -> Mapping[int, date]:
    """When each of these people left the team last."""
    rows = connection.execute(
        select(memberships.c.person_id, func.max(memberships.c.left_on))
        .where(
            memberships.c.workspace_id == workspace_id,
            memberships.c.team_id == team_id,
            memberships.c.person_id.in_(who),
        )
        .group_by(memberships.c.person_id)
    )
    return {person_id: day for person_id, day in rows if day is not None}


def _read(
    connection: Connection, workspace_id: str, *which: ColumnElement[bool]
) -> list[Experiment]:
    query = (
        select(
            experiments.c.id,
            experiments.c.stopped_at,
            experiments.c.team_id,
            experiments.c.question,
            experiments.c.method,
            experiments.c.indicator_id,
            experiments.c.next_id,
            experiments.c.starts_on,
            experiments.c.ends_on,
        )
        .where(experiments.c.workspace_id == workspace_id, *which)
        .order_by(experiments.c.ends_on.desc(), experiments.c.id.desc())
    )
    rows: list[Any] = list(connection.execute(query))
    members = _members(connection, workspace_id, [row.id for row in rows])
    return [
        Experiment(number, Plan(*plan), stopped_at, tuple(members[number]))
        for number, stopped_at, *plan in rows
    ]


def _members(
    connection: Connection, workspace_id: str, which: Collection[int]
) -> Mapping[int, list[Member]]:
    found: defaultdict[int, list[Member]] = defaultdict(list)
    if not which:
        return found
    rows = connection.execute(
        select(
            experiment_members.c.experiment_id,
            experiment_members.c.person_id,
            people.c.user_id,
            experiment_members.c.in_group,
        )
        .join(people, people.c.id == experiment_members.c.person_id)
        .where(
            experiment_members.c.workspace_id == workspace_id,
            experiment_members.c.experiment_id.in_(which),
        )
        .order_by(experiment_members.c.person_id)
    )
    for experiment_id, person_id, user_id, group in rows:
        found[experiment_id].append(Member(person_id, user_id, Group(group)))
    return found
