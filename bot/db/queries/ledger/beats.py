"""When teams have something to do by the clock: their people's zones and times, without the people.

A *beat* is a local time in a zone: somebody's nudge, a digest, the end of the team's day.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Time, func, select, type_coerce, union

from bot.db.tables import memberships, milestones, people, team_managers, teams, workspaces
from bot.domain.portions import Portion

Beat = tuple[str, time]
"""A zone's name and a local time there."""
_AT_ONCE = 500
_OF_TEAM = func.coalesce(teams.c.timezone, workspaces.c.timezone)
_OF_PERSON = func.coalesce(people.c.timezone, people.c.slack_timezone, _OF_TEAM)


def states(connection: Connection) -> dict[int, tuple[Portion, str]]:
    """With whom each active team is planned, and its revision."""
    query = select(teams.c.id, teams.c.workspace_id, teams.c.revision)
    rows = connection.execute(query.where(teams.c.retired_on.is_(None)).order_by(teams.c.id))
    return {row[0]: (Portion.of(row[1], row[0]), row[2]) for row in rows}


def beats(connection: Connection, team_ids: Collection[int]) -> dict[int, frozenset[Beat]]:
    """Every beat of these teams: a few for each, however many people it has."""
    listed, found = sorted(team_ids), defaultdict(set)
    for start in range(0, len(listed), _AT_ONCE):
        some = teams.c.id.in_(listed[start : start + _AT_ONCE])
        for team_id, zone, at in connection.execute(_beats(some)):
            found[team_id].add((zone, at))
    return {team_id: frozenset(each) for team_id, each in found.items()}


def newest_milestone(connection: Connection) -> int:
    """The largest id; 0 where there is none."""
    return connection.scalar(select(func.max(milestones.c.id))) or 0


def teams_with_news(connection: Connection, after: int) -> set[int]:
    """The teams with a milestone of a larger id."""
    return set(connection.scalars(select(milestones.c.team_id).where(milestones.c.id > after)))


def _beats(some: ColumnElement[bool]) -> Select[Any]:
    known = teams.join(workspaces, workspaces.c.id == teams.c.workspace_id)
    reps = known.join(memberships, memberships.c.team_id == teams.c.id).join(
        people, people.c.id == memberships.c.person_id
    )
    led = known.join(team_managers, team_managers.c.team_id == teams.c.id).join(
        people, people.c.id == team_managers.c.person_id
    )
    nudged = type_coerce(func.coalesce(people.c.nudge_at, teams.c.nudge_at), Time)
    every = union(
        _distinct(_OF_PERSON, nudged, some, memberships.c.left_on.is_(None)).select_from(reps),
        _distinct(_OF_PERSON, nudged, some).select_from(led),
        _distinct(_OF_PERSON, teams.c.digest_time, some).select_from(led),
        _distinct(_OF_TEAM, teams.c.digest_time, some).select_from(known),
        _distinct(_OF_TEAM, teams.c.day_ends_at, some).select_from(known),
    ).subquery()
    return select(every.c.team, every.c.zone, every.c.at)


def _distinct(
    zone: ColumnElement[str], at: ColumnElement[time], *some: ColumnElement[bool]
) -> Select[Any]:
    columns = (teams.c.id.label("team"), zone.label("zone"), at.label("at"))
    return select(*columns).distinct().where(*some)
