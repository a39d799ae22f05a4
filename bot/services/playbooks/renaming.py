"""Names that change and things that come back: the rows stay the same, and so does history."""

from bot.db.queries.playbooks.indicator_rows import (
    IndicatorRow,
    indicator_rows,
    rename_indicator,
    rename_team,
    team_rows,
)
from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.session import Session
from bot.domain.forms import FormRefused
from bot.domain.indicators import IndicatorKind
from bot.domain.playbook.plans import BehaviourPlan, ResultPlan, TeamPlan
from bot.domain.quantities import Measure, Unit


def keep_team_under(session: Session, workspace_id: str, team_id: int, old: str, new: str) -> str:
    """Renames the team's row; gives back a line about it.

    Raises FormRefused for the name of a team that was retired: under it that one would come back.
    """
    for other, (name, _) in team_rows(session.connection, workspace_id).items():
        if other != team_id and name.casefold() == new.casefold():
            raise FormRefused({"name": f"There was a team “{name}” once: use another name."})
    rename_team(session.connection, team_id, new)
    renew_revision(session.connection, team_id)
    return f"{old}: is called {new} now"


def keep_indicator_under(
    session: Session, team_id: int, team: str, old: str, new: str
) -> str | None:
    """Renames the row of a result or behaviour; gives back a line, None where there is no row yet.

    Raises FormRefused for the name of one that was retired: its entries are under that name.
    """
    rows = {row.name.casefold(): row for row in indicator_rows(session.connection, team_id)}
    row, taken = rows.get(old.casefold()), rows.get(new.casefold())
    if row is None:
        return None
    if taken is not None and taken.id != row.id:
        sentence = (
            f"{team} counted “{taken.name}” once, and its entries are kept under that name: "
            "use another name, or add it back."
        )
        raise FormRefused({"name": sentence})
    rename_indicator(session.connection, row.id, new)
    renew_revision(session.connection, team_id)
    return f"{team}: {old} is called {new} now"


def require_same_measures(session: Session, team_id: int, team: TeamPlan) -> None:
    """Raises FormRefused where entries would come to mean something else than what was logged."""
    rows = {row.name.casefold(): row for row in indicator_rows(session.connection, team_id)}
    for plan in team.indicators:
        row = rows.get(plan.name.casefold())
        if row is not None and row.is_logged:
            _require_same(row, plan)


def _require_same(row: IndicatorRow, plan: ResultPlan | BehaviourPlan) -> None:
    is_result = isinstance(plan, ResultPlan)
    if is_result != (row.kind is IndicatorKind.RESULT):
        sentence = f"“{row.name}” was a {row.kind} once, and has entries: use another name."
        raise FormRefused({"name": sentence})
    if _meaning(plan.unit) != _meaning(row.unit):
        sentence = (
            f"“{row.name}” has been logged in {row.unit.name}, so it can't be in {plan.unit.name} "
            "now. Retire it and add another one."
        )
        raise FormRefused({"unit": sentence})


def _meaning(unit: Unit) -> tuple[Measure, str]:
    """What can't change under entries: counts and hours may be called otherwise."""
    return unit.measure, unit.name if unit.measure is Measure.MONEY else ""
