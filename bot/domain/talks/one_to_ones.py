"""One-to-ones: when they were held, what was agreed, and which rep has waited too long for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Final

from bot.domain.days.calendar import RepCalendar
from bot.domain.days.periods import ONE_DAY

LONGEST_NOTE: Final = 2500
LONGEST_COMMITMENT: Final = 300
MOST_COMMITMENTS: Final = 5
"""What is agreed at once: more is a wish list."""
OVERDUE_AFTER_WEEKS: Final = 4
"""A rep without a one-to-one for that long is named in the digest."""
_A_WEEK: Final = 7
_LOOKING_BACK: Final = 14


@dataclass(frozen=True, slots=True)
class OneToOne:
    """One that was held, on the manager's local date. `manager` is the Slack id of who held it;
    the note is for those who lead the rep's team, never for the rep."""

    id: int
    person_id: int
    manager: str
    held_on: date
    note: str | None

    @property
    def fingerprint(self) -> str:
        """Tells apart what stands there."""
        said = f"{self.held_on}|{self.note or ''}"
        return blake2b(said.encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something that was agreed with the rep `person_id`, to be done by `owner` (both Slack ids in
    `rep` and `owner`), by `due_on` where a day was named: the owner's local date."""

    id: int
    person_id: int
    rep: str
    owner_id: int
    owner: str
    text: str
    due_on: date | None
    created_at: datetime
    done_at: datetime | None = None

    @property
    def is_the_reps(self) -> bool:
        return self.owner_id == self.person_id

    def is_overdue(self, today: date) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True, slots=True)
class NewCommitment:
    """One that is being agreed; `by_rep` where the rep is to do it, else the manager."""

    text: str
    by_rep: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A rep without a one-to-one for `weeks` full weeks; `ever` where there was one before."""

    person_id: int
    user_id: str
    weeks: int
    ever: bool


@dataclass(frozen=True, slots=True)
class Talks:
    """What a digest says of one-to-ones: who waits for one, longest first, and what is overdue.

    `people` maps the team's reps, by Slack id, to their ids.
    """

    waiting: tuple[Waiting, ...] = ()
    overdue: tuple[Commitment, ...] = ()
    people: tuple[tuple[str, int], ...] = ()


NO_TALKS: Final = Talks()
"""Nothing to say of them."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed at one one-to-one, as the rep reads it; `today` is the rep's local date."""

    manager: str
    commitments: tuple[Commitment, ...]
    today: date


@dataclass(frozen=True, slots=True)
class CommitmentDue:
    """What the reminder of a commitment says; `today` is its owner's local date."""

    commitment: Commitment
    today: date


@dataclass(frozen=True, slots=True)
class Notes:
    """A page of earlier one-to-ones with a rep, newest first; `today` is the date of the `reader`
    (a Slack id), who may change what the reader wrote."""

    reader: str
    user_id: str
    name: str | None
    today: date
    notes: tuple[OneToOne, ...]
    page: int
    has_older: bool


@dataclass(frozen=True, slots=True)
class NoteToEdit:
    """A one-to-one that whoever reads it wrote down, and the rep's Slack id."""

    held: OneToOne
    user_id: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A one-to-one that is on record; `repeated` where it had been before."""

    user_id: str
    held_on: date
    today: date
    commitments: int
    repeated: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """A commitment as it is now; `own` where the rep said so, `changed` unless it was so before."""

    commitment: Commitment
    own: bool
    changed: bool


def weeks_without(last: date | None, since: date, today: date) -> int:
    """Full weeks without a one-to-one: since the last, else since there could have been one."""
    return max((today - (last or since)).days, 0) // _A_WEEK


def in_order(commitments: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """By due day, those without one last."""
    return tuple(sorted(commitments, key=lambda each: (each.due_on or date.max, each.id)))


def reminder_day(due_on: date, calendar: RepCalendar) -> date | None:
    """The due day, or the last workday of the owner before it: nobody is reminded on a day off.

    None where the owner is away for two weeks up to it.
    """
    days = (due_on - number * ONE_DAY for number in range(_LOOKING_BACK + 1))
    return next((day for day in days if calendar.is_available(day)), None)


def commitment_key(commitment_id: int, due_on: date) -> str:
    """One reminder per commitment and due day."""
    return f"commitment:{commitment_id}:{due_on}"


def agreed_key(one_to_one_id: int) -> str:
    """One message to the rep about what was agreed at a one-to-one."""
    return f"agreed:{one_to_one_id}"
