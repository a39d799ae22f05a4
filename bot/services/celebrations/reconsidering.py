"""What is no longer true after an undo or an edit, and what was said of it (design §2.4)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import count

from bot.db.queries.entries.histories import has_logged, histories
from bot.db.queries.feats.milestones import held_by, revoke
from bot.db.queries.ledger.posts import told_in
from bot.db.session import Session
from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.feats.histories import History
from bot.domain.feats.mends import mend
from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import Delivery, DeliveryState, Occasion
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.teams import Rep, TeamPlaybook
from bot.services import ledger
from bot.services.celebrations.announcing import roundups_that_may_tell
from bot.services.celebrations.consequences import clean_sweep, team_result, team_target
from bot.services.celebrations.entered import Entered

UNTRUE = "no longer true"
_OF_TEAM = frozenset({MilestoneKind.TEAM_TARGET, MilestoneKind.TEAM_RESULT})
_OF_PERIOD = frozenset({MilestoneKind.TARGET, MilestoneKind.RESULT}) | _OF_TEAM


def reconsider(
    session: Session,
    playbook: TeamPlaybook,
    rep: Rep,
    indicators: Collection[Indicator],
    days: Collection[date],
    now: datetime,
) -> None:
    """Takes back what is no longer true after an undo or an edit, and mends what was said of it.

    `indicators` and `days` are those of the entries that no longer count. What nobody has read yet
    is withdrawn; a message that is there is edited or removed.
    """
    entered = Entered(playbook, rep, tuple(indicators), tuple(sorted(days)), now)
    held = held_by(session.connection, playbook, rep.id)
    truth = _Truth(session, entered)
    untrue = [each for each in held if truth.is_touched(each) and not truth.holds(each)]
    if untrue:
        workspace_id = playbook.team.workspace_id
        revoke(session.connection, workspace_id, [each.key for each in untrue], now)
        ledger.add(session, _mends(session, playbook, untrue, now), now)


@dataclass(frozen=True)
class _Truth:
    """What the entries that still count say."""

    session: Session
    entered: Entered

    def is_touched(self, milestone: Milestone) -> bool:
        """Whether the entries taken back had a part in it."""
        if milestone.kind is MilestoneKind.FIRST_ENTRY:
            return True
        if milestone.kind is MilestoneKind.SWEEP:
            return milestone.period_start in self._weeks
        indicator = milestone.indicator
        if indicator is None or indicator.id not in self._histories:
            return False
        if milestone.kind is MilestoneKind.BEST_WEEK:
            return milestone.period_start in self._weeks
        return milestone.kind not in _OF_PERIOD or milestone.period_start in self._starts(indicator)

    def holds(self, milestone: Milestone) -> bool:
        """Whether it is true all the same."""
        entered = self.entered
        match milestone.kind:
            case MilestoneKind.FIRST_ENTRY:
                return has_logged(self.session.connection, entered.rep.id)
            case MilestoneKind.SWEEP:
                week = period_of(PeriodKind.WEEK, milestone.period_start or entered.days[0])
                found = clean_sweep(self.session, entered.playbook, entered.rep, week, entered.now)
                return found is not None
            case MilestoneKind.STREAK:
                return self._runs(milestone)
            case _:
                return milestone.key in self._keys

    @cached_property
    def _weeks(self) -> frozenset[date]:
        return frozenset(period_of(PeriodKind.WEEK, day).start for day in self.entered.days)

    def _starts(self, indicator: Indicator) -> set[date]:
        return {self.entered.period(indicator, day).start for day in self.entered.days}

    @cached_property
    def _histories(self) -> Mapping[int, History]:
        entered = self.entered
        found = histories(
            self.session.connection,
            entered.playbook,
            entered.rep,
            entered.indicators,
            until=entered.now,
        )
        return {history.indicator.id: history for history in found}

    @cached_property
    def _keys(self) -> frozenset[str]:
        own = (each.key for history in self._histories.values() for each in history.milestones())
        return frozenset([*own, *(each.key for each in self._of_team())])

    def _of_team(self) -> Iterator[Milestone]:
        for indicator in self.entered.indicators:
            if indicator.is_result:
                yield from team_result(self.session, self.entered, indicator)
                continue
            for day in self.entered.days:
                yield from team_target(self.session, self.entered, indicator, day)

    def _runs(self, milestone: Milestone) -> bool:
        if milestone.indicator is None or milestone.period_start is None:
            return False
        history = self._histories[milestone.indicator.id]
        return history.streak_from(milestone.period_start) >= (milestone.threshold or 0)


def _mends(
    session: Session, playbook: TeamPlaybook, untrue: Iterable[Milestone], now: datetime
) -> list[Occasion]:
    keys: set[str] = set()
    for milestone in untrue:
        keys.add(milestone.celebration)
        keys.update(_roundups(session, playbook, milestone, now))
    said = (_already_said(session, playbook, key) for key in sorted(keys))
    return [_mend(session, delivery, now) for delivery in said if delivery is not None]


def _roundups(
    session: Session, playbook: TeamPlaybook, milestone: Milestone, now: datetime
) -> Iterator[str]:
    team = playbook.team
    keys = roundups_that_may_tell(team, milestone, now)
    for key, told in told_in(session.connection, team.workspace_id, keys).items():
        if milestone.celebration in told:
            yield key


def _already_said(session: Session, playbook: TeamPlaybook, key: str) -> Delivery | None:
    """The message with this key where somebody may have read it; one that waits is withdrawn.

    A round-up that waits is left to wait: it looks again before it is sent.
    """
    workspace_id = playbook.team.workspace_id
    if key.startswith("celebration:") and ledger.withdraw(session, workspace_id, key, UNTRUE):
        return None
    delivery = ledger.find(session, workspace_id, key)
    if delivery is None or delivery.state not in (DeliveryState.SENDING, DeliveryState.SENT):
        return None
    return delivery


def _mend(session: Session, delivery: Delivery, now: datetime) -> Occasion:
    said = delivery.occasion
    mends = (mend(said, number, now) for number in count(1))
    return next(each for each in mends if not _is_taken(session, said.workspace_id, each.key))


def _is_taken(session: Session, workspace_id: str, key: str) -> bool:
    """Whether a mend has begun; one that still waits will look at what holds by then."""
    delivery = ledger.find(session, workspace_id, key)
    return delivery is not None and delivery.state is not DeliveryState.PLANNED
