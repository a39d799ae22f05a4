"""How often the diagnosis is right, on teams of which the truth is known (method.md, belief 4).

Beside it the plain rule: skill where the conversion is under 80 % of the better half, effort where
the volume is under 90 % of what was asked. The same seeds, so the same teams, every time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from benchmarks.measures import Measure
from benchmarks.simulated_teams import STEPS, SimulatedRep, Trouble, simulated_team
from bot.domain.coaching.diagnosis import READ_WEEKS, Diagnosis, Volume, diagnose, evidence_of
from bot.domain.days.periods import PeriodKind
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam
from bot.domain.quantities import unit_named

TEAMS = 600
SIZES = (5, 8, 12)
_JUDGED = 8
_SKILL = frozenset({"skill", "both"})
INDICATORS = tuple(
    Indicator(
        place + 1,
        IndicatorKind.RESULT if step == STEPS[-1] else IndicatorKind.BEHAVIOUR,
        step.capitalize(),
        unit_named(step),
        PeriodKind.WEEK,
        position=place,
        drives=None if step == STEPS[-1] else len(STEPS),
        leads_to=place + 2 if place + 2 < len(STEPS) else None,
    )
    for place, step in enumerate(STEPS)
)
"""The simulated funnel as the product would have it."""

Verdicts = dict[tuple[str, str], str]
"""By user id and step; "none" where no gap is seen."""
Rule = Callable[[list[SimulatedRep]], Verdicts]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares: `right` of the troubles that were named as what they are.

    `false_alarms` of the reps without a skill trouble of whom "skill" or "both" was said at any
    step; `wrong_skills` of all such verdicts that were wrong about rep or step.
    """

    right: float
    by_kind: dict[str, float]
    false_alarms: float
    wrong_skills: float


def measure_diagnosis() -> list[Measure]:
    """Prints both rules side by side; gives back the figures of ours with their floors."""
    ours, plain = score(diagnosed), score(by_threshold)
    print(f"Diagnosis on {TEAMS} simulated teams, effects of 30 to 60 %, {_JUDGED} weeks")
    for name, told in (("pacesetter", ours), ("threshold rule", plain)):
        kinds = ", ".join(f"{kind} {share:.2f}" for kind, share in told.by_kind.items())
        print(f"  {name:15} right {told.right:.3f} ({kinds})")
        print(f"  {'':15} skill said of {told.false_alarms:.3f} of the reps without, ", end="")
        print(f"{told.wrong_skills:.3f} of what is said of skill is wrong")
    return [
        Measure("diagnosis: right where the effect is 30 % or more", ours.right, "", 0.9),
        Measure("diagnosis: skill said of reps without", ours.false_alarms, "", 0.05, at_most=True),
        Measure(
            "diagnosis: wrong of what is said of skill", ours.wrong_skills, "", 0.05, at_most=True
        ),
    ]


def score(rule: Rule, teams: int = TEAMS, seed: int = 5) -> Score:
    """How a rule does on so many teams."""
    hits: dict[str, list[bool]] = {"effort": [], "skill": [], "both": []}
    sound: list[bool] = []
    said: list[bool] = []
    for trouble, verdicts in _judged(rule, teams, seed):
        skills = [step for step, verdict in verdicts.items() if verdict in _SKILL]
        said += [trouble.step != step or trouble.name not in _SKILL for step in skills]
        if trouble.name not in _SKILL:
            sound.append(bool(skills))
        if trouble.step is not None:
            hits[trouble.name].append(verdicts[trouble.step] == trouble.name)
    every = [hit for found in hits.values() for hit in found]
    shares = {kind: _share(found) for kind, found in hits.items()}
    return Score(_share(every), shares, _share(sound), _share(said))


def diagnosed(team: list[SimulatedRep]) -> Verdicts:
    """What the product says, of the last week's gaps and of what comes of the rest."""
    weekly = as_weekly(team)
    evidence = evidence_of(weekly, INDICATORS[:-1], INDICATORS[-1:])
    found: Verdicts = {}
    for number, rep in enumerate(team):
        for behaviour, step in zip(INDICATORS, STEPS[:-1], strict=False):
            done, asked = rep.weeks[step][-1], rep.target(step, -1)
            known = evidence[f"U{number}", behaviour.id]
            # Where eight weeks were short and only the last was not, the trouble is there as well.
            fell_short = done < round(asked) or known.is_short
            verdict = diagnose(known, Volume(done, asked, fell_short))
            found[f"U{number}", step] = "none" if verdict is None else verdict.value
    return found


def by_threshold(team: list[SimulatedRep]) -> Verdicts:
    """The plain rule."""
    found: Verdicts = {}
    for step, following in pairwise(STEPS):
        done = [sum(rep.weeks[step][-_JUDGED:]) for rep in team]
        rates = [
            sum(rep.weeks[following][-_JUDGED:]) / amount if amount else 0.0
            for rep, amount in zip(team, done, strict=True)
        ]
        better = sorted(rates, reverse=True)[: (len(rates) + 1) // 2]
        for number, rep in enumerate(team):
            asked = sum(rep.target(step, week) for week in range(-_JUDGED, 0))
            short = done[number] < 0.9 * asked
            weak = rates[number] < 0.8 * sum(better) / len(better)
            verdict = _named(short=short, weak=weak)
            found[f"U{number}", step] = verdict
    return found


def as_weekly(team: list[SimulatedRep]) -> WeeklyTeam:
    """The simulated weeks as a service would have read them."""
    count = len(team[0].days)
    ids = {step: place + 1 for place, step in enumerate(STEPS)}
    reps = tuple(
        WeeklyRep(
            person_id=number,
            user_id=f"U{number}",
            done={ids[step]: tuple(map(float, week)) for step, week in rep.weeks.items()},
            asked={
                ids[step]: tuple(rep.target(step, week) for week in range(count)) for step in STEPS
            },
            days=tuple(rep.days),
        )
        for number, rep in enumerate(team)
    )
    return WeeklyTeam("West", (), reps)


def _judged(rule: Rule, teams: int, seed: int) -> Iterator[tuple[Trouble, dict[str, str]]]:
    """Each rep's true trouble, and what the rule says at each step."""
    random = Random(seed)
    for _ in range(teams):
        team = simulated_team(random, READ_WEEKS, random.choice(SIZES))
        verdicts = rule(team)
        for number, rep in enumerate(team):
            yield rep.trouble, {step: verdicts[f"U{number}", step] for step in STEPS[:-1]}


def _share(found: list[bool]) -> float:
    return sum(found) / len(found) if found else 0.0


def _named(*, short: bool, weak: bool) -> str:
    if short:
        return (Diagnosis.BOTH if weak else Diagnosis.EFFORT).value
    return Diagnosis.SKILL.value if weak else "none"


if __name__ == "__main__":
    for measure in measure_diagnosis():
        print(measure)
