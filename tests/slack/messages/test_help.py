"""Help fits a phone's screen, speaks the team's own words, and differs for a manager."""

from collections.abc import Callable

import pytest

from bot.domain.grammar.coach import CoachTopic
from bot.slack.message import Message
from bot.slack.messages.help import coach_help, kudos_help, log_help, pace_help
from tests.slack.messages.good_news import MEETINGS, REVENUE, indicator

ALL = frozenset(CoachTopic)
OWN = (MEETINGS, indicator("Demos", 2, "demos"), REVENUE)
HELPS: dict[str, Callable[[bool], Message]] = {
    "/log": lambda leads: log_help(OWN, leads=leads),
    "/pace": lambda leads: pace_help(OWN, leads=leads, board=True),
    "/coach": lambda leads: coach_help(leads=leads, indicators=OWN, topics=ALL),
    "/kudos": lambda leads: kudos_help(OWN, leads=leads),
}


def words(message: Message) -> str:
    [block] = message.blocks
    return str(block["text"]["text"])


@pytest.mark.parametrize("leads", [True, False])
@pytest.mark.parametrize("command", HELPS)
def test_help_fits_a_phones_screen(command: str, leads: bool) -> None:
    said = words(HELPS[command](leads))
    assert len(said.splitlines()) <= 10
    assert len(said) <= 750


@pytest.mark.parametrize("command", ["/log", "/pace", "/kudos"])
def test_the_examples_are_the_teams_own(command: str) -> None:
    assert "5 First meetings" in words(HELPS[command](False))


@pytest.mark.parametrize("command", HELPS)
def test_a_manager_reads_something_else(command: str) -> None:
    assert words(HELPS[command](True)) != words(HELPS[command](False))


def test_only_what_is_there_is_mentioned() -> None:
    assert "board" not in words(pace_help(OWN, leads=False))
    assert "/coach prep" not in words(coach_help(leads=True, topics=[CoachTopic.DIGEST]))
    assert "/coach digest" in words(coach_help(leads=True, topics=[CoachTopic.DIGEST]))


def test_somebody_in_no_team_learns_what_to_do() -> None:
    assert "ask your manager" in words(coach_help(leads=False))
