"""What a change of target does to the people it concerns: this period's target, and the next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from bot.domain.days.periods import ONE_DAY, Period, PeriodKind, scored_period
from bot.domain.indicators import Indicator
from bot.domain.playbook.edits.kinds import EndOverride, SetTarget
from bot.domain.playbook.edits.parts import indicator_of
from bot.domain.playbook.names import name_key
from bot.domain.playbook.plans import TeamPlan
from bot.domain.progress.targets import Scope, TargetSetting, period_in_force, target_for
from bot.domain.quantities import Unit
from bot.domain.teams import Rep, TeamPlaybook, TeamTarget


@dataclass(frozen=True, slots=True)
class PeriodEffect:
    """A rep's target for one period before and after the change; None where there is none.

    A daily target is shown over its week.
    """

    period: Period
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class RepEffect:
    """What the change does to one rep, by this one's own calendar."""

    user_id: str
    name: str | None
    now: PeriodEffect
    next: PeriodEffect


@dataclass(frozen=True, slots=True)
class TargetEffect:
    """What the change does, and from which date it counts: the first such period's first day.

    `amount` and `period` are the new target's as it was typed (the team's, where an override
    ends); `reps` those whom it concerns, in the team's order.
    """

    indicator: str
    unit: Unit
    amount: Decimal
    period: PeriodKind
    counts_from: date
    reps: tuple[RepEffect, ...]


class _Said(NamedTuple):
    """A target as a plan says it; neither user nor segment: the team's."""

    user: str | None
    segment: str | None
    amount: Decimal
    kind: PeriodKind
    since: date | None


def effect_of(
    book: TeamPlaybook,
    before: TeamPlan,
    after: TeamPlan,
    edit: SetTarget | EndOverride,
    today: date,
    now: datetime,
) -> TargetEffect:
    """What applying `after` in the place of `before` will do; `today` is the team's local date."""
    plan = indicator_of(after, edit.indicator)
    indicator = next(each for each in book.indicators if each.name == plan.name)
    old, new = _all_said(before, plan.name), _all_said(after, plan.name)
    ended = _changed(book, indicator, old, new, today)
    fresh = [said for said in new if said not in old]
    latest = fresh[0] if fresh else _Said(None, None, plan.target, plan.period, None)
    amount, kind = latest.amount, latest.kind
    changed = replace(book, targets={**book.targets, indicator.id: ended})
    concerned = [rep for rep in book.reps if _concerns(edit, rep)]
    return TargetEffect(
        plan.name,
        plan.unit,
        amount,
        kind,
        _first_day(kind, latest.since or today, before, plan.name),
        tuple(_on(rep, indicator, book, changed, now) for rep in concerned),
    )


def _all_said(team: TeamPlan, name: str) -> list[_Said]:
    plan = indicator_of(team, name)
    overrides = (each for each in team.overrides if name_key(each.indicator) == name_key(name))
    return [
        _Said(None, None, plan.target, plan.period, None),
        *(
            _Said(each.user, each.segment, each.target, each.period or plan.period, each.from_date)
            for each in overrides
        ),
    ]


def _changed(
    book: TeamPlaybook, indicator: Indicator, old: list[_Said], new: list[_Said], today: date
) -> tuple[TeamTarget, ...]:
    """The stored targets as `apply_playbook` will leave them."""
    gone = [said for said in old[1:] if said not in new]
    users = {rep.user_id: rep.id for rep in book.reps}
    kept = [
        replace(each, setting=replace(each.setting, until=today))
        if any(_says(each, said, users) for said in gone)
        else each
        for each in book.targets.get(indicator.id, ())
    ]
    added = (said for said in new if said not in old)
    return (*kept, *(_target(said, users, today) for said in added))


def _says(target: TeamTarget, said: _Said, users: dict[str, int]) -> bool:
    setting = target.setting
    stored = (target.person_id, target.segment, setting.amount, setting.kind)
    person = users.get(said.user) if said.user else None
    wanted = (person, said.segment, said.amount, said.kind)
    return setting.until is None and (stored, setting.effective_from) == (wanted, said.since)


def _target(said: _Said, users: dict[str, int], today: date) -> TeamTarget:
    scope = Scope.REP if said.user else Scope.SEGMENT if said.segment else Scope.TEAM
    setting = TargetSetting(said.amount, said.kind, said.since or today, scope)
    return TeamTarget(setting, users[said.user] if said.user else None, said.segment)


def _concerns(edit: SetTarget | EndOverride, rep: Rep) -> bool:
    if edit.user is not None:
        return rep.user_id == edit.user
    return edit.segment is None or rep.segment == edit.segment


def _on(
    rep: Rep, indicator: Indicator, book: TeamPlaybook, changed: TeamPlaybook, now: datetime
) -> RepEffect:
    old, new = book.settings(rep, indicator), changed.settings(rep, indicator)
    this = _at(rep, indicator, old, new, rep.today(now))
    following = _at(rep, indicator, old, new, this.period.end + ONE_DAY)
    return RepEffect(rep.user_id, rep.person.name, this, following)


def _at(
    rep: Rep,
    indicator: Indicator,
    old: Sequence[TargetSetting],
    new: Sequence[TargetSetting],
    day: date,
) -> PeriodEffect:
    period = period_in_force(indicator, new, day)
    before = period_in_force(indicator, old, day)
    return PeriodEffect(
        period,
        target_for(indicator, old, before, rep.calendar),
        target_for(indicator, new, period, rep.calendar),
    )


def _first_day(kind: PeriodKind, since: date, before: TeamPlan, name: str) -> date:
    """A daily amount counts from its day; all else from the first period that begins then."""
    if kind is PeriodKind.DAY and indicator_of(before, name).period is PeriodKind.DAY:
        return since
    period = scored_period(kind, since)
    return since if period.start == since else period.next().start
