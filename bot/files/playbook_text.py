"""A playbook written out: YAML in one canonical form, which reads back as the same playbook."""

import re
from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from bot.domain.days.calendar import DateRange
from bot.domain.playbook.names import default_unit
from bot.domain.playbook.plans import (
    BehaviourPlan,
    OverridePlan,
    Playbook,
    RepPlan,
    ResultPlan,
    TeamPlan,
)
from bot.files.scalars import WEEKDAYS

_UNBROKEN = 10_000
"""Characters in a line before the emitter would fold it: a person or a behaviour is one line."""
_PLAIN = re.compile(r"[^\W_](?:[\w .&/'’()+-]|(?<=\d):(?=\d))*")
"""Text that surely needs no quotes; of other text the emitter leaves some bare that is none."""


def dump(playbook: Playbook) -> str:
    """YAML 1.2 that `parse` turns into an equal playbook.

    Hours and days are always said, for whoever reads it; other defaults are left out.
    The playbook has no faults and is settled, as `parse` gives it. Two equal ones give equal text.
    """
    yaml = YAML()
    yaml.width = _UNBROKEN
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(_playbook(playbook), out)
    return out.getvalue()


def _playbook(playbook: Playbook) -> CommentedMap:
    return _block(
        workspace=playbook.workspace,
        name=playbook.name,
        timezone=playbook.timezone,
        teams=[_team(team) for team in playbook.teams],
    )


def _team(team: TeamPlan) -> CommentedMap:
    plain = TeamPlan(team.name)
    digest = f"{WEEKDAYS[team.digest_at.weekday]} {team.digest_at.time:%H:%M}"
    return _block(
        name=team.name,
        channel=team.channel,
        managers=_line(team.managers) if team.managers else None,
        timezone=team.timezone,
        workdays=_workdays(team),
        holidays=team.holidays,
        nudge_at=_clock(team.nudge_at),
        day_ends_at=_clock(team.day_ends_at),
        digest_at=digest,
        ramp=_line(map(_number, team.ramp)) if team.ramp != plain.ramp else None,
        ramp_results=team.ramp_results or None,
        leaderboard=team.leaderboard or None,
        celebrations=_celebrations(team),
        reps=[_rep(rep) for rep in team.reps] or None,
        results=[_result(result) for result in team.results] or None,
        overrides=[_override(override) for override in team.overrides] or None,
    )


def _celebrations(team: TeamPlan) -> CommentedMap | None:
    said = {kind.value: volume.value for kind, volume in team.celebrations.by_kind().items()}
    return _flow(**said) if said else None


def _workdays(team: TeamPlan) -> CommentedSeq:
    return _line(WEEKDAYS[day] for day in sorted(team.workdays))


def _rep(rep: RepPlan) -> object:
    if rep == RepPlan(rep.user):
        return rep.user
    return _flow(
        user=rep.user,
        name=rep.name,
        timezone=rep.timezone,
        segment=rep.segment,
        started_on=rep.started_on,
        leaves_on=rep.leaves_on,
        nudge_at=_clock(rep.nudge_at),
        away=_line(map(_days, rep.away)) if rep.away else None,
    )


def _result(result: ResultPlan) -> CommentedMap:
    return _block(
        name=result.name,
        aliases=_line(result.aliases) if result.aliases else None,
        unit=_unit(result),
        period=result.period.value,
        target=_number(result.target),
        behaviours=[_behaviour(behaviour) for behaviour in result.behaviours] or None,
    )


def _behaviour(behaviour: BehaviourPlan) -> CommentedMap:
    return _flow(
        name=behaviour.name,
        aliases=_line(behaviour.aliases) if behaviour.aliases else None,
        unit=_unit(behaviour),
        target=_number(behaviour.target),
        period=behaviour.period.value,
        leads_to=behaviour.leads_to,
    )


def _override(override: OverridePlan) -> CommentedMap:
    values: dict[str, object] = {
        "user": override.user,
        "segment": override.segment,
        "behaviour": override.behaviour,
        "result": override.result,
        "target": _number(override.target),
        "period": override.period and override.period.value,
        "from": override.from_date,
    }
    return _flow(**values)


def _unit(plan: ResultPlan | BehaviourPlan) -> str | None:
    return plan.unit.name if plan.unit != default_unit(plan.name) else None


def _clock(at: time | None) -> DoubleQuotedScalarString | None:
    return None if at is None else DoubleQuotedScalarString(f"{at:%H:%M}")


def _days(dates: DateRange) -> object:
    return dates.start if dates.start == dates.end else f"{dates.start}/{dates.end}"


def _number(amount: Decimal) -> int | float:
    """Two decimals at most survive a float's shortest form, which is what gets written."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _block(**values: object) -> CommentedMap:
    return CommentedMap({key: _quoted(value) for key, value in values.items() if value is not None})


def _flow(**values: object) -> CommentedMap:
    found = _block(**values)
    found.fa.set_flow_style()
    return found


def _line(values: Iterable[object]) -> CommentedSeq:
    found = CommentedSeq(map(_quoted, values))
    found.fa.set_flow_style()
    return found


def _quoted(value: object) -> object:
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value
