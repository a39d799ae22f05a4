"""How the team works and what its channel hears: times, days, channel, good news, new reps."""

from datetime import time
from decimal import Decimal
from typing import Final

from bot.domain.forms import FormRefused
from bot.domain.grammar.numbers import read_number
from bot.domain.loudness import Celebrations, Loudness
from bot.domain.milestones import MilestoneKind
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import ChangeSettings, Edit
from bot.domain.quantities import plain
from bot.domain.teams import WeekMoment
from bot.slack.views import fields
from bot.slack.views.coach.parts import form, small
from bot.slack.views.coach.place import Kept
from bot.slack.views.coach.words import WEEKDAYS, zone_words, zones
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled

_YES: Final = "yes"
_USUAL: Final = "usual"
_HUNDRED: Final = Decimal(100)
KINDS: Final = {
    MilestoneKind.FIRST_ENTRY: "A first entry",
    MilestoneKind.TARGET: "A target reached",
    MilestoneKind.SWEEP: "A clean sweep (all targets of a week)",
    MilestoneKind.STREAK: "A streak",
    MilestoneKind.BEST_WEEK: "A personal best week",
    MilestoneKind.LIFETIME: "A round number (50, 100, 250…)",
    MilestoneKind.RESULT: "A rep's result",
    MilestoneKind.TEAM_TARGET: "All reps on target",
    MilestoneKind.TEAM_RESULT: "The team's result",
}
_VOLUMES: Final = {
    Loudness.LOUD: "At once",
    Loudness.QUIET: "In the day's round-up",
    Loudness.OFF: "Not at all",
}
_USUALLY: Final = {
    MilestoneKind.SWEEP: "at once",
    MilestoneKind.STREAK: "at once from 10",
    MilestoneKind.LIFETIME: "at once from 250",
    MilestoneKind.RESULT: "at once from 100 %",
    MilestoneKind.TEAM_RESULT: "at once from 100 %",
}
_DAYS: Final = [(str(n), name) for n, name in enumerate(WEEKDAYS)]


def times_form(desk: Desk, kept: Kept) -> Json:
    """Workdays, hours, zone and channel."""
    plan = desk.plan
    zone = f"Empty: {zone_words(desk.playbook.timezone)}, the workspace's."
    blocks = [
        fields.channel("channel", "Channel", plan.channel, hint=_CHANNEL),
        fields.ticks("workdays", "Workdays", _DAYS, map(str, plan.workdays), optional=False),
        fields.clock("nudge_at", "Nudge reps at", plan.nudge_at, hint=_LOCAL),
        fields.clock("day_ends_at", "The day ends at", plan.day_ends_at, hint=_ENDS),
        fields.choice("digest_at", "Digest on", _DAYS, str(plan.digest_at.weekday)),
        fields.clock("digest_time", "Digest at", plan.digest_at.time, hint=_DIGEST),
        fields.grouped_choice(
            "timezone", "Time zone", zones(plan.timezone), plan.timezone, optional=True, hint=zone
        ),
        fields.line(
            "holidays",
            "Public holidays",
            plan.holidays,
            optional=True,
            placeholder="GB",
            hint=_HOLIDAYS,
        ),
    ]
    return form("Times and channel", kept, blocks)


_CHANNEL: Final = "For good news. Invite @Pacesetter there. Empty: good news goes nowhere."
_LOCAL: Final = "Each rep's local time; one nudge a day at most, and only when it helps."
_ENDS: Final = "No nudges later; the round-up of good news goes out then."
_DIGEST: Final = "Each manager's local time."
_HOLIDAYS: Final = (
    "A country's code, with a region where you like: GB, GB-ENG, DE-BY, US. "
    "Nothing is expected on those days. Empty: none."
)


def times_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    days = frozenset(int(day) for day in filled.many("workdays") if day in dict(_DAYS))
    if not days:
        raise FormRefused({"workdays": "Choose at least one day."})
    change = ChangeSettings(
        channel=filled.chosen("channel"),
        timezone=filled.chosen("timezone"),
        workdays=days,
        holidays=filled.text("holidays"),
        nudge_at=_time(filled, "nudge_at"),
        day_ends_at=_time(filled, "day_ends_at"),
        digest_at=WeekMoment(_weekday(filled), _time(filled, "digest_time")),
    )
    return (change,)


def _weekday(filled: Filled) -> int:
    chosen = filled.chosen("digest_at")
    if chosen not in dict(_DAYS):
        raise FormRefused({"digest_at": "Choose a day."})
    return int(chosen)


def _time(filled: Filled, name: str) -> time:
    given = filled.time(name)
    if given is None:
        raise FormRefused({name: "Choose a time."})
    return given


def news_form(desk: Desk, kept: Kept) -> Json:
    """The leaderboard, and what the channel hears of each kind of milestone."""
    plan = desk.plan
    board = [(_YES, "Show a leaderboard of behaviours")]
    said = plan.celebrations.by_kind()
    blocks = [
        fields.ticks(
            "leaderboard", "Leaderboard", board, [_YES] if plan.leaderboard else [], hint=_BOARD
        ),
        small("*What the channel hears*: five posts a day at most.", "what"),
        *(
            fields.choice(kind.value, label, _volumes(kind), said.get(kind, _USUAL))
            for kind, label in KINDS.items()
        ),
    ]
    return form("Good news", kept, blocks)


_BOARD: Final = "Against each one's own target, never revenue. Reps can leave it."


def _volumes(kind: MilestoneKind) -> list[tuple[str, str]]:
    usual = _USUALLY.get(kind, "in the round-up")
    listed = [(each.value, label) for each, label in _VOLUMES.items()]
    return [(_USUAL, f"As usual ({usual})"), *listed]


def news_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    chosen = {kind: filled.chosen(kind.value) for kind in KINDS}
    said = {kind: Loudness(volume) for kind, volume in chosen.items() if volume in set(Loudness)}
    board = _YES in filled.many("leaderboard")
    return (ChangeSettings(leaderboard=board, celebrations=Celebrations.of(said)),)


def ramp_form(desk: Desk, kept: Kept) -> Json:
    """How targets grow for somebody new."""
    plan = desk.plan
    shares = ", ".join(plain(share * _HUNDRED) for share in plan.ramp)
    results = [(_YES, "Results grow too")]
    blocks = [
        fields.line(
            "ramp",
            "Percent of the target, week by week",
            shares,
            optional=True,
            placeholder="25, 50, 75",
            hint="The week of the first day is the first. Empty: full targets from the first day.",
        ),
        fields.ticks("ramp_results", "Results", results, [_YES] if plan.ramp_results else []),
    ]
    return form("New reps", kept, blocks)


def ramp_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    typed = (filled.text("ramp") or "").replace("%", " ").replace(";", ",")
    parts = [part.strip() for part in typed.split(",") if part.strip()]
    shares = tuple(_share(part) for part in parts)
    return (ChangeSettings(ramp=shares, ramp_results=_YES in filled.many("ramp_results")),)


def _share(typed: str) -> Decimal:
    percent = read_number(typed)
    if percent is None or not percent.is_finite() or not 0 < percent <= _HUNDRED:
        raise FormRefused({"ramp": "Type percents above 0 up to 100, like 25, 50, 75."})
    return percent / _HUNDRED
