"""How good the forecast is: on simulated reps, out of sample, beside what anybody would try first.

`python -m benchmarks.forecast` prints a table; `make bench` holds the floors.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from benchmarks.judging import Case, Judged, unit_of
from benchmarks.measures import Measure
from benchmarks.rivals import base_rates, brier, plain
from benchmarks.simulated_reps import Kind, SimulatedTeam, Thing, simulated_team
from bot.domain.forecast.chances import chances
from bot.domain.forecast.habits import team_habits
from bot.domain.forecast.likelihood import Likelihood, likelihood
from bot.domain.forecast.prospects import TeamHabits

Floats = npt.NDArray[np.float64]
TEAMS = {
    Thing.CALLS: 16,
    Thing.DEMOS: 16,
    Thing.PLANS: 50,
    Thing.SELLING: 16,
    Thing.REVENUE: 50,
}
_SEED = 20_261_122
_BINS = 10


@dataclass(frozen=True, slots=True)
class Score:
    """One group of questions: how often the answer was yes, and how wrong each forecaster was."""

    name: str
    cases: int
    happened: float
    model: float
    straight_line: float
    base_rate: float
    plain: float
    calibration_error: float
    plain_calibration_error: float

    @property
    def below_straight_line(self) -> float:
        """The share by which the Brier score is lower."""
        return 1 - self.model / self.straight_line

    @property
    def below_base_rate(self) -> float:
        return 1 - self.model / self.base_rate


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions in order, with what each forecaster said and what came of it."""

    things: tuple[Thing, ...]
    kinds: tuple[Kind, ...]
    happened: Floats
    model: Floats
    straight_line: Floats
    base_rate: Floats
    plain: Floats

    def score(self, name: str, where: Callable[[Thing, Kind], bool]) -> Score:
        """The scores of those questions."""
        pairs = zip(self.things, self.kinds, strict=True)
        rows = np.array([where(thing, kind) for thing, kind in pairs])
        happened = self.happened[rows]
        return Score(
            name=name,
            cases=len(happened),
            happened=float(happened.mean()),
            model=brier(self.model[rows], happened),
            straight_line=brier(self.straight_line[rows], happened),
            base_rate=brier(self.base_rate[rows], happened),
            plain=brier(self.plain[rows], happened),
            calibration_error=calibration_error(self.model[rows], happened),
            plain_calibration_error=calibration_error(self.plain[rows], happened),
        )


def measure_forecast() -> list[Measure]:
    """The floors of issue 5, over all things and for each."""
    answers = answered(TEAMS, _SEED)
    return [measure for score in _by_thing(answers) for measure in _measures(score)]


def answered(teams: dict[Thing, int], seed: int) -> Answers:
    """Every question about so many teams of each thing."""
    found = [
        _of_team(simulated_team(seed + 1000 * place + number, thing))
        for place, (thing, count) in enumerate(teams.items())
        for number in range(count)
    ]
    cases = [case for of_team, _ in found for case in of_team]
    things = tuple(
        thing for (of_team, _), thing in zip(found, _repeated(teams), strict=True) for _ in of_team
    )
    return Answers(
        things=things,
        kinds=tuple(case.rep.kind for case in cases),
        happened=np.array([float(case.came_true) for case in cases]),
        model=np.array([chance for _, said in found for chance in said]),
        straight_line=np.array([float(case.is_on_pace) for case in cases]),
        base_rate=base_rates(cases, things),
        plain=np.array([plain(case) for case in cases]),
    )


def calibration_error(said: Floats, happened: Floats) -> float:
    """The mean distance of what was said from what happened over ten bins, by their sizes."""
    place = np.minimum((said * _BINS).astype(int), _BINS - 1)
    size = np.bincount(place, minlength=_BINS)
    gap = np.bincount(place, said, _BINS) - np.bincount(place, happened, _BINS)
    return float(np.abs(gap).sum() / size.sum())


def _repeated(teams: dict[Thing, int]) -> Iterable[Thing]:
    return (thing for thing, count in teams.items() for _ in range(count))


def _of_team(team: SimulatedTeam) -> tuple[list[Case], list[float]]:
    """The cases that are still open, and the model's answers, known to it on that day alone."""
    judged = [Judged(team, rep) for rep in team.reps]
    asked = [case for rep in judged for case in rep.cases() if _is_open(case)]
    known: dict[date, TeamHabits | None] = {}
    for monday in {_monday(case) for case in asked}:
        records = [each.record(monday, Decimal(0)) for each in judged if each.rep.start < monday]
        known[monday] = team_habits(records, unit_of(team), monday)
    said = chances([case.prospect for case in asked], [known[_monday(case)] for case in asked])
    pairs = [(case, chance) for case, chance in zip(asked, said, strict=True) if chance is not None]
    return [case for case, _ in pairs], [chance for _, chance in pairs]


def _is_open(case: Case) -> bool:
    """Whether the target isn't reached yet: what is decided flatters everybody."""
    return case.prospect.actual < case.prospect.target


def _monday(case: Case) -> date:
    return case.prospect.today - timedelta(days=case.prospect.today.weekday())


def _by_thing(answers: Answers) -> list[Score]:
    everything = answers.score("all", lambda _thing, _kind: True)
    return [
        everything,
        *(answers.score(thing.value, _is_about(thing)) for thing in Thing),
    ]


def _is_about(named: Thing | Kind) -> Callable[[Thing, Kind], bool]:
    return lambda thing, kind: named in {thing, kind}


def _by_kind(answers: Answers) -> list[Score]:
    return [answers.score(kind.value, _is_about(kind)) for kind in Kind]


def _words(answers: Answers) -> Iterator[tuple[Likelihood, float, int]]:
    """Of the forecasts that a word stands for, how many came true."""
    said = np.array([likelihood(chance) for chance in answers.model.tolist()])
    for word in Likelihood:
        rows = said == word
        yield word, float(answers.happened[rows].mean()), int(rows.sum())


def _measures(score: Score) -> list[Measure]:
    of = f"forecast, {score.name}:"
    return [
        Measure(f"{of} Brier below pace ≥ 1", 100 * score.below_straight_line, "%", 35),
        Measure(f"{of} Brier below base rate", 100 * score.below_base_rate, "%", 20),
        Measure(f"{of} calibration error", score.calibration_error, "", 0.04, at_most=True),
    ]


def main() -> None:
    """Prints the table of docs/coaching.md."""
    answers = answered(TEAMS, _SEED)
    print("cases | rate | Brier: model, pace ≥ 1, base rate, plain | below | calibration, plain's")
    for score in (*_by_thing(answers), *_by_kind(answers)):
        print(
            f"{score.name:22} {score.cases:6} {score.happened:.2f} | {score.model:.4f} "
            f"{score.straight_line:.4f} {score.base_rate:.4f} {score.plain:.4f} | "
            f"{score.below_straight_line:.1%} {score.below_base_rate:.1%} | "
            f"{score.calibration_error:.3f} {score.plain_calibration_error:.3f}"
        )
    for word, share, cases in _words(answers):
        print(f"{word.value:22} {cases:6} {share:.2f} came true")


if __name__ == "__main__":
    main()
