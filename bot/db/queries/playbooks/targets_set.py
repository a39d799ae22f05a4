"""Every target that was ever set for the indicators of some teams."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.db.tables import indicators, targets
from bot.domain.days.periods import PeriodKind
from bot.domain.progress.targets import Scope, TargetSetting
from bot.domain.teams import TeamTarget


def targets_set(
    connection: Connection, team_ids: Collection[int]
) -> Mapping[int, Mapping[int, tuple[TeamTarget, ...]]]:
    """By team and indicator, in the order in which they were set."""
    rows = connection.execute(
        select(targets, indicators.c.team_id)
        .join(indicators, indicators.c.id == targets.c.indicator_id)
        .where(indicators.c.team_id.in_(team_ids))
        .order_by(targets.c.id)
    )
    found: defaultdict[int, dict[int, tuple[TeamTarget, ...]]] = defaultdict(dict)
    for row in rows:
        of_team = found[row.team_id]
        of_team[row.indicator_id] = (*of_team.get(row.indicator_id, ()), _target(row))
    return found


def _target(row: Row[Any]) -> TeamTarget:
    scope = Scope.TEAM
    if row.person_id is not None:
        scope = Scope.REP
    elif row.segment is not None:
        scope = Scope.SEGMENT
    kind = PeriodKind(row.period)
    setting = TargetSetting(row.amount, kind, row.effective_from, scope, row.ended_on)
    return TeamTarget(setting, row.person_id, row.segment)
