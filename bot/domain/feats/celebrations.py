"""What the channel hears, and when: big milestones at once, the rest in one round-up (§2.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.domain.days.periods import ONE_DAY, Period
from bot.domain.days.zones import instant_in, local_date_in
from bot.domain.loudness import Loudness
from bot.domain.milestones import Milestone
from bot.domain.teams import Team, TeamPlaybook

MOST_POSTS = 5
"""The channel never hears more than five posts a day (design §2.6)."""
WORTH_SAYING_FOR = timedelta(hours=72)
"""Good news that is older is written down, not posted."""


@dataclass(frozen=True, slots=True)
class Cheer:
    """A milestone with the numbers behind it; None where it has none of its own."""

    milestone: Milestone
    actual: Decimal | None = None
    target: Decimal | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """A rep whom readers may thank with one tap, and how many have.

    `key` is the celebration's, by which a tap says what it is for.
    """

    key: str
    person_id: int
    name: str | None
    count: int


@dataclass(frozen=True, slots=True)
class CelebrationFacts:
    """One big milestone. `alone` says that only the rep reads it."""

    cheer: Cheer
    team: str
    alone: bool = False
    thanks: tuple[Thanks, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundupFacts:
    """The good news of a team's day that had no post of its own."""

    day: date
    team: str
    cheers: tuple[Cheer, ...]
    thanks: tuple[Thanks, ...] = ()


@dataclass(frozen=True, slots=True)
class MendFacts:
    """What a message should say instead, or with its kudos; None: nothing, it should go."""

    channel: str
    ts: str
    instead: CelebrationFacts | RoundupFacts | None


def listener(playbook: TeamPlaybook, milestone: Milestone) -> str | None:
    """Who hears of it: the channel, or the rep alone who asked for that or has no channel.

    None where there is nobody: a team's milestone without a channel, a rep who has left.
    """
    channel = playbook.team.channel
    if milestone.person_id is None:
        return channel
    rep = playbook.rep(milestone.person_id)
    if rep is None or rep.person.is_deactivated:
        return None
    return rep.user_id if rep.celebrate_alone or channel is None else channel


def is_private(playbook: TeamPlaybook, milestone: Milestone) -> bool:
    """Whether only the rep may hear of it."""
    return listener(playbook, milestone) != playbook.team.channel


def volume(playbook: TeamPlaybook, milestone: Milestone) -> Loudness:
    """What becomes of it in this team."""
    return playbook.team.celebrations.loudness(milestone)


def is_told(playbook: TeamPlaybook, milestone: Milestone) -> bool:
    """Whether the channel may hear of it at all."""
    is_off = volume(playbook, milestone) is Loudness.OFF
    return not is_off and not is_private(playbook, milestone)


def roundup_instant(team: Team, day: date) -> datetime:
    """The end of the team's day, in the team's zone."""
    return instant_in(team.zone, day, team.day_ends_at)


def last_roundup_day(team: Team, now: datetime) -> date:
    """The team's last weekday that was over by then: nobody is written to on a day off."""
    day = local_date_in(team.zone, now)
    while roundup_instant(team, day) > now or day.weekday() not in team.workdays:
        day -= ONE_DAY
    return day


def news_since(team: Team, now: datetime) -> datetime:
    """From when on good news is worth saying: 72 hours, or since the round-up before the last.

    A team that works three days a week hears of Wednesday evening on Monday.
    """
    last = last_roundup_day(team, now)
    before = last_roundup_day(team, roundup_instant(team, last) - timedelta(seconds=1))
    return min(now - WORTH_SAYING_FOR, roundup_instant(team, before))


def is_of_day(team: Team, milestone: Milestone, day: date) -> bool:
    """Whether it was reached on the team's day, or for it in the rep's own zone."""
    return milestone.reached_on >= day or local_date_in(team.zone, milestone.reached_at) == day


def by_rep(cheers: Iterable[Cheer]) -> dict[str | None, list[Cheer]]:
    """Grouped by rep in the order in which each first appears; the team's under None."""
    found: dict[str | None, list[Cheer]] = {}
    for cheer in cheers:
        found.setdefault(cheer.milestone.user_id, []).append(cheer)
    return found
