"""How often a link is proven that isn't there, and how often one that is there."""

from random import Random

from benchmarks.diagnosis import INDICATORS, as_weekly
from benchmarks.measures import Measure
from benchmarks.simulated_teams import SimulatedRep, simulated_team, unrelated
from bot.domain.coaching.links import READ_WEEKS, Verdict, link_of, links_of
from bot.domain.progress.weekly_numbers import WeeklyRep, WeeklyTeam

TEAMS = 200
_REAL = 40
_CALLS, _WINS = INDICATORS[0], INDICATORS[-1]


def measure_links() -> list[Measure]:
    """Prints the shares; gives them back with their floors."""
    wrong, found = wrongly_proven(), rightly_proven()
    print(f"Links over {READ_WEEKS} weeks: proven where there is none {wrong:.3f},", end=" ")
    print("where there is one " + ", ".join(f"{name} {share:.2f}" for name, share in found.items()))
    return [
        Measure("links: proven where there is none", wrong, "", 0.05, at_most=True),
        Measure("links: proven where there is one", min(found.values()), "", 0.9),
    ]


def wrongly_proven(teams: int = TEAMS, seed: int = 3) -> float:
    """Of teams whose wins have nothing to do with their calls, the share where it is said."""
    random = Random(seed)
    verdicts = [
        link_of(
            _calls_and_wins(unrelated(random, READ_WEEKS, random.choice((3, 6, 10)))), _CALLS, _WINS
        )
        for _ in range(teams)
    ]
    return sum(link.verdict is Verdict.PROVEN for link in verdicts) / teams


def rightly_proven(teams: int = _REAL, seed: int = 4, weeks: int = READ_WEEKS) -> dict[str, float]:
    """Of teams of eight with a real funnel, the share of links that are proven, by behaviour."""
    random = Random(seed)
    proven = {each.name: 0 for each in INDICATORS[:-1]}
    for _ in range(teams):
        team = as_weekly(simulated_team(random, weeks, 8))
        for link in links_of(team, INDICATORS[:-1], INDICATORS[-1:]):
            proven[link.behaviour.name] += link.verdict is Verdict.PROVEN
    return {name: count / teams for name, count in proven.items()}


def _calls_and_wins(team: list[SimulatedRep]) -> WeeklyTeam:
    ids = {"calls": _CALLS.id, "wins": _WINS.id}
    reps = tuple(
        WeeklyRep(
            number,
            f"U{number}",
            {ids[step]: tuple(map(float, amounts)) for step, amounts in rep.weeks.items()},
            {},
            tuple(rep.days),
        )
        for number, rep in enumerate(team)
    )
    return WeeklyTeam("West", (), reps)


if __name__ == "__main__":
    measure_links()
