"""Sales teams of which the truth is known: who does too little, and who makes too little of it.

For judging the diagnosis and the links. It shares no code with what it judges: weeks are numbered,
people are positions, and everything is drawn here.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

STEPS = ("calls", "conversations", "meetings", "opportunities", "wins")
"""Each leads to the next."""
A_DAY = 20.0
"""Calls that a rep makes on an average day."""
CONVERSIONS = {"calls": 0.3, "conversations": 0.2, "meetings": 0.5, "opportunities": 0.3}
DELAYS = {"calls": (0,), "conversations": (0, 0, 1), "meetings": (0, 1, 2), "opportunities": (2, 4)}
"""Weeks until one leads to the next, each as likely."""
MARGIN = 0.92
"""A target is this share of what an average rep does: most reach it over two months."""
_WARM_UP = 8


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a rep: at which step, and by how much (0.3: 30 % less)."""

    step: str | None = None
    less_done: float = 0.0
    less_comes: float = 0.0

    @property
    def name(self) -> str:
        """As the product calls it; "none" where nothing is wrong."""
        if self.less_done and self.less_comes:
            return "both"
        return "effort" if self.less_done else "skill" if self.less_comes else "none"


@dataclass(frozen=True)
class SimulatedRep:
    """Amounts a week by step, oldest week first, and the days worked in each."""

    trouble: Trouble
    weeks: dict[str, list[int]]
    days: list[int]
    conversions: dict[str, float] = field(default_factory=dict)

    def target(self, step: str, week: int) -> float:
        """What was asked of the rep in the week, absence taken off."""
        return MARGIN * average(step) * self.days[week] / 5


def average(step: str) -> float:
    """What an average rep does of a step in a week of five days."""
    amount = 5 * A_DAY
    for each in STEPS[: STEPS.index(step)]:
        amount *= CONVERSIONS[each]
    return amount


def simulated_team(random: Random, weeks: int, size: int) -> list[SimulatedRep]:
    """A team with two reps in five in some trouble; the others differ a little, as people do."""
    return [simulated_rep(random, weeks, drawn_trouble(random)) for _ in range(size)]


def drawn_trouble(random: Random) -> Trouble:
    """Nothing in three cases of five, else one of the three kinds, 30 to 60 % strong."""
    size = random.uniform(0.3, 0.6)
    other = random.uniform(0.3, 0.6)
    kind = random.random()
    if kind < 0.6:
        return Trouble()
    if kind < 0.73:
        return Trouble("calls", less_done=size)
    if kind < 0.88:
        step = random.choice(("calls", "conversations"))
        return Trouble(step, less_comes=size)
    return Trouble("calls", less_done=size, less_comes=other)


def simulated_rep(random: Random, weeks: int, trouble: Trouble) -> SimulatedRep:
    """One rep's weeks: bursts, absence, delays, and a little natural difference from the others."""
    natural = {step: random.gauss(1, 0.06) for step in CONVERSIONS}
    conversions = {
        step: rate * natural[step] * (1 - trouble.less_comes * (trouble.step == step))
        for step, rate in CONVERSIONS.items()
    }
    energy = (1 - trouble.less_done) * max(0.8, random.gauss(1.04, 0.05))
    total = weeks + _WARM_UP
    days = [_days(random) for _ in range(total)]
    amounts = {step: [0] * total for step in STEPS}
    for week, worked in enumerate(days):
        burst = random.gammavariate(30, 1 / 30)
        amounts["calls"][week] = _poisson(random, A_DAY * worked * energy * burst)
    for step, following in pairwise(STEPS):
        for week, amount in enumerate(amounts[step]):
            for _ in range(_binomial(random, amount, conversions[step])):
                arrives = week + random.choice(DELAYS[step])
                if arrives < total:
                    amounts[following][arrives] += 1
    kept = {step: amounts[step][_WARM_UP:] for step in STEPS}
    return SimulatedRep(trouble, kept, days[_WARM_UP:], conversions)


def unrelated(random: Random, weeks: int, size: int) -> list[SimulatedRep]:
    """A team whose "wins" have nothing to do with its calls, though both differ from rep to rep."""
    team = []
    for _ in range(size):
        calls, wins = random.uniform(40, 120), random.uniform(1, 5)
        days = [_days(random) for _ in range(weeks)]
        level = 0.0
        made = []
        for worked in days:
            level = 0.7 * level + random.gauss(0, 0.15)  # good months and bad ones
            made.append(_poisson(random, max(1.0, calls * (1 + level) * worked / 5)))
        slow = 0.0
        won = []
        for worked in days:
            slow = 0.7 * slow + random.gauss(0, 0.15)
            won.append(_poisson(random, max(0.1, wins * (1 + slow) * worked / 5)))
        team.append(SimulatedRep(Trouble(), {"calls": made, "wins": won}, days))
    return team


def _days(random: Random) -> int:
    if random.random() < 0.06:
        return 0
    return 5 if random.random() < 0.85 else 4


def _poisson(random: Random, mean: float) -> int:
    """Arrivals within one unit of time."""
    count, elapsed = 0, random.expovariate(1)
    while elapsed < mean:
        count, elapsed = count + 1, elapsed + random.expovariate(1)
    return count


def _binomial(random: Random, tries: int, chance: float) -> int:
    return sum(random.random() < chance for _ in range(tries))
