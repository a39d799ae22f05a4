"""What a rep decides alone: when nudges come, who hears of good news, what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from bot.domain.days.absences import check_snooze
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.teams import Rep, Team

NUDGE_AT: Final = "nudge_at"
NUDGES: Final = "nudges"
SNOOZED: Final = "snoozed"
QUIET: Final = "quiet"
CELEBRATE: Final = "celebrate"
LEADERBOARD: Final = "leaderboard"
"""Names of the form's fields."""

WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
NUDGE_TIME: Final = "the nudge time"
"""The one setting that others may change, too."""
_WHAT: Final[Mapping[str, str]] = {
    "nudge_at": NUDGE_TIME,
    "paused": "whether nudges are paused",
    "snoozed_until": "the snooze",
    "quiet_weekdays": "the quiet days",
    "celebrate_alone": "who hears of your milestones",
    "off_leaderboard": "the leaderboard",
}


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """A rep's settings. `nudge_at` None: the team's time; `snoozed_until` the local date on which
    nudges begin again; `quiet_weekdays` Monday 0."""

    nudge_at: time | None
    paused: bool
    snoozed_until: date | None
    quiet_weekdays: frozenset[int]
    celebrate_alone: bool
    off_leaderboard: bool

    def as_text(self) -> dict[str, str]:
        """Each setting as one text: for a form's metadata and the audit log."""
        return {
            "nudge_at": f"{self.nudge_at:%H:%M}" if self.nudge_at else "",
            "paused": str(self.paused).lower(),
            "snoozed_until": self.snoozed_until.isoformat() if self.snoozed_until else "",
            "quiet_weekdays": ",".join(map(str, sorted(self.quiet_weekdays))),
            "celebrate_alone": str(self.celebrate_alone).lower(),
            "off_leaderboard": str(self.off_leaderboard).lower(),
        }


@dataclass(frozen=True, slots=True)
class FilledSettings:
    """What came back from the form, as chosen; `shown` is what it showed when it was opened."""

    nudge_at: str | None
    nudges: str | None
    snoozed: str | None
    quiet: tuple[str, ...]
    celebrate: str | None
    leaderboard: str | None
    shown: Mapping[str, str]


ON, PAUSED = "on", "paused"
IN_PUBLIC, ALONE = "channel", "alone"
TAKES_PART, LEFT = "in", "out"
"""What may be chosen."""


def settings_of(rep: Rep, team: Team, now: datetime) -> OwnSettings:
    """The settings in force; a snooze that is over is none."""
    until = rep.snoozed_until
    own_time = None if rep.nudge_at == team.nudge_at else rep.nudge_at
    return OwnSettings(
        nudge_at=own_time,
        paused=rep.paused,
        snoozed_until=rep.calendar.local_date(until) if until and until > now else None,
        quiet_weekdays=rep.quiet_weekdays,
        celebrate_alone=rep.celebrate_alone,
        off_leaderboard=rep.off_leaderboard,
    )


def chosen(form: FilledSettings, before: OwnSettings, team: Team, today: date) -> OwnSettings:
    """The settings that the form asks for. Raises FormRefused with what is wrong at its field."""
    errors: dict[str, str] = {}
    nudge_at = _time(form.nudge_at, team, errors)
    return _without_errors(
        OwnSettings(
            nudge_at=None if nudge_at == team.nudge_at else nudge_at,
            paused=_one_of(form.nudges, (ON, PAUSED), NUDGES, errors) == PAUSED,
            snoozed_until=_date(form.snoozed, before.snoozed_until, today, errors),
            quiet_weekdays=_weekdays(form.quiet, errors),
            celebrate_alone=_one_of(form.celebrate, (IN_PUBLIC, ALONE), CELEBRATE, errors) == ALONE,
            off_leaderboard=_one_of(form.leaderboard, (TAKES_PART, LEFT), LEADERBOARD, errors)
            == LEFT,
        ),
        errors,
    )


def changed_meanwhile(shown: Mapping[str, str], now: OwnSettings) -> tuple[str, ...]:
    """Which settings aren't what the form showed any more, in words."""
    return tuple(_WHAT[each] for each, value in now.as_text().items() if shown.get(each) != value)


def _without_errors(settings: OwnSettings, errors: Mapping[str, str]) -> OwnSettings:
    if errors:
        raise FormRefused(errors)
    return settings


def _time(given: str | None, team: Team, errors: dict[str, str]) -> time | None:
    try:
        at = time.fromisoformat(given or "").replace(tzinfo=None)
    except ValueError:
        errors[NUDGE_AT] = "Choose a time of day, like 10:00."
        return None
    if at >= team.day_ends_at:
        errors[NUDGE_AT] = f"Choose a time before {team.day_ends_at:%H:%M}, when your day ends."
    return at


def _date(
    given: str | None, before: date | None, today: date, errors: dict[str, str]
) -> date | None:
    if not given:
        return None
    try:
        until = date.fromisoformat(given)
        if until != before:
            check_snooze(until, today)
    except ValueError:
        errors[SNOOZED] = "Choose a day, or leave it empty."
        return None
    except Refusal:
        errors[SNOOZED] = "Choose a day ahead, within three months, or leave it empty."
        return None
    return until


def _weekdays(given: tuple[str, ...], errors: dict[str, str]) -> frozenset[int]:
    known = {str(day): day for day in range(len(WEEKDAYS))}
    if any(each not in known for each in given):
        errors[QUIET] = "Choose weekdays."
    return frozenset(known[each] for each in given if each in known)


def _one_of(
    given: str | None, known: tuple[str, str], field: str, errors: dict[str, str]
) -> str | None:
    if given not in known:
        errors[field] = "Choose one of these."
    return given
