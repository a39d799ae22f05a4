"""A milestone, told to the rep who has just reached it: "That's your 3rd week in a row …"."""

from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.quantities import Measure
from bot.slack.words.amounts import name, ordinal, streak_unit

_HOURS = {Measure.HOURS: " hours"}


def praise(milestone: Milestone) -> str:
    """One sentence of mrkdwn, escaped."""
    return _SENTENCES[milestone.kind](milestone)


def _what(milestone: Milestone) -> str:
    return "it" if milestone.indicator is None else f"*{name(milestone.indicator)}*"


def _first_entry(_: Milestone) -> str:
    return "Your first entry: you're off."


def _target(milestone: Milestone) -> str:
    return f"{_what(milestone)}: target reached."


def _sweep(_: Milestone) -> str:
    return "A clean sweep: every behaviour of the week is on target."


def _streak(milestone: Milestone) -> str:
    unit = "period" if milestone.indicator is None else streak_unit(milestone.indicator)
    return f"That's your {ordinal(milestone.threshold or 0)} {unit} in a row on {_what(milestone)}."


def _best_week(milestone: Milestone) -> str:
    return f"Your best week of {_what(milestone)} so far."


def _lifetime(milestone: Milestone) -> str:
    unit = "" if milestone.indicator is None else _HOURS.get(milestone.indicator.unit.measure, "")
    return f"That makes {milestone.threshold or 0:,}{unit} of {_what(milestone)} in all."


def _percent(milestone: Milestone) -> str:
    return f"{_what(milestone)}: {milestone.threshold} % of your target."


def _team_target(milestone: Milestone) -> str:
    return f"And the whole team is on target for {_what(milestone)}."


def _team_percent(milestone: Milestone) -> str:
    return f"That takes the team to {milestone.threshold} % of its target for {_what(milestone)}."


_SENTENCES = {
    MilestoneKind.FIRST_ENTRY: _first_entry,
    MilestoneKind.TARGET: _target,
    MilestoneKind.SWEEP: _sweep,
    MilestoneKind.STREAK: _streak,
    MilestoneKind.BEST_WEEK: _best_week,
    MilestoneKind.LIFETIME: _lifetime,
    MilestoneKind.RESULT: _percent,
    MilestoneKind.TEAM_TARGET: _team_target,
    MilestoneKind.TEAM_RESULT: _team_percent,
}
