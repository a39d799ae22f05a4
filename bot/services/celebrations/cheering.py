"""What celebrations, round-ups and their corrections say, looked up when they are rendered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bot.db.queries.entries.totals import Span, Totals, span_of, totals
from bot.db.queries.feats.milestones import by_key
from bot.db.session import Session
from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.days.zones import local_date_in
from bot.domain.feats.celebrations import (
    CelebrationFacts,
    Cheer,
    MendFacts,
    RoundupFacts,
    is_private,
    is_told,
    volume,
)
from bot.domain.feats.mends import DELIVERY
from bot.domain.indicators import Indicator
from bot.domain.ledger.occasions import Delivery, DeliveryState, Moot
from bot.domain.loudness import Loudness
from bot.domain.milestones import Milestone, MilestoneKind, highest_steps
from bot.domain.progress.kept_totals import NONE, NOTHING_KEPT, Kept, KeptTotals
from bot.domain.progress.targets import period_in_force, target_for
from bot.domain.quantities import ZERO
from bot.domain.teams import Rep, TeamPlaybook
from bot.services import ledger
from bot.services.celebrations.announcing import MILESTONE, MILESTONES, RECOUNT
from bot.services.celebrations.thanking import thanks_for
from bot.services.kept_totals import kept_totals

_UNTRUE = "no longer true"
_PERIODIC = frozenset(
    {
        MilestoneKind.TARGET,
        MilestoneKind.RESULT,
        MilestoneKind.TEAM_TARGET,
        MilestoneKind.TEAM_RESULT,
    }
)


def celebration_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> CelebrationFacts | RoundupFacts:
    """What a celebration says as things stand now: one big milestone, or a day's round-up.

    Raises `Moot` where nothing of it is true any more.
    """
    if MILESTONES in delivery.occasion.payload:
        return roundup_facts(session, playbook, delivery, now)
    key = str(delivery.occasion.payload[MILESTONE])
    held = by_key(session.connection, playbook, [key])
    if not held or held[0].celebration != delivery.occasion.key:
        raise Moot(_UNTRUE)
    if volume(playbook, held[0]) is Loudness.OFF:
        raise Moot("not celebrated in this team")
    alone = not delivery.occasion.recipient.startswith(("C", "G"))
    if not alone and is_private(playbook, held[0]):
        raise Moot("kept out of the channel")
    (cheer,) = cheers(session, playbook, held, now)
    thanks = () if alone else thanks_for(session, playbook, delivery.occasion.key, held)
    return CelebrationFacts(cheer, playbook.team.name, alone, thanks)


def roundup_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> RoundupFacts:
    """What a round-up says as things stand now. Raises `Moot` where nothing is left of it."""
    told = _told(delivery)
    keys = {each.removeprefix("celebration:").partition("#")[0] for each in told}
    held = [
        milestone
        for milestone in by_key(session.connection, playbook, keys)
        if milestone.celebration in told and is_told(playbook, milestone)
    ]
    if not held:
        raise Moot(_UNTRUE)
    day = local_date_in(playbook.team.zone, delivery.occasion.due_at)
    told_of = highest_steps(held)
    shown = cheers(session, playbook, told_of, now)
    thanks = thanks_for(session, playbook, delivery.occasion.key, told_of)
    return RoundupFacts(day, playbook.team.name, shown, thanks)


def mend_facts(
    session: Session, playbook: TeamPlaybook, delivery: Delivery, now: datetime
) -> MendFacts:
    """What a message that said too much should say instead, and where it is.

    Raises `Moot` where the message never went out, or has become true again.
    """
    occasion = delivery.occasion
    said = ledger.find(session, occasion.workspace_id, str(occasion.payload[DELIVERY]))
    if said is None or said.state is not DeliveryState.SENT or not (said.channel and said.ts):
        raise Moot("nothing there to mend")
    try:
        facts = celebration_facts(session, playbook, said, now)
    except Moot:
        return MendFacts(said.channel, said.ts, None)
    if isinstance(facts, CelebrationFacts) and RECOUNT not in occasion.payload:
        raise Moot("true again")
    return MendFacts(said.channel, said.ts, facts)


def cheers(
    session: Session, playbook: TeamPlaybook, milestones: Sequence[Milestone], now: datetime
) -> tuple[Cheer, ...]:
    """The milestones with the numbers behind them; one query, whatever their number.

    Another one for the team's own, where anything is kept of people who have been erased.
    """
    periods = {each.key: _period(playbook, each) for each in milestones}
    spans = {span_of(period) for period in periods.values() if period is not None}
    people = {rep.id for rep in playbook.reps}
    measured = {each.indicator.id for each in milestones if each.indicator is not None}
    sums = totals(session.connection, people, measured, spans, now)
    ours = {span_of(period) for each in milestones if (period := _of_team(each, periods))}
    kept = kept_totals(session, playbook, _around(ours), now) if ours else NOTHING_KEPT
    return tuple(_cheer(playbook, each, periods[each.key], sums, kept) for each in milestones)


def _of_team(milestone: Milestone, periods: Mapping[str, Period | None]) -> Period | None:
    """The period of a milestone of the whole team; None of a rep's."""
    return None if milestone.person_id is not None else periods[milestone.key]


def _around(spans: Collection[Span]) -> Span:
    return Span(min(span.first for span in spans), max(span.last for span in spans))


def _period(playbook: TeamPlaybook, milestone: Milestone) -> Period | None:
    if milestone.period_start is None or milestone.indicator is None:
        return None
    if milestone.kind is MilestoneKind.BEST_WEEK:
        return period_of(PeriodKind.WEEK, milestone.period_start)
    if milestone.kind not in _PERIODIC:
        return None
    whose = _reps(playbook, milestone)
    settings = playbook.settings(whose[0], milestone.indicator) if whose else ()
    return period_in_force(milestone.indicator, settings, milestone.period_start)


def _cheer(
    playbook: TeamPlaybook,
    milestone: Milestone,
    period: Period | None,
    sums: Totals,
    kept: KeptTotals,
) -> Cheer:
    indicator = milestone.indicator
    whose = _reps(playbook, milestone)
    if period is None or indicator is None or not whose:  # somebody who has left has no numbers
        return Cheer(milestone)
    span = span_of(period)
    theirs = _of_erased(milestone, kept.within(indicator.id, *span))
    actual = sum((sums.of(rep.id, indicator.id, span) for rep in whose), theirs.quantity)
    target = _target(playbook, whose, indicator, period) + theirs.target
    return Cheer(milestone, actual, target or None, period)


def _of_erased(milestone: Milestone, kept: Kept) -> Kept:
    """What goes into the team's numbers. Where all are on target, those who were erased short of it
    were nobody: "is on target: 95 of 100 together" would be no news."""
    is_short = milestone.kind is MilestoneKind.TEAM_TARGET and kept.quantity < kept.target
    return NONE if is_short or milestone.person_id is not None else kept


def _reps(playbook: TeamPlaybook, milestone: Milestone) -> tuple[Rep, ...]:
    if milestone.person_id is None:
        return playbook.reps
    rep = playbook.rep(milestone.person_id)
    return () if rep is None else (rep,)


def _target(
    playbook: TeamPlaybook, whose: Iterable[Rep], indicator: Indicator, period: Period
) -> Decimal:
    targets = (
        target_for(indicator, playbook.settings(rep, indicator), period, rep.calendar)
        for rep in whose
    )
    return sum((target for target in targets if target is not None), ZERO)


def _told(delivery: Delivery) -> Collection[str]:
    told = delivery.occasion.payload[MILESTONES]
    return frozenset(told) if isinstance(told, list) else frozenset()
