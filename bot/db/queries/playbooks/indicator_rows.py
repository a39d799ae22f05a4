"""Results and behaviours of a team as rows, retired ones too: whose name it is, what was logged."""

from dataclasses import dataclass

from sqlalchemy import Connection, exists, or_, select

from bot.db.queries.rows import update_row
from bot.db.tables import entries, indicators, kept_totals, teams
from bot.domain.indicators import IndicatorKind
from bot.domain.quantities import Unit, unit_named


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One that is, or was, counted.

    `is_logged` says whether there is any entry of it, or anything kept of people who were erased.
    """

    id: int
    name: str
    kind: IndicatorKind
    unit: Unit
    is_retired: bool
    is_logged: bool


def indicator_rows(connection: Connection, team_id: int) -> tuple[IndicatorRow, ...]:
    """Every result and behaviour that the team ever had."""
    logged = or_(
        exists().where(entries.c.indicator_id == indicators.c.id),
        exists().where(kept_totals.c.indicator_id == indicators.c.id),
    )
    rows = connection.execute(
        select(indicators, logged.label("is_logged"))
        .where(indicators.c.team_id == team_id)
        .order_by(indicators.c.id)
    )
    return tuple(
        IndicatorRow(
            row.id,
            row.name,
            IndicatorKind(row.kind),
            unit_named(row.unit),
            row.retired_on is not None,
            row.is_logged,
        )
        for row in rows
    )


def rename_indicator(connection: Connection, indicator_id: int, name: str) -> None:
    """Another name for the same result or behaviour."""
    update_row(connection, indicators, indicator_id, name=name)


def rename_team(connection: Connection, team_id: int, name: str) -> None:
    """Another name for the same team."""
    update_row(connection, teams, team_id, name=name)


def team_rows(connection: Connection, workspace_id: str) -> dict[int, tuple[str, bool]]:
    """Every team that the workspace ever had: its name, and whether it is retired."""
    rows = connection.execute(
        select(teams.c.id, teams.c.name, teams.c.retired_on)
        .where(teams.c.workspace_id == workspace_id)
        .order_by(teams.c.id)
    )
    return {row.id: (row.name, row.retired_on is not None) for row in rows}
