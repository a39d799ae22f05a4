"""Rules about a team's week: zone, workdays, holidays, hours and the ramp of new hires."""

from datetime import time

from bot.domain.days.public_holidays import public_holidays
from bot.domain.errors import Refusal
from bot.domain.playbook.amounts import has_two_places
from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.people import zone_faults
from bot.domain.playbook.plans import TeamPlan


def schedule_faults(path: Path, team: TeamPlan) -> Faults:
    """A week in which the team never works, or in which its messages could not go out."""
    yield from zone_faults((*path, "timezone"), team.timezone)
    yield from _holiday_faults((*path, "holidays"), team.holidays)
    if not team.workdays:
        yield Fault((*path, "workdays"), "is empty: name at least one day, like [mon, tue]")
    yield from _hour_faults(path, team)
    for n, weight in enumerate(team.ramp):
        if not (weight.is_finite() and 0 < weight <= 1 and has_two_places(weight)):
            sentence = "must be more than 0 and at most 1, with two decimals at most, like 0.25"
            yield Fault((*path, "ramp", n), sentence)


def _hour_faults(path: Path, team: TeamPlan) -> Faults:
    if team.day_ends_at <= team.nudge_at:
        yield Fault((*path, "day_ends_at"), _too_late("the team's nudge_at", team.nudge_at))
    for n, rep in enumerate(team.reps):
        if rep.nudge_at is not None and team.day_ends_at <= rep.nudge_at:
            sentence = f"must be before the team's day_ends_at, {team.day_ends_at:%H:%M}"
            yield Fault((*path, "reps", n, "nudge_at"), sentence)


def _too_late(what: str, at: time) -> str:
    return f"must be after {what}, {at:%H:%M}"


def _holiday_faults(path: Path, code: str | None) -> Faults:
    try:
        public_holidays(code)
    except Refusal as refusal:
        yield Fault(path, refusal.sentence)
