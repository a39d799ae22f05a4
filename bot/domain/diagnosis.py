"""What a gap comes from: too little of the behaviour, or too little of what comes of it.

Judged over the last eight weeks. Volume is held against what was asked; what came of it, at the
funnel's next step, against the better half of the team. Both lean on the team where a rep's own
numbers are small, and a step's delay is the one at which the team's weeks fit together best.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

from bot.domain.conversions import (
    FAR_BELOW,
    Comparison,
    TeamRates,
    Tries,
    better_than,
    chance_less,
    compare,
    variation_of,
)
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure
from bot.domain.weekly_numbers import WeeklyRep, WeeklyTeam

JUDGED_WEEKS: Final = 8
LONGEST_DELAY: Final = 4
"""Weeks between a behaviour and what comes of it, at most."""
READ_WEEKS: Final = JUDGED_WEEKS + LONGEST_DELAY
FEWEST_WEEKS: Final = 4
"""A rep with a shorter history is judged by this week's volume alone."""
_SURE: Final = 0.9
_ENOUGH: Final = 0.95
"""Of what was asked: less than that over two months is short."""
_BETTER_FIT: Final = 0.95
"""A longer delay has to fit this much better, or the shorter one is believed."""
_NOW_AND_THEN: Final = 0.2
_FEWEST_DUE: Final = 3
"""Successes that the better half would have had: with fewer due, none says nothing."""


class Diagnosis(StrEnum):
    """What a gap comes from (method.md, belief 4)."""

    EFFORT = "effort"
    SKILL = "skill"
    BOTH = "both"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the last weeks say about one rep at one behaviour.

    `weeks` counts those since the rep's first entry. `step` compares what came of the behaviour at
    `leads_to`, None where nobody's numbers say anything; `delay` is in weeks. `strongest` is the
    user id of whoever makes most of it. `fed_by` are behaviours that lead here and of which too
    little does.
    """

    behaviour: Indicator
    leads_to: Indicator | None
    team: str
    weeks: int
    done: float
    asked: float
    chance_short: float
    step: Comparison | None
    delay: int = 0
    strongest: str | None = None
    fed_by: tuple[Indicator, ...] = ()

    @property
    def is_long_enough(self) -> bool:
        return self.weeks >= FEWEST_WEEKS and self.asked > 0

    @property
    def is_short(self) -> bool:
        """Whether the weeks together had too little of the behaviour."""
        return self.is_long_enough and self.chance_short >= 1 / 2

    @property
    def is_weak(self) -> bool:
        """Whether credibly less comes of it than with the team's better half."""
        step = self.step
        return self.is_long_enough and step is not None and step.chance_below >= _SURE

    @property
    def comes_to_enough(self) -> bool:
        """Whether there was enough to see that as much comes of it as elsewhere."""
        step = self.step
        return step is not None and step.due >= _FEWEST_DUE and step.chance_below < 1 / 2


@dataclass(frozen=True, slots=True)
class Volume:
    """This week's amount beside what was expected; `fell_short` where that missed the target."""

    done: float
    expected: float
    fell_short: bool

    @property
    def may_be_chance(self) -> bool:
        """Whether one week in five would be as low although the rep does as much as expected."""
        from scipy.special import pdtr  # noqa: PLC0415 - as in `compare`

        return bool(pdtr(self.done, self.expected) >= _NOW_AND_THEN)


AllEvidence = Mapping[tuple[str, int], Evidence]
"""By user id and the behaviour's id."""


def diagnose(evidence: Evidence | None, week: Volume) -> Diagnosis | None:
    """What a gap comes from; None where there is none.

    Without a history of some weeks only the week's volume speaks: it was too little. A week that
    chance can explain after others on target, of which too little is known to say more, is unclear.
    """
    if evidence is None or not evidence.is_long_enough:
        return Diagnosis.EFFORT if week.fell_short else None
    if evidence.is_weak:
        return Diagnosis.BOTH if evidence.is_short else Diagnosis.SKILL
    if not week.fell_short:
        return None
    if evidence.is_short or evidence.comes_to_enough or not week.may_be_chance:
        return Diagnosis.EFFORT
    return Diagnosis.UNCLEAR


def evidence_of(
    team: WeeklyTeam, behaviours: Sequence[Indicator], results: Sequence[Indicator]
) -> AllEvidence:
    """What a team's last `READ_WEEKS` weeks say of every rep and behaviour."""
    known = {each.id: each for each in (*behaviours, *results)}
    found: dict[tuple[str, int], Evidence] = {}
    for behaviour in behaviours:
        following = known.get(behaviour.leads_to or 0) or known.get(behaviour.drives or 0)
        for user_id, evidence in _at(team, behaviour, following):
            found[user_id, behaviour.id] = evidence
    return {key: _fed(evidence, found, key[0]) for key, evidence in found.items()}


