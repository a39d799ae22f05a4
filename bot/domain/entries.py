"""What was logged, and what came of logging it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bot.domain.grammar.requests import LogRequest, Outcome
from bot.domain.indicators import Indicator
from bot.domain.milestones import Milestone
from bot.domain.progress.pace import Progress


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from, and the key by which a double click is known for one.

    `dedupe_key` is Slack's `trigger_id`, or another text that is unique for ever in a workspace.
    """

    source: str
    dedupe_key: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One logged amount of a behaviour or a result, on the rep's local date `day`.

    The rows of one deal share `deal`, and each has the deal's outcome, amount and reason.
    `replaced_by` is the entry that an edit put in its place.
    """

    id: int
    person_id: int
    indicator: Indicator
    quantity: Decimal
    day: date
    source: str
    recorded_at: datetime
    account: str | None = None
    note: str | None = None
    deal: str | None = None
    outcome: Outcome | None = None
    amount: Decimal | None = None
    reason: str | None = None
    undone_at: datetime | None = None
    replaced_by: int | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A row to be: the `number`th of a request, on which its dedupe key ends."""

    workspace_id: str
    person_id: int
    indicator: Indicator
    quantity: Decimal
    request: LogRequest
    origin: Origin
    number: int
    deal: str | None
    occurred_at: datetime
    recorded_at: datetime

    @property
    def dedupe_key(self) -> str:
        return row_key(self.origin.dedupe_key, self.number)


def row_key(dedupe_key: str, number: int) -> str:
    """What makes the `number`th row of a request unique."""
    return f"{dedupe_key}:{number}"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request on record, and the periods it moved, those that hold `day`, as they stand now.

    `today` is the rep's local date. `first` where these are the first entries the rep ever made.
    `repeated` where the same request had been recorded before, and nothing was now. Streaks are
    not counted in `progress`.
    """

    entries: tuple[Entry, ...]
    day: date
    today: date
    progress: tuple[Progress, ...]
    milestones: tuple[Milestone, ...] = ()
    first: bool = False
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Undone:
    """Entries taken back (all rows of a deal), and the periods that they moved.

    `repeated` where they had been taken back before, and nothing was now.
    """

    entries: tuple[Entry, ...]
    day: date
    today: date
    progress: tuple[Progress, ...]
    repeated: bool = False
