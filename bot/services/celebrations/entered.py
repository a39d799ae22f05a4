"""Entries just recorded, or just taken back, as the rules about milestones look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain.days.periods import Period, PeriodKind
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.progress.targets import period_in_force, setting_in_force, target_for
from bot.domain.teams import Rep, TeamPlaybook


@dataclass(frozen=True, slots=True)
class Entered:
    """Entries that a rep has just recorded: of which indicators, for which local dates.

    `added` has their amounts by indicator id, as far as they are known.
    """

    playbook: TeamPlaybook
    rep: Rep
    indicators: tuple[Indicator, ...]
    days: tuple[date, ...]
    now: datetime
    added: Mapping[int, Decimal] | None = None

    def period(self, indicator: Indicator, day: date) -> Period:
        """The period over which the indicator is scored on that day."""
        return period_in_force(indicator, self.playbook.settings(self.rep, indicator), day)

    def target(self, indicator: Indicator, period: Period) -> Decimal | None:
        settings = self.playbook.settings(self.rep, indicator)
        return target_for(indicator, settings, period, self.rep.calendar)

    def is_daily(self, indicator: Indicator, day: date) -> bool:
        setting = setting_in_force(self.playbook.settings(self.rep, indicator), day)
        return setting is not None and setting.kind is PeriodKind.DAY

    def milestone(
        self,
        kind: MilestoneKind,
        day: date,
        indicator: Indicator | None = None,
        period_start: date | None = None,
        threshold: int | None = None,
    ) -> Milestone:
        """One of the rep's, reached now with an entry for that day."""
        return Milestone(
            kind,
            self.playbook.team.id,
            self.now,
            day,
            self.rep.user_id,
            self.rep.id,
            indicator,
            threshold,
            period_start,
        )
