"""Two groups of reps, one of which tries something new (method.md, belief 4)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.days.periods import short_day
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.indicators import Indicator

SHORTEST: Final = timedelta(days=13)
LONGEST: Final = timedelta(weeks=26, days=-1)
"""From the first to the last day: two weeks at least, half a year at most."""
FARTHEST: Final = timedelta(days=366)
FEWEST: Final = 2
"""People in each group."""
MOST_QUESTION: Final = 200
MOST_METHOD: Final = 500


class Group(StrEnum):
    """Who does the new thing, and who goes on as usual."""

    NEW = "new"
    USUAL = "usual"


class Phase(StrEnum):
    """Where an experiment stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    STOPPED = "stopped"
    """Before its planned end: there is no verdict."""


@dataclass(frozen=True, slots=True)
class Member:
    """A rep in an experiment: in the group that was drawn, whatever happens since."""

    person_id: int
    user_id: str
    group: Group


@dataclass(frozen=True, slots=True)
class Plan:
    """What a manager wants to know, and when: an experiment without its groups.

    `following_id` is the step after the behaviour where the conversion is asked about.
    """

    team_id: int
    question: str
    method: str
    behaviour_id: int
    following_id: int | None
    starts_on: date
    ends_on: date

    @property
    def seed(self) -> str:
        """What the groups are drawn from: the same plan gets the same groups, however often."""
        parts = (self.team_id, self.behaviour_id, self.following_id, self.starts_on, self.ends_on)
        return ":".join(map(str, parts))

    @property
    def touches(self) -> frozenset[int]:
        """The indicators that it is about."""
        return frozenset(filter(None, (self.behaviour_id, self.following_id)))

    def overlaps(self, other: "Plan") -> bool:
        """Whether both go on on some day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Experiment:
    """A plan that is agreed, with its groups."""

    id: int
    plan: Plan
    stopped_at: datetime | None = None
    members: tuple[Member, ...] = ()

    def phase(self, today: date) -> Phase:
        """As of a local date of the team."""
        if self.stopped_at is not None:
            return Phase.STOPPED
        if today < self.plan.starts_on:
            return Phase.PLANNED
        return Phase.RUNNING if today <= self.plan.ends_on else Phase.ENDED

    def users(self, group: Group) -> tuple[str, ...]:
        return tuple(each.user_id for each in self.members if each.group is group)


def check_dates(plan: Plan, today: date) -> None:
    """Raises FormRefused at the field that is wrong."""
    if plan.starts_on < today:
        raise FormRefused({"from": "Choose today or a later day: what is over can't be drawn."})
    if plan.starts_on - today > FARTHEST:
        raise FormRefused({"from": "Choose a day within a year."})
    lasts = plan.ends_on - plan.starts_on
    if lasts < SHORTEST:
        raise FormRefused({"to": "Two weeks at least: a shorter one shows nothing but chance."})
    if lasts > LONGEST:
        raise FormRefused({"to": "26 weeks at most."})


def draw(baselines: Mapping[str, float], seed: str) -> Mapping[str, Group]:
    """Two groups alike in how they did before: neighbours by that are a pair, and of each pair one,
    by lot, is in either group. The same seed draws the same groups.

    With an odd number the one left over goes to either group by lot.
    """
    lot = random.Random(f"experiment:{seed}")
    ranked = sorted(baselines, key=lambda user: (-baselines[user], user))
    drawn: dict[str, Group] = {}
    for place in range(0, len(ranked), 2):
        groups = list(Group)
        lot.shuffle(groups)
        drawn |= dict(zip(ranked[place : place + 2], groups, strict=False))
    return drawn


def check_groups(new: Sequence[str], usual: Sequence[str], reps: Mapping[str, str]) -> None:
    """Raises FormRefused at the field that is wrong; `reps` has the names of the team's reps."""
    errors: dict[str, str] = {}
    for field, users in ((Group.NEW.value, new), (Group.USUAL.value, usual)):
        strangers = [user for user in users if user not in reps]
        if strangers:
            errors[field] = "Only reps of this team can be in it: take the others out."
        elif len(set(users)) < FEWEST:
            errors[field] = f"{FEWEST} people at least: with fewer, one person's luck decides."
    both = [reps[user] for user in new if user in usual and user in reps]
    if both and not errors:
        errors[Group.USUAL.value] = f"{', '.join(both[:5])}: in one group only, please."
    if errors:
        raise FormRefused(errors)


def check_clashes(
    plan: Plan,
    users: Mapping[str, str],
    others: Sequence[Experiment],
    indicators: Mapping[int, Indicator],
) -> None:
    """Raises Refusal where one of them (names by user id) is in another experiment, at overlapping
    dates, about the same step of the funnel or the one before or after it."""
    for other in others:
        if other.stopped_at is not None or not plan.overlaps(other.plan):
            continue
        both = [users[each.user_id] for each in other.members if each.user_id in users]
        if both and are_near(plan.touches, other.plan.touches, indicators):
            raise Refusal(
                f"{', '.join(both[:5])}{' and others' if len(both) > 5 else ''} "
                f"{'is' if len(both) == 1 else 'are'} in “{other.plan.question}” until "
                f"{short_day(other.plan.ends_on)}, about the same step or its neighbour: "
                "neither would show what it did. "
                "Choose other people or later dates, or stop that one."
            )


def are_near(
    some: frozenset[int], others: frozenset[int], indicators: Mapping[int, Indicator]
) -> bool:
    """Whether two experiments are about the same step of the funnel, or about neighbours."""
    return bool(some & others) or any(
        _next(indicators, one) == other or _next(indicators, other) == one
        for one in some
        for other in others
    )


def _next(indicators: Mapping[int, Indicator], indicator_id: int) -> int | None:
    found = indicators.get(indicator_id)
    return None if found is None else found.leads_to or found.drives
