"""Praise from one colleague to another: how much of it, and what it says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.domain.errors import Refusal
from bot.domain.feats.celebrations import Cheer

MOST_A_DAY: Final = 10
"""Kudos that one person may give on one local date, those taken back included."""
LONGEST_REASON: Final = 500
"""Characters: a channel reads a line, not a letter."""
UNDO_WITHIN: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Kudos:
    """One kudos. `about` is the key of the celebration that it is for, or `week:<Monday>`.

    `given_on` is the giver's local date; `reason` is as it was typed, None where none was.
    """

    id: int
    team_id: int
    giver_id: int
    receiver_id: int
    giver: str
    receiver: str
    reason: str | None
    about: str | None
    given_on: date
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Given:
    """What came of giving: where it is told, and the how manieth of the day it was.

    `channel` is None where the receiver alone is told. `on_the_spot` says that the celebration
    itself shows it. `repeated` that it had been given before; `number` is then today's count.
    `waits` that nothing can be written in the channel at the moment.
    """

    receiver: str
    channel: str | None
    number: int
    on_the_spot: bool = False
    repeated: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A kudos that its giver took back."""

    receiver: str


@dataclass(frozen=True, slots=True)
class KudosFacts:
    """What one kudos says. `cheers` is what it is for, where a manager gave it for a week.

    `alone` says that only the receiver reads it.
    """

    giver: str
    receiver: str
    reason: str | None
    cheers: tuple[Cheer, ...] = ()
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """How many kudos somebody got."""

    user_id: str
    count: int


def week_about(monday: date) -> str:
    """What kudos for a whole week are about."""
    return f"week:{monday}"


def week_of(about: str | None) -> date | None:
    """The Monday of the week that kudos are about; None for what is about something else."""
    kind, _, monday = (about or "").partition(":")
    return date.fromisoformat(monday) if kind == "week" else None


def check_kudos(giver_id: int, receiver_id: int, given_today: int, reason: str | None) -> None:
    """Raises Refusal for thanking oneself, for the eleventh of a day and for a letter."""
    if giver_id == receiver_id:
        raise Refusal("Kudos are for others: somebody else has to thank you.")
    if reason and len(reason) > LONGEST_REASON:
        raise Refusal(
            f"That reason has {len(reason):,} characters: keep it to {LONGEST_REASON}, "
            "so that the channel reads it."
        )
    if given_today >= MOST_A_DAY:
        raise Refusal(
            f"You have given {MOST_A_DAY} kudos today, which is as many as there are. "
            "Tomorrow there are more."
        )
