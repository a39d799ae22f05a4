"""Targets of a team, and of single reps and segments."""

from dataclasses import replace
from datetime import date

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits.kinds import EndOverride, SetTarget
from bot.domain.playbook.edits.parts import each_indicator, indicator_of, rep_of, tended
from bot.domain.playbook.plans import BehaviourPlan, OverridePlan, ResultPlan, TeamPlan

_Indicator = ResultPlan | BehaviourPlan


def set_target(team: TeamPlan, edit: SetTarget, today: date) -> TeamPlan:
    """The team with the target. Raises Refusal for people and indicators that aren't there."""
    plan = indicator_of(team, edit.indicator)
    if edit.user is not None and edit.segment is not None:
        raise Refusal("A target is for a rep or for a segment, not for both.")
    if edit.user is None and edit.segment is None:
        return _of_team(team, plan, edit, today)
    return _of_some(team, plan, edit, edit.since or today, today)


def end_override(team: TeamPlan, edit: EndOverride) -> TeamPlan:
    """The team without the override. Raises Refusal where there is none."""
    plan = indicator_of(team, edit.indicator)
    own = _of_whom(team, plan, edit)
    if not own:
        raise Refusal(f"“{plan.name}” has no target of its own there (any more).")
    return replace(team, overrides=tuple(each for each in team.overrides if each not in own))


def with_period(team: TeamPlan, name: str, period: PeriodKind) -> TeamPlan:
    """The indicator over another period; overrides stay over the one that they were for."""
    old = indicator_of(team, name)
    changed = each_indicator(
        team, lambda plan: replace(plan, period=period) if plan is old else plan
    )
    overrides = tuple(
        replace(each, period=_unless(each.period or old.period, period))
        if each.indicator == old.name
        else each
        for each in team.overrides
    )
    return replace(changed, overrides=overrides)


def _of_team(team: TeamPlan, plan: _Indicator, edit: SetTarget, today: date) -> TeamPlan:
    if edit.since not in (None, today):
        sentence = "The whole team's target changes from today. A date is for a rep or a segment."
        raise FormRefused({"since": sentence})
    over = with_period(team, plan.name, edit.period or plan.period)
    amount = edit.target
    return each_indicator(
        over, lambda each: replace(each, target=amount) if each.name == plan.name else each
    )


def _of_some(
    team: TeamPlan, plan: _Indicator, edit: SetTarget, since: date, today: date
) -> TeamPlan:
    """An override from a date on; from today or earlier it replaces what was in force till now."""
    _require_whom(team, edit)
    own = _of_whom(team, plan, edit)
    now = [each for each in own if (each.from_date or date.min) <= today]
    replaced = [each for each in own if each.from_date == since]
    replaced += now if since <= today else []
    period = edit.period or next((each.period for each in reversed(own)), None)
    kind = "result" if isinstance(plan, ResultPlan) else "behaviour"
    new = OverridePlan(
        edit.target,
        edit.user,
        edit.segment,
        period=_unless(period, plan.period),
        from_date=since,
        **{kind: plan.name},
    )
    kept = tuple(each for each in team.overrides if each not in replaced)
    return tended(replace(team, overrides=(*kept, new)))


def _require_whom(team: TeamPlan, edit: SetTarget) -> None:
    if edit.user is not None:
        rep_of(team, edit.user)
    elif edit.segment not in {rep.segment for rep in team.reps}:
        sentence = f"No rep of {team.name} is in the segment “{edit.segment}”."
        raise FormRefused({"segment": sentence})


def _of_whom(team: TeamPlan, plan: _Indicator, edit: SetTarget | EndOverride) -> list[OverridePlan]:
    whose = (edit.user, edit.segment, plan.name)
    return [each for each in team.overrides if (each.user, each.segment, each.indicator) == whose]


def _unless(period: PeriodKind | None, usual: PeriodKind) -> PeriodKind | None:
    """None where it is the indicator's own."""
    return None if period == usual else period
