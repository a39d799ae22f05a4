"""The manager's week: expectations, behaviours, results, feedback, in the method's order (§2.7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.domain.coaching.deals import DealFacts
from bot.domain.coaching.diagnosis import AllEvidence, Diagnosis, Volume, diagnose
from bot.domain.coaching.diagnosis_words import reason
from bot.domain.coaching.links import Link
from bot.domain.coaching.pairing_progress import PairingProgress
from bot.domain.coaching.trends import Trend
from bot.domain.days.periods import ONE_DAY, Period, PeriodKind, period_of
from bot.domain.days.zones import instant_in, local_date_in
from bot.domain.experiments.readouts import ReadOut
from bot.domain.feats.celebrations import Cheer
from bot.domain.feats.kudos import Received
from bot.domain.feats.sweeps import is_kept
from bot.domain.indicators import Indicator
from bot.domain.nudging.account import Cost
from bot.domain.progress.pace import Progress
from bot.domain.quantities import ZERO
from bot.domain.talks.one_to_ones import NO_TALKS, Talks
from bot.domain.teams import WeekMoment

WORTH_SENDING_FOR = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class OnTarget:
    """How many reps were on target, of how many with a target, and how many the week before."""

    reps: int
    of: int
    before: int


@dataclass(frozen=True, slots=True)
class RepWeek:
    """One rep's behaviours as the week ended, in the playbook's order.

    `was_available` says whether the rep worked on any day of it; `entries` how often the rep
    logged anything.
    """

    user_id: str
    name: str | None
    behaviours: tuple[Progress, ...]
    was_available: bool
    entries: int

    @property
    def counts(self) -> bool:
        """Whether anything was expected of the rep."""
        return any(each.target is not None for each in self.behaviours)

    @property
    def is_silent(self) -> bool:
        return self.was_available and not self.entries

    def is_on_target(self, week: Period) -> bool:
        """Whether all targets that ended were reached, and no longer one was behind."""
        asked = [each for each in self.behaviours if each.target is not None]
        return bool(asked) and all(is_kept(each, week.end) for each in asked)


@dataclass(frozen=True, slots=True)
class TeamResult:
    """A result of all reps together over its period, as the week ended."""

    indicator: Indicator
    period: Period
    target: Decimal | None
    actual: Decimal

    @property
    def attainment(self) -> Decimal | None:
        return None if self.target is None else self.actual / self.target


@dataclass(frozen=True, slots=True)
class Gap:
    """A behaviour that fell short, or of which too little came, and why we say so in numbers.

    `unconverted` is the share that is missing at the funnel's next step, where that is diagnosed;
    `learn_from` the user id of whoever makes most of it there. `follows` where an earlier step of
    the funnel falls short too, which is where to begin; `lasts` unless the weeks before were on
    target, so that it may be one bad week.
    """

    user_id: str
    progress: Progress
    diagnosis: Diagnosis
    reason: str
    unconverted: Decimal = ZERO
    learn_from: str | None = None
    follows: bool = False
    lasts: bool = True

    @property
    def shortfall(self) -> Decimal:
        """The share that was expected and didn't come, of the target or at the next step."""
        target = self.progress.target
        missing = (self.progress.expected - self.progress.actual) / target if target else ZERO
        return max(missing, self.unconverted)


@dataclass(frozen=True, slots=True)
class Coaching:
    """One thing to coach: whom, on what, why, and whom to learn it from, if anybody.

    `is_paired` says that they are paired at it already; `for_skill` that more shall come of it,
    rather than more of it be done.
    """

    user_id: str
    behaviour: Indicator
    text: str
    pair_with: str | None
    is_paired: bool = False
    for_skill: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """One team's week for one of its managers; None where it has none.

    `links` only in the first digest of a quarter.
    """

    team: str
    manager: str | None
    week: Period
    on_target: OnTarget
    reps: tuple[RepWeek, ...]
    results: tuple[TeamResult, ...]
    celebrate: tuple[Cheer, ...]
    gaps: tuple[Gap, ...]
    coach: tuple[Coaching, ...]
    silent: tuple[str, ...]
    cost: Cost
    kudos: tuple[Received, ...] = ()
    deals: DealFacts | None = None
    links: tuple[Link, ...] = ()
    trend: Trend | None = None
    talks: Talks = NO_TALKS
    pairings: tuple[PairingProgress, ...] = ()
    experiments: tuple[ReadOut, ...] = ()

    @property
    def behaviours(self) -> tuple[Indicator, ...]:
        """The columns of the table of reps × behaviours."""
        return tuple(each.indicator for each in self.reps[0].behaviours) if self.reps else ()


