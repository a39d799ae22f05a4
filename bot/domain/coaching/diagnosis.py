"""What a gap comes from: too little of the behaviour, or too little of what comes of it.

Judged over the last eight weeks. Volume is held against what was asked; what came of it, at the
funnel's next step, against the better half of the team. Both lean on the team where a rep's own
numbers are small, and a step's delay is the one at which the team's weeks fit together best.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.coaching.conversions import (
    Comparison,
    TeamRates,
    Tries,
    chance_less,
)
from bot.domain.coaching.funnel_steps import JUDGED_WEEKS, LONGEST_DELAY, Step, step_of
from bot.domain.coaching.variations import variation_of
from bot.domain.indicators import Indicator
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from bot.domain.quantities import Measure

READ_WEEKS: Final = JUDGED_WEEKS + LONGEST_DELAY
FEWEST_WEEKS: Final = 4
"""A rep with a shorter history is judged by this week's volume alone."""
_SURE: Final = 0.915
"""Between missing one trouble in ten and being wrong in one verdict of skill in twenty."""
_ENOUGH: Final = 0.9
"""Of what was asked, which is on pace (design §2.3): less than that over two months is short."""
_NOW_AND_THEN: Final = 0.2
_FEWEST_DUE: Final = 3
"""Successes that the better half would have had: with fewer due, none says nothing."""
_FEW: Final = 30
"""The same, in independent ones: of fewer most of what looks like a lack is chance."""
_SURER: Final = 0.98
"""How sure it has to be of so few."""


class Diagnosis(StrEnum):
    """What a gap comes from (method.md, belief 4)."""

    EFFORT = "effort"
    SKILL = "skill"
    BOTH = "both"
    UNCLEAR = "unclear"

    @property
    def is_of_skill(self) -> bool:
        """Whether too little comes of what is done."""
        return self in {Diagnosis.SKILL, Diagnosis.BOTH}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the last weeks say about one rep at one behaviour.

    `weeks` counts those since the rep's first entry. `step` compares what came of the behaviour at
    `leads_to`, None where nobody's numbers say anything, at a `delay` in weeks; `variation` is the
    variance of what comes of it over its mean. `strongest` is the user id of whoever makes most of
    it. `fed_by` are behaviours that lead here, straight or not, and of which too little does;
    `follows` says that an earlier step falls short in whatever way.
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
    variation: float = 1.0
    strongest: str | None = None
    fed_by: tuple[Indicator, ...] = ()
    follows: bool = False

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
        if not self.is_long_enough or step is None:
            return False
        return step.chance_below >= (_SURE if step.due >= _FEW * self.variation else _SURER)

    @property
    def unconverted(self) -> float:
        """The share that is missing of what the better half would have made of it."""
        return 0.0 if self.step is None else 1 - self.step.led / self.step.due

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
    if not team.reps:
        return {}
    known = {each.id: each for each in (*behaviours, *results)}
    found: dict[tuple[str, int], Evidence] = {}
    for behaviour in behaviours:
        following = known.get(behaviour.leads_to or 0) or known.get(behaviour.drives or 0)
        for user_id, evidence in _at(team, behaviour, following):
            found[user_id, behaviour.id] = evidence
    own: dict[str, list[Evidence]] = {}
    for (user_id, _), evidence in found.items():
        own.setdefault(user_id, []).append(evidence)
    return {key: _fed(evidence, own[key[0]]) for key, evidence in found.items()}


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
            step=step.compared.get(user_id),
            delay=step.delay,
            variation=step.variation,
            strongest=next((each for each in step.strongest if each != user_id), None),
        )
        yield user_id, evidence


def _chance_short(own: Tries, team: TeamRates) -> float:
    if own.all_led >= own.all_tried:
        return 0.0  # what was asked was done: that is no matter of chance
    return chance_less(own, team, _ENOUGH) if team.rate else 1.0


def _fed(evidence: Evidence, own: Sequence[Evidence]) -> Evidence:
    """With the steps before it, however far, at which too little is done or comes of it."""
    earlier: list[Evidence] = []
    reached = [evidence.behaviour]
    while reached:
        step = [each for each in own if each.leads_to in reached]  # a funnel has no circles
        earlier += step
        reached = [each.behaviour for each in step]
    weak = tuple(each.behaviour for each in earlier if each.is_weak)
    follows = any(each.is_weak or each.is_short for each in earlier)
    return replace(evidence, fed_by=weak, follows=follows) if follows else evidence


def _weeks(rep: WeeklyRep) -> int:
    return min(JUDGED_WEEKS, len(rep.days) - rep.first_week)


def _volume(rep: WeeklyRep, behaviour: Indicator) -> Tries:
    """What was asked as the tries, what was done as what came of them."""
    first = max(rep.first_week, len(rep.days) - JUDGED_WEEKS)
    return Tries(rep.asked[behaviour.id][first:], rep.amounts(behaviour.id)[first:])
