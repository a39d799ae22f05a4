"""The targets of a playbook. They are dated: a change counts from today and keeps what was."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, select

from bot.db.queries.rows import insert_row, update_row
from bot.db.tables import indicators, people, targets
from bot.domain.days.periods import PeriodKind
from bot.domain.quantities import plain
from bot.services.playbooks.changes import TeamStep
from bot.services.playbooks.indicators import AppliedIndicators
from bot.services.playbooks.people import person_id

_Row = Row[Any]
_Whose = tuple[str | None, str | None]
"""(user, segment), one of them set; neither: the whole team's."""
_THE_TEAMS: _Whose = (None, None)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A target as the playbook has it; `since` None: it doesn't say from when."""

    amount: Decimal
    period: PeriodKind
    since: date | None = None


def apply_targets(step: TeamStep, applied: AppliedIndicators) -> None:
    """The team's targets, and those of single reps and segments."""
    stored, own = _stored(step), _overrides(step, applied)
    for name, indicator_id, wanted in _team_targets(step, applied):
        subject = _Subject(step, name, indicator_id, is_new=indicator_id in applied.new)
        settings, overrides = stored[indicator_id], own[indicator_id]
        if settings[_THE_TEAMS] or not _is_stand_in(step, name, wanted):
            subject.keep_or_add(_THE_TEAMS, settings[_THE_TEAMS], [wanted])
        for whose in [*overrides, *(set(settings) - set(overrides) - {_THE_TEAMS})]:
            kept = subject.keep_or_add(whose, settings[whose], overrides[whose])
            subject.end_others(settings[whose], kept, is_replaced=bool(overrides[whose]))


@dataclass(frozen=True, slots=True)
class _Subject:
    """One indicator whose targets are brought to what the playbook says."""

    step: TeamStep
    name: str
    indicator_id: int
    is_new: bool

    def keep_or_add(
        self, whose: _Whose, stored: Sequence[_Row], wanted: Sequence[_Wanted]
    ) -> frozenset[int]:
        """The ids of the stored settings that say what is wanted; what none says is added."""
        dates = {one.since for one in wanted} - {None}
        found = [(_match(one, stored, dates), one) for one in wanted]
        for match, one in found:
            if match is None:
                self._add(whose, one)
        return frozenset(match for match, _ in found if match is not None)

    def end_others(
        self, stored: Sequence[_Row], kept: frozenset[int], *, is_replaced: bool
    ) -> None:
        """Takes the settings back, from today, that the playbook no longer says."""
        for row in stored:
            if row.id in kept:
                continue
            update_row(self.step.connection, targets, row.id, ended_on=self.step.today)
            if not is_replaced:
                who = row.user_id or row.segment
                self.step.note(f"{self.name} for {who}: as the team from {self.step.today}")

    def _add(self, whose: _Whose, wanted: _Wanted) -> None:
        since = wanted.since or (None if self.is_new else self.step.today)
        user, segment = whose
        insert_row(
            self.step.connection,
            targets,
            workspace_id=self.step.workspace_id,
            indicator_id=self.indicator_id,
            person_id=user and person_id(self.step, user),
            segment=segment,
            amount=wanted.amount,
            period=str(wanted.period),
            effective_from=since,
            created_at=self.step.now,
        )
        who = f" for {user or segment}" if whose != _THE_TEAMS else ""
        start = f" from {since}" if since else ""
        self.step.note(f"{self.name}{who}: {plain(wanted.amount)} a {wanted.period}{start}")


def _match(wanted: _Wanted, stored: Sequence[_Row], dates: Collection[date | None]) -> int | None:
    """The stored setting that says the same.

    Where no date is asked for, the latest one that isn't meant by another's date (`dates`).
    """
    if wanted.since is None:
        fitting = [row for row in stored if row.effective_from not in dates]
    else:
        fitting = [row for row in stored if row.effective_from == wanted.since]
    for row in fitting[-1:]:
        if (row.amount, row.period) == (wanted.amount, wanted.period):
            return int(row.id)
    return None


def _is_stand_in(step: TeamStep, name: str, wanted: _Wanted) -> bool:
    """Whether the target is only the one that stands in a plan where there is none."""
    known = step.before.indicators if step.before else ()
    said = next(((plan.target, plan.period) for plan in known if plan.name == name), None)
    return said == (wanted.amount, wanted.period)


def _stored(step: TeamStep) -> defaultdict[int, defaultdict[_Whose, list[_Row]]]:
    """Targets that were not taken back, by indicator and whose they are, oldest first."""
    rows = step.connection.execute(
        select(targets, people.c.user_id)
        .join(indicators, indicators.c.id == targets.c.indicator_id)
        .outerjoin(people, people.c.id == targets.c.person_id)
        .where(indicators.c.team_id == step.team_id, targets.c.ended_on.is_(None))
        .order_by(targets.c.effective_from.is_not(None), targets.c.effective_from, targets.c.id)
    )
    found: defaultdict[int, defaultdict[_Whose, list[_Row]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in rows:
        found[row.indicator_id][row.user_id, row.segment].append(row)
    return found


def _team_targets(step: TeamStep, applied: AppliedIndicators) -> Iterator[tuple[str, int, _Wanted]]:
    for plan in step.plan.indicators:
        yield plan.name, applied.ids[plan.name], _Wanted(plan.target, plan.period)


def _overrides(
    step: TeamStep, applied: AppliedIndicators
) -> defaultdict[int, defaultdict[_Whose, list[_Wanted]]]:
    periods = {plan.name: plan.period for plan in step.plan.indicators}
    found: defaultdict[int, defaultdict[_Whose, list[_Wanted]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for override in step.plan.overrides:
        period = override.period or periods[override.indicator]
        wanted = _Wanted(override.target, period, override.from_date)
        found[applied.ids[override.indicator]][override.user, override.segment].append(wanted)
    return found
