"""A team straight into the tables; `a_team(connection)` writes West of interface.md.

Riley (London), Sam (New York) and Alex (Kolkata), led by Morgan, with the results and behaviours of
method.md's worked example.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.db.queries.people.identity import Standing, TeamRevision, find_standing
from bot.db.session import Session
from bot.db.tables import (
    indicators,
    memberships,
    people,
    targets,
    team_managers,
    teams,
    time_off,
    workspaces,
)
from bot.domain.indicators import Indicator
from bot.domain.teams import Rep, TeamPlaybook
from tests.reaching import reaching

WORKSPACE = "T01TEST"
MORGAN, RILEY, SAM, ALEX = "U01MORGAN", "U02RILEY", "U03SAM", "U04ALEX"
LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RepRow:
    """A rep to be; the zone is Slack's."""

    user_id: str
    name: str
    zone: str | None = "Europe/London"
    segment: str | None = None
    started_on: date | None = None
    leaves_on: date | None = None
    away: Sequence[tuple[date, date]] = ()


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A behaviour, or a result where it drives nothing; `target` is the team's, if any."""

    name: str
    unit: str
    period: str
    target: int | str | None
    drives: str | None = None
    aliases: Sequence[str] = ()
    retired_on: date | None = None


REPS = (
    RepRow(RILEY, "Riley"),
    RepRow(SAM, "Sam", "America/New_York", "SDR"),
    RepRow(ALEX, "Alex", "Asia/Kolkata"),
)
INDICATORS = (
    IndicatorRow("New customers", "customers", "quarter", 12),
    IndicatorRow("Revenue", "GBP", "quarter", 50_000),
    IndicatorRow("First meetings", "meetings", "week", 5, "New customers", ("meeting", "fm")),
    IndicatorRow("Prospecting calls", "calls", "day", 20, "New customers", ("call",)),
    IndicatorRow("Opportunities", "opportunities", "week", 3, "New customers", ("opp",)),
    IndicatorRow("Territory plan", "plans", "quarter", 1, "New customers"),
    IndicatorRow("Selling time", "hours", "week", 20, "Revenue", ("selling",)),
)


@dataclass(frozen=True, slots=True)
class TeamRows:
    """What was written: ids by user id and by name."""

    workspace_id: str
    team_id: int
    revision: str
    people: dict[str, int] = field(default_factory=dict)
    indicators: dict[str, int] = field(default_factory=dict)

    def playbook(self, session: Session) -> TeamPlaybook:
        """The team as it stands in the database now."""
        revision = session.connection.scalar(
            select(teams.c.revision).where(teams.c.id == self.team_id)
        )
        assert revision is not None
        return session.team(self.team_id, revision)

    def rep(self, session: Session, user_id: str = RILEY) -> Rep:
        rep = self.playbook(session).rep(self.people[user_id])
        assert rep is not None
        return rep

    def standing(self, session: Session, user_id: str = RILEY) -> Standing:
        standing = find_standing(session.connection, self.workspace_id, user_id)
        assert standing is not None
        return standing

    def indicator(self, session: Session, name: str) -> Indicator:
        book = self.playbook(session)
        return next(each for each in (*book.indicators, *book.retired) if each.name == name)

    def as_revision(self) -> TeamRevision:
        return TeamRevision(self.team_id, self.revision)


def a_workspace(
    connection: Connection, workspace_id: str = WORKSPACE, zone: str = "Europe/London"
) -> None:
    connection.execute(
        insert(workspaces).values(id=workspace_id, name="Test", timezone=zone, created_at=LONG_AGO)
    )


def a_person(
    connection: Connection,
    user_id: str,
    name: str | None = None,
    zone: str | None = "Europe/London",
    workspace_id: str = WORKSPACE,
    **more: Any,
) -> int:
    """A person of a workspace; `more` are columns of `people`. Returns the id."""
    row = {"user_id": user_id, "name": name, "slack_timezone": zone, "created_at": LONG_AGO}
    with reaching(connection):
        return _insert(connection, people, workspace_id=workspace_id, **(row | more))


