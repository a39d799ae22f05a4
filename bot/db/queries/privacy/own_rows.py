"""What a person agreed, gave, got and planned, as rows that the person may have.

A manager's notes are never among them: they are for whoever leads the rep's team (design §6).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, Select, or_, select

from bot.db.tables import (
    commitments,
    deliveries,
    experiment_members,
    experiments,
    indicators,
    kudos,
    one_to_ones,
    pairings,
    people,
    time_off,
)
from bot.domain.ledger.occasions import OccasionKind

_ONE, _OTHER = people.alias("one"), people.alias("other")
Own = Callable[[str, int], Select[Any]]
"""The query for a workspace's person, whose columns are the file's."""


def own_rows(
    connection: Connection, what: str, workspace_id: str, person_id: int
) -> tuple[Sequence[str], Sequence[Row[Any]]]:
    """The columns and rows of one of `OWN`."""
    found = connection.execute(OWN[what](workspace_id, person_id))
    return tuple(found.keys()), found.all()


def _between(
    query: Select[Any],
    one: Column[int],
    other: Column[int],
    workspace_id: str,
    person_id: int,
) -> Select[Any]:
    """Of what two people share, `_ONE` and `_OTHER`: the rows in which the person is either."""
    return (
        query.join(_ONE, _ONE.c.id == one)
        .join(_OTHER, _OTHER.c.id == other)
        .where(
            one.table.c.workspace_id == workspace_id,
            or_(one == person_id, other == person_id),
        )
    )


def _one_to_ones(workspace_id: str, person_id: int) -> Select[Any]:
    """When and between whom; never what was noted."""
    table = one_to_ones.c
    query = select(
        table.id, table.held_on, _ONE.c.user_id.label("rep"), _OTHER.c.user_id.label("with")
    ).order_by(table.held_on, table.id)
    return _between(query, table.person_id, table.manager_id, workspace_id, person_id)


def _commitments(workspace_id: str, person_id: int) -> Select[Any]:
    table = commitments.c
    query = select(
        table.id,
        _ONE.c.user_id.label("agreed_with"),
        _OTHER.c.user_id.label("to_be_done_by"),
        table.text,
        table.due_on,
        table.created_at,
        table.done_at,
    ).order_by(table.id)
    return _between(query, table.person_id, table.owner_id, workspace_id, person_id)


def _kudos(workspace_id: str, person_id: int) -> Select[Any]:
    table = kudos.c
    query = select(
        table.id,
        table.given_on,
        _ONE.c.user_id.label("giver"),
        _OTHER.c.user_id.label("receiver"),
        table.reason,
        table.withdrawn_at,
    ).order_by(table.id)
    return _between(query, table.giver_id, table.receiver_id, workspace_id, person_id)


def _time_off(workspace_id: str, person_id: int) -> Select[Any]:
    table = time_off.c
    return (
        select(table.id, table.starts_on, table.ends_on, table.source)
        .where(table.workspace_id == workspace_id, table.person_id == person_id)
        .order_by(table.starts_on)
    )


def _plans(workspace_id: str, person_id: int) -> Select[Any]:
    """If-then plans: when the reminder was due, of what, and whether it came."""
    table = deliveries.c
    return (
        select(table.id, table.due_at, indicators.c.name.label("behaviour"), table.state)
        .join(indicators, indicators.c.id == table.payload["indicator"].as_integer())
        .where(
            table.workspace_id == workspace_id,
            table.person_id == person_id,
            table.kind == OccasionKind.REMINDER,
        )
        .order_by(table.due_at)
    )


def _pairings(workspace_id: str, person_id: int) -> Select[Any]:
    table = pairings.c
    query = (
        select(
            table.id,
            _ONE.c.user_id.label("learner"),
            _OTHER.c.user_id.label("teacher"),
            indicators.c.name.label("behaviour"),
            table.starts_on,
            table.ends_on,
            table.cancelled_at,
        )
        .join(indicators, indicators.c.id == table.indicator_id)
        .order_by(table.id)
    )
    return _between(query, table.learner_id, table.teacher_id, workspace_id, person_id)


def _experiments(workspace_id: str, person_id: int) -> Select[Any]:
    """In which group, of what and when; the question is the manager's."""
    table = experiments.c
    return (
        select(
            table.id,
            indicators.c.name.label("behaviour"),
            experiment_members.c.in_group.label("group"),
            table.starts_on,
            table.ends_on,
            table.stopped_at,
        )
        .join(experiment_members, experiment_members.c.experiment_id == table.id)
        .join(indicators, indicators.c.id == table.indicator_id)
        .where(table.workspace_id == workspace_id, experiment_members.c.person_id == person_id)
        .order_by(table.id)
    )


OWN: Final[Mapping[str, Own]] = {
    "one_to_ones": _one_to_ones,
    "commitments": _commitments,
    "kudos": _kudos,
    "time_off": _time_off,
    "plans": _plans,
    "pairings": _pairings,
    "experiments": _experiments,
}
"""By the file's name."""
