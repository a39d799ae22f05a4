"""The week's good news for the channel, and nothing else (design §2.7)."""

from dataclasses import dataclass

from bot.domain.coaching.benchmarks import FEWEST_PEOPLE
from bot.domain.days.periods import Period
from bot.domain.feats.celebrations import Cheer
from bot.domain.feats.kudos import Received
from bot.domain.progress.leaderboards import Place
from bot.domain.reports.digests import OnTarget


@dataclass(frozen=True, slots=True)
class RecapFacts:
    """What a team may be proud of; `on_target` only where more reps are than the week before."""

    team: str
    week: Period
    cheers: tuple[Cheer, ...]
    on_target: OnTarget | None = None
    kudos: tuple[Received, ...] = ()
    top: tuple[Place, ...] = ()


def worth_telling(on_target: OnTarget) -> OnTarget | None:
    """The count of reps on target where it is good news, and says nothing about a single rep."""
    is_good = on_target.reps > on_target.before
    return on_target if is_good and on_target.of >= FEWEST_PEOPLE else None
