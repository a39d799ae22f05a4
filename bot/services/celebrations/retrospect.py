"""The milestones of entries that came in by an import, where nobody watched (design §2.6)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import time
from decimal import Decimal

from bot.db.queries.entries.histories import histories
from bot.db.queries.entries.totals import EVER, span_of
from bot.db.queries.feats.milestones import write
from bot.db.session import Session
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.days.zones import instant_in
from bot.domain.feats.histories import History, Logged, first_entry, reaching_entry
from bot.domain.feats.sweeps import sweep
from bot.domain.indicators import Indicator
from bot.domain.milestones import PERCENTS, REPS_OF_A_TEAM, Milestone, MilestoneKind
from bot.domain.progress.kept_totals import KeptTotals
from bot.domain.progress.targets import period_in_force, target_for
from bot.domain.teams import Rep, TeamPlaybook
from bot.services.kept_totals import kept_totals


def celebrate_imported(session: Session, playbook: TeamPlaybook, people: Collection[int]) -> int:
    """Writes down every milestone in the histories of these reps; returns how many are new.

    For the importer, once a team, after its rows are in. Goes rep by rep, so that no more than one
    rep's entries (and the team's results) are in memory. Plans nothing: `due_celebrations` finds
    what is recent enough to be posted.
    """
    together = _Together(playbook, kept_totals(session, playbook, EVER))
    workspace_id = playbook.team.workspace_id
    new = 0
    for rep in playbook.reps:
        logged = histories(session.connection, playbook, rep, playbook.indicators)
        together.add(logged)
        if rep.id in people:
            new += len(write(session.connection, workspace_id, tuple(_of_rep(rep, logged))))
    return new + len(write(session.connection, workspace_id, tuple(together.milestones())))


def _of_rep(rep: Rep, logged: tuple[History, ...]) -> Iterator[Milestone]:
    first = first_entry(rep, logged)
    if first is not None:
        yield first
    for history in logged:
        yield from history.milestones()
    behaviours = [history for history in logged if not history.indicator.is_result]
    weeks = {period_of(PeriodKind.WEEK, each.day).start for h in behaviours for each in h.entries}
    for week in sorted(weeks):
        found = sweep(week, behaviours)
        if found is not None:
            yield found


class _Together:
    """Collects, rep by rep, what the whole team has reached; with what is kept of the erased."""

    def __init__(self, playbook: TeamPlaybook, kept: KeptTotals) -> None:
        self._playbook, self._kept = playbook, kept
        self._on_target: defaultdict[tuple[int, Period], list[Logged]] = defaultdict(list)
        self._results: defaultdict[tuple[int, Period], list[Logged]] = defaultdict(list)
        for result in playbook.results:
            self._add_kept(result)

    def _add_kept(self, result: Indicator) -> None:
        for day, each in self._kept.days.get(result.id, {}).items():
            if each.quantity:
                period = self._playbook.period(result, day)
                at = instant_in(self._playbook.team.zone, day, time.min)
                self._results[result.id, period].append(Logged(at, day, each.quantity))

    def add(self, logged: tuple[History, ...]) -> None:
        for history in logged:
            indicator = history.indicator
            if indicator.is_result:
                for entry in history.entries:
                    period = period_in_force(indicator, history.settings, entry.day)
                    self._results[indicator.id, period].append(entry)
                continue
            for period, entry in history.targets_reached().items():
                self._on_target[indicator.id, period].append(entry)

    def milestones(self) -> Iterator[Milestone]:
        listed = {indicator.id: indicator for indicator in self._playbook.indicators}
        for (indicator_id, period), reached in self._on_target.items():
            asked = self._targets(listed[indicator_id], period)
            if len(asked) >= REPS_OF_A_TEAM and len(reached) >= len(asked):
                last = max(reached, key=lambda entry: entry.at)
                yield self._of_team(MilestoneKind.TEAM_TARGET, listed[indicator_id], period, last)
        for (indicator_id, period), entries in self._results.items():
            yield from self._percents(listed[indicator_id], period, entries)

    def _percents(
        self, result: Indicator, period: Period, entries: list[Logged]
    ) -> Iterator[Milestone]:
        targets = self._targets(result, period)
        if len(targets) < REPS_OF_A_TEAM:
            return
        theirs = self._kept.within(result.id, *span_of(period))
        for percent in PERCENTS:
            entry = reaching_entry(entries, sum(targets, theirs.target) * percent / 100)
            if entry is not None:
                reached = self._of_team(MilestoneKind.TEAM_RESULT, result, period, entry)
                yield replace(reached, threshold=percent)

    def _targets(self, indicator: Indicator, period: Period) -> list[Decimal]:
        """The target of each rep who has one in that period."""
        found = []
        for rep in self._playbook.reps:
            settings = self._playbook.settings(rep, indicator)
            own = period_in_force(indicator, settings, period.start)
            target = target_for(indicator, settings, own, rep.calendar)
            if target is not None:
                found.append(target)
        return found

    def _of_team(
        self, kind: MilestoneKind, indicator: Indicator, period: Period, entry: Logged
    ) -> Milestone:
        team = self._playbook.team.id
        return Milestone(
            kind, team, entry.at, entry.day, indicator=indicator, period_start=period.start
        )
