"""What may be changed in a playbook, one value for each form.

The fields are named as the inputs of the form: what is wrong with one is said under its name
(`FormRefused.errors`). `KEEP` leaves a thing as it is, None clears it. Teams, results and
behaviours are meant by name, people by Slack id.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Final, Literal

from bot.domain.days.periods import PeriodKind
from bot.domain.loudness import Celebrations
from bot.domain.playbook.plans import TeamPlan
from bot.domain.teams import WeekMoment


class Kept(Enum):
    """What a form doesn't ask for."""

    KEEP = "keep"


KEEP: Final[Literal[Kept.KEEP]] = Kept.KEEP


@dataclass(frozen=True, slots=True)
class ChangeWorkspace:
    """The workspace's own name and zone (admins)."""

    name: str | Kept | None = KEEP
    timezone: str | Kept = KEEP


@dataclass(frozen=True, slots=True)
class AddTeam:
    """A new team, or a retired one of that name back with its history (admins)."""

    name: str
    channel: str | None = None
    managers: tuple[str, ...] = ()
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class RetireTeam:
    """No more team; its history stays (admins)."""


@dataclass(frozen=True, slots=True)
class RenameTeam:
    """Another name for the same team."""

    name: str


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """The team's times, days, channel and manners."""

    channel: str | Kept | None = KEEP
    timezone: str | Kept | None = KEEP
    workdays: frozenset[int] | Kept = KEEP
    holidays: str | Kept | None = KEEP
    nudge_at: time | Kept = KEEP
    day_ends_at: time | Kept = KEEP
    digest_at: WeekMoment | Kept = KEEP
    ramp: tuple[Decimal, ...] | Kept = KEEP
    ramp_results: bool | Kept = KEEP
    leaderboard: bool | Kept = KEEP
    celebrations: Celebrations | Kept = KEEP


@dataclass(frozen=True, slots=True)
class SetManagers:
    """Who leads the team, in order: the first one stands for it (admins)."""

    managers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddRep:
    """A rep joins the team, or comes back to it."""

    user: str
    name: str | None = None
    segment: str | None = None
    timezone: str | None = None
    started_on: date | None = None
    leaves_on: date | None = None
    nudge_at: time | None = None


@dataclass(frozen=True, slots=True)
class ChangeRep:
    """A rep's details. The rep may change the rep's own `nudge_at` and `timezone`."""

    user: str
    name: str | Kept | None = KEEP
    segment: str | Kept | None = KEEP
    timezone: str | Kept | None = KEEP
    started_on: date | Kept | None = KEEP
    leaves_on: date | Kept | None = KEEP
    nudge_at: time | Kept | None = KEEP


@dataclass(frozen=True, slots=True)
class MoveRep:
    """A rep goes to the team of the name `to`, which the caller has to lead too.

    Targets of the rep's own stay behind, and so does a segment that the other team doesn't have.
    """

    user: str
    to: str


@dataclass(frozen=True, slots=True)
class RemoveRep:
    """A rep leaves the team today; history stays."""

    user: str


@dataclass(frozen=True, slots=True)
class AddResult:
    """A new result, or a retired one back with its history. `unit` None: the name."""

    name: str
    target: Decimal
    period: PeriodKind
    unit: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AddBehaviour:
    """A new behaviour that drives `result`, or a retired one back with its history."""

    name: str
    result: str
    target: Decimal
    period: PeriodKind = PeriodKind.WEEK
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeIndicator:
    """Another name, unit, period, aliases or next step of the result or behaviour `indicator`.

    It stays the same one: its entries, targets and streaks go with it. `unit` None: the name. The
    measure (counts, hours, a currency) can't change once something has been logged.
    """

    indicator: str
    name: str | Kept = KEEP
    unit: str | Kept | None = KEEP
    aliases: tuple[str, ...] | Kept = KEEP
    leads_to: str | Kept | None = KEEP
    period: PeriodKind | Kept = KEEP


@dataclass(frozen=True, slots=True)
class RetireIndicator:
    """Not logged any more from today; a result takes the behaviours that drive it along.

    What led to a retired behaviour leads on to its next step. History stays.
    """

    indicator: str


@dataclass(frozen=True, slots=True)
class MoveIndicator:
    """To another place (0 is the first) among the results, or among a result's behaviours.

    `result` names the result that a behaviour drives from now on; None: the same.
    """

    indicator: str
    place: int
    result: str | None = None


@dataclass(frozen=True, slots=True)
class SetTarget:
    """What is expected in a period: of the whole team, of one rep (`user`), or of a `segment`.

    `period` None: as it is. `since` None: today. A change counts from the first period that begins
    then or later; the team's target can only change from today.
    """

    indicator: str
    target: Decimal
    period: PeriodKind | None = None
    user: str | None = None
    segment: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EndOverride:
    """The rep or segment has the team's target again, from the next period on."""

    indicator: str
    user: str | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class ApplyTemplate:
    """What `plan` counts, in place of what the team counts; people and times stay.

    Same names keep their history. Of the template's overrides those stay whose segment the team
    has.
    """

    plan: TeamPlan


Edit = (
    ChangeWorkspace
    | AddTeam
    | RetireTeam
    | RenameTeam
    | ChangeSettings
    | SetManagers
    | AddRep
    | ChangeRep
    | MoveRep
    | RemoveRep
    | AddResult
    | AddBehaviour
    | ChangeIndicator
    | RetireIndicator
    | MoveIndicator
    | SetTarget
    | EndOverride
    | ApplyTemplate
)