def last_moment(moment: WeekMoment, zone: ZoneInfo, now: datetime) -> datetime:
    """The latest instant at which it was that weekday and time there, `now` included."""
    today = local_date_in(zone, now)
    day = today - timedelta(days=(today.weekday() - moment.weekday) % 7)
    due = instant_in(zone, day, moment.time)
    return due if due <= now else instant_in(zone, day - timedelta(days=7), moment.time)


def last_full_week(zone: ZoneInfo, instant: datetime) -> Period:
    """The Monday to Sunday that ended last, there, before the instant."""
    return period_of(PeriodKind.WEEK, local_date_in(zone, instant)).previous()


def count_on_target(reps: Iterable[RepWeek], before: Iterable[RepWeek], week: Period) -> OnTarget:
    """Who was on target, against the week before."""
    counted = [rep for rep in reps if rep.counts]
    earlier = period_of(PeriodKind.WEEK, week.start - ONE_DAY)
    return OnTarget(
        reps=sum(rep.is_on_target(week) for rep in counted),
        of=len(counted),
        before=sum(rep.is_on_target(earlier) for rep in before),
    )


def find_gaps(
    reps: Sequence[RepWeek], week: Period, evidence: AllEvidence | None = None
) -> tuple[Gap, ...]:
    """Every behaviour that fell short, or of which too little comes, worst first.

    Worst by the share that is missing; but what follows from an earlier gap of the same rep stands
    after it. Without evidence of earlier weeks volume alone speaks.
    """
    found = (
        _gap(rep, progress, week, evidence or {})
        for rep in reps
        for progress in rep.behaviours
        if progress.target is not None
    )
    gaps = [gap for gap in found if gap is not None]
    worst = sorted(gaps, key=lambda gap: (-gap.shortfall, gap.progress.indicator.position))
    return tuple(_causes_first(worst, _led_to_by(reps)))


def _led_to_by(reps: Iterable[RepWeek]) -> Mapping[int, Sequence[int]]:
    """By a behaviour's id the ids of those that lead to it."""
    found: dict[int, list[int]] = {}
    for behaviour in {each.indicator for rep in reps for each in rep.behaviours}:
        if behaviour.leads_to is not None:
            found.setdefault(behaviour.leads_to, []).append(behaviour.id)
    return found


def _causes_first(gaps: Sequence[Gap], led_to_by: Mapping[int, Sequence[int]]) -> Iterator[Gap]:
    def earlier(step: int) -> Iterator[int]:
        for each in led_to_by.get(step, ()):  # a funnel has no circles
            yield from earlier(each)
            yield each

    left = {(gap.user_id, gap.progress.indicator.id): gap for gap in gaps}
    for gap in gaps:
        step = gap.progress.indicator.id
        steps = (*earlier(step), step) if gap.follows else (step,)
        yield from (left.pop(key) for each in steps if (key := (gap.user_id, each)) in left)


def _gap(rep: RepWeek, progress: Progress, week: Period, evidence: AllEvidence) -> Gap | None:
    known = evidence.get((rep.user_id, progress.indicator.id))
    fell_short = not is_kept(progress, week.end)
    volume = Volume(float(progress.actual), float(progress.expected), fell_short)
    diagnosis = diagnose(known, volume)
    if diagnosis is None:
        return None
    gap = Gap(rep.user_id, progress, diagnosis, reason(progress, diagnosis, known))
    if known is None:
        return gap
    missing = known.unconverted if diagnosis.is_of_skill else 0
    return replace(
        gap,
        unconverted=Decimal(str(missing)),
        learn_from=known.strongest if diagnosis.is_of_skill else None,
        follows=known.follows,
        lasts=known.is_short or known.is_weak or not known.is_long_enough,
    )