@dataclass(frozen=True)
class Step:
    """A behaviour and what follows it in a team's weeks, each rep's shifted by the delay."""

    tries: Mapping[str, Tries]
    variation: float
    delay: int

    @cached_property
    def all_reps(self) -> TeamRates:
        return TeamRates(tuple(self.tries.values()), self.variation)

    def others(self, user_id: str) -> TeamRates:
        """All but the rep, so that nobody is compared with themselves."""
        tries = tuple(each for other, each in self.tries.items() if other != user_id)
        return TeamRates(tries, self.variation)

    @cached_property
    def better(self) -> float:
        """The conversion of the better half, as counted."""
        return better_than(self.all_reps.reps)

    @cached_property
    def strongest(self) -> tuple[str, ...]:
        """Who makes something of it, whoever makes most (shrunk toward the team) first."""
        if not self.all_reps.rate:
            return ()
        able = [user_id for user_id, each in self.tries.items() if each.all_led]
        return tuple(sorted(able, key=lambda user: -self.all_reps.shrunk(self.tries[user])))


def step_of(team: WeeklyTeam, behaviour: Indicator, following: Indicator) -> Step:
    """The step at the delay with which the team's weeks fit together best."""
    counts = following.unit.measure is not Measure.MONEY
    best: Step | None = None
    for delay in range(LONGEST_DELAY + 1):
        tries = {rep.user_id: _tries(rep, behaviour, following, delay) for rep in team.reps}
        variation = variation_of(tuple(tries.values()), counts=counts)
        if best is None or variation < best.variation * _BETTER_FIT:
            best = Step(tries, variation, delay)
    assert best is not None  # no delay at all is always tried
    return best


def _at(
    team: WeeklyTeam, behaviour: Indicator, following: Indicator | None
) -> Iterator[tuple[str, Evidence]]:
    volumes = {rep.user_id: _volume(rep, behaviour) for rep in team.reps}
    counts = behaviour.unit.measure is not Measure.MONEY
    volume = Step(volumes, variation_of(tuple(volumes.values()), counts=counts), 0)
    step = Step({}, 1.0, 0) if following is None else step_of(team, behaviour, following)
    for rep in team.reps:
        user_id, own = rep.user_id, volumes[rep.user_id]
        evidence = Evidence(
            behaviour=behaviour,
            leads_to=following,
            team=team.team,
            weeks=_weeks(rep),
            done=own.all_led,
            asked=own.all_tried,
            chance_short=_chance_short(own, volume.all_reps),
            step=_compared(step, user_id),
            delay=step.delay,
            strongest=next((each for each in step.strongest if each != user_id), None),
        )
        yield user_id, evidence


def _chance_short(own: Tries, team: TeamRates) -> float:
    if own.all_led >= own.all_tried:
        return 0.0  # what was asked was done: that is no matter of chance
    return chance_less(own, team, _ENOUGH) if team.rate else 1.0


def _compared(step: Step, user_id: str) -> Comparison | None:
    own = step.tries.get(user_id)
    if own is None or not own.all_tried:
        return None
    if own.rate >= FAR_BELOW * step.better:  # most reps; the others are worth the reckoning
        return Comparison(own.all_tried, own.all_led, step.better, 0.0)
    return compare(own, step.others(user_id))


def _fed(evidence: Evidence, found: AllEvidence, user_id: str) -> Evidence:
    fed_by = tuple(
        other.behaviour
        for (whose, _), other in found.items()
        if whose == user_id and other.leads_to == evidence.behaviour and other.is_weak
    )
    return replace(evidence, fed_by=fed_by) if fed_by else evidence


def _weeks(rep: WeeklyRep) -> int:
    return min(JUDGED_WEEKS, len(rep.days) - rep.first_week)


def _volume(rep: WeeklyRep, behaviour: Indicator) -> Tries:
    """What was asked as the tries, what was done as what came of them."""
    first = max(rep.first_week, len(rep.days) - JUDGED_WEEKS)
    return Tries(rep.asked[behaviour.id][first:], rep.amounts(behaviour.id)[first:])


def _tries(rep: WeeklyRep, behaviour: Indicator, following: Indicator, delay: int) -> Tries:
    first = max(rep.first_week + delay, len(rep.days) - JUDGED_WEEKS)
    tried = rep.amounts(behaviour.id)[first - delay : len(rep.days) - delay]
    return Tries(tried, rep.amounts(following.id)[first:])