def a_team(
    connection: Connection,
    name: str = "West",
    *,
    workspace_id: str = WORKSPACE,
    reps: Sequence[RepRow] = REPS,
    managers: Sequence[str] = (MORGAN,),
    listed: Sequence[IndicatorRow] = INDICATORS,
    created_at: datetime = LONG_AGO,
    **more: Any,
) -> TeamRows:
    """A team with all that it needs and that isn't there yet; `more` are columns of `teams`."""
    settings = _SETTINGS | {"created_at": created_at, "revision": f"r-{name}", "name": name} | more
    with reaching(connection):
        if not connection.scalar(select(workspaces.c.id).where(workspaces.c.id == workspace_id)):
            a_workspace(connection, workspace_id)
        team_id = _insert(connection, teams, workspace_id=workspace_id, **settings)
        rows = TeamRows(workspace_id, team_id, str(settings["revision"]))
        for user_id in managers:
            _add_manager(connection, rows, user_id)
        for rep in reps:
            _add_rep(connection, rows, rep)
        for position, row in enumerate(listed):
            _add_indicator(connection, rows, row, position)
    return rows


_SETTINGS: dict[str, Any] = {
    "channel": "C01WEST",
    "workdays": [0, 1, 2, 3, 4],
    "nudge_at": time(9),
    "day_ends_at": time(18),
    "digest_weekday": 0,
    "digest_time": time(8, 30),
    "ramp": ["0.25", "0.5", "0.75"],
}


def _insert(connection: Connection, table: Any, **values: Any) -> int:
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def _person(connection: Connection, rows: TeamRows, who: RepRow) -> int:
    known = find_standing(connection, rows.workspace_id, who.user_id)
    rows.people[who.user_id] = (
        known.person.id
        if known
        else a_person(connection, who.user_id, who.name, who.zone, rows.workspace_id)
    )
    return rows.people[who.user_id]


def _add_manager(connection: Connection, rows: TeamRows, user_id: str) -> None:
    person_id = _person(connection, rows, RepRow(user_id, user_id[3:].title()))
    connection.execute(
        insert(team_managers).values(
            workspace_id=rows.workspace_id, team_id=rows.team_id, person_id=person_id
        )
    )


def _add_rep(connection: Connection, rows: TeamRows, rep: RepRow) -> None:
    person_id = _person(connection, rows, rep)
    owned = {"workspace_id": rows.workspace_id, "person_id": person_id}
    membership = {"team_id": rows.team_id, "segment": rep.segment, "created_at": LONG_AGO}
    dates = {"started_on": rep.started_on, "leaves_on": rep.leaves_on}
    _insert(connection, memberships, **owned, **membership, **dates)
    for first, last in rep.away:
        _insert(connection, time_off, **owned, starts_on=first, ends_on=last, source="playbook")


def _add_indicator(
    connection: Connection, rows: TeamRows, row: IndicatorRow, position: int
) -> None:
    rows.indicators[row.name] = _insert(
        connection,
        indicators,
        workspace_id=rows.workspace_id,
        team_id=rows.team_id,
        kind="behaviour" if row.drives else "result",
        name=row.name,
        unit=row.unit,
        period=row.period,
        aliases=list(row.aliases),
        position=position,
        drives_id=rows.indicators[row.drives] if row.drives else None,
        created_at=LONG_AGO,
        retired_on=row.retired_on,
    )
    if row.target is not None:
        a_target(connection, rows, row.name, row.target, row.period)


def a_target(
    connection: Connection,
    rows: TeamRows,
    name: str,
    amount: int | str,
    period: str,
    since: date | None = None,
    **whose: Any,
) -> None:
    """A target of a team's indicator; `whose` is `person_id` or `segment`, the team's without."""
    _insert(
        connection,
        targets,
        workspace_id=rows.workspace_id,
        indicator_id=rows.indicators[name],
        amount=Decimal(amount),
        period=period,
        effective_from=since,
        created_at=LONG_AGO,
        **whose,
    )
