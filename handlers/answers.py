"""Which message answers which outcome."""

from typing import assert_never

from bot.domain.entries import Recorded, Undone
from bot.domain.nudging.next_steps import next_step
from bot.services.leaderboards import Board
from bot.services.reminding import Planned
from bot.services.requests.helping import HelpWanted
from bot.services.requests.log_command import RecentEntries
from bot.services.requests.pace_command import (
    CANCELLED,
    ENTERED,
    PaceOutcome,
    ShownNext,
    ShownScorecard,
    Snoozed,
    TimeOff,
)
from bot.services.requests.team_numbers import TeamNumbers
from bot.slack.message import Message
from bot.slack.messages import help as helping
from bot.slack.messages import notices, reminder
from bot.slack.messages.leaderboard import board_message
from bot.slack.messages.log_reply import log_reply, undo_reply
from bot.slack.messages.scorecard import next_message, scorecard_message
from bot.slack.messages.team import OtherTeam, team_message


def log_message(outcome: Recorded | Undone | RecentEntries | HelpWanted) -> Message:
    """The answer to `/log`."""
    match outcome:
        case Recorded():
            return log_reply(outcome)
        case Undone():
            return undo_reply(outcome)
        case RecentEntries():
            return notices.recent_entries(outcome.entries, outcome.today)
        case HelpWanted():
            return helping.log_help(outcome.indicators, leads=outcome.leads)
        case _:
            assert_never(outcome)


def pace_message(outcome: PaceOutcome) -> Message:
    """The answer to `/pace`."""
    match outcome:
        case ShownScorecard() | ShownNext() | TeamNumbers() | Board():
            return _numbers(outcome)
        case Snoozed():
            return notices.snoozed(outcome.until, outcome.today)
        case TimeOff():
            return time_off_message(outcome)
        case Planned():
            return reminder.planned(outcome.facts, outcome.today, outcome.change)
        case HelpWanted():
            return helping.pace_help(outcome.indicators, leads=outcome.leads, board=outcome.board)
        case _:
            assert_never(outcome)


def _numbers(outcome: ShownScorecard | ShownNext | TeamNumbers | Board) -> Message:
    match outcome:
        case ShownScorecard():
            return scorecard_message(
                outcome.scorecard,
                own=outcome.own,
                commitments=outcome.commitments,
                plans=outcome.plans,
            )
        case ShownNext():
            return next_message(next_step(outcome.scorecard), outcome.scorecard)
        case TeamNumbers():
            return _team(outcome)
        case Board(team, places, of, user_id, whole):
            return board_message(team, places, of, user_id, whole=whole)
        case _:
            assert_never(outcome)


def time_off_message(outcome: TimeOff) -> Message:
    """What was entered, cancelled or is there."""
    whose = "You" if outcome.own else f"<@{outcome.user_id}>"
    if outcome.change == ENTERED:
        verb = "You are" if outcome.own else f"{whose} is"
        return notices.away(outcome.absences[0], verb, outcome.today)
    if outcome.change == CANCELLED:
        return notices.cancelled(outcome.absences, whose, outcome.today)
    return notices.absences(outcome.absences, whose, outcome.today)


def _team(outcome: TeamNumbers) -> Message:
    others = [OtherTeam(each.team.id, each.team.name) for each in outcome.others]
    return team_message(outcome.playbook.team.name, outcome.scorecards, others)
