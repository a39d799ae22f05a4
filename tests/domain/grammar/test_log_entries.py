"""`entry {, entry}`: quantities and behaviours in either order (interface.md, grammar of /log)."""

import pytest

from bot.domain.grammar.log import (
    ListRecent,
    OpenForm,
    ShowHelp,
    UndoLast,
    parse_log,
    parse_log_command,
)
from bot.domain.grammar.refusals import NotUnderstood
from tests.domain.grammar.team import TEAM, TODAY, amounts, read, refused

CALLS, MEETINGS, DEMOS, TIME = "Prospecting calls", "First meetings", "Demos", "Selling time"


@pytest.mark.parametrize(
    "text",
    "5 calls|calls 5|5x calls|x5 calls|5 x calls|calls x5|five calls|5 CALLS|５ calls|  5   calls  "
    "|5calls|calls: 5|calls = 5|5.00 calls|5,0 calls|5 call|×5 calls|5 of calls|“5 calls”|`5 calls`"
    "|5\u00a0calls|\u200f5 calls|5️⃣ calls|/log 5 calls|5 prospecting  calls|+5 calls".split("|"),
)
def test_a_quantity_and_a_behaviour_stand_in_either_order(text: str) -> None:
    assert amounts(text) == [("5", CALLS)]


@pytest.mark.parametrize("text", ["call", "a call", "an call", "one call", "1 call", "call 1"])
def test_the_quantity_is_one_when_left_out(text: str) -> None:
    assert amounts(text) == [("1", CALLS)]


def test_words_count_up_to_twelve() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve".split()
    counted = [amounts(f"{word} calls")[0][0] for word in words]
    assert counted == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize(
    "text, quantity",
    [
        ("2.5 calls", "2.5"),
        ("2,5 calls", "2.5"),
        (".5 calls", "0.5"),
        ("0.25 calls", "0.25"),
        ("1,000 calls", "1000"),
        ("½ calls", "0.5"),
        ("1½ calls", "1.5"),
        ("1,234.5 calls", "1234.5"),
    ],
)
def test_quantities_have_up_to_two_decimals(text: str, quantity: str) -> None:
    assert amounts(text) == [(quantity, CALLS)]


@pytest.mark.parametrize(
    "text, hours",
    [
        ("1h30 prospecting", "1.5"),
        ("1h prospecting", "1"),
        ("1.5h prospecting", "1.5"),
        ("90m prospecting", "1.5"),
        ("90 min prospecting", "1.5"),
        ("1:30 prospecting", "1.5"),
        ("1 hour 30 prospecting", "1.5"),
        ("2 hours prospecting", "2"),
        ("1h20 prospecting", "1.33"),
        ("1h30 of prospecting", "1.5"),
        ("prospecting 1h30m", "1.5"),
        ("an hour selling time", "1"),
        ("half an hour of selling time", "0.5"),
        ("prospecting for two hours", "2"),
        ("1 hour and 15 minutes prospecting", "1.25"),
        ("2 prospecting", "2"),
        ("1h30prospecting", ""),
        ("1h 30 selling", "1.5"),
        ("1m prospecting", "0.02"),
        ("24h prospecting", "24"),
    ],
)
def test_behaviours_in_hours_take_durations(text: str, hours: str) -> None:
    if hours:
        assert amounts(text) == [(hours, TIME)]
    else:
        refused(text)


@pytest.mark.parametrize(
    "text",
    "3 calls, 1 demo, 2 meetings|3 calls,1 demo,2 meetings|3 calls and a demo, two meetings"
    "|calls 3,demo,2 meetings|3 calls + 1 demo & 2 meetings|3 calls\n1 demo\n2 meetings"
    "|3 calls, demo 1, and 2 meetings|calls 3, demos, fm 2,|calls 3,1 demo,2 fm".split("|"),
)
def test_entries_are_separated_by_commas_lines_or_and(text: str) -> None:
    assert amounts(text) == [("3", CALLS), ("1", DEMOS), ("2", MEETINGS)]


def test_the_examples_of_the_interface_are_read() -> None:
    assert amounts("5 calls") == [("5", CALLS)]
    meeting = read("first meeting with Acme yesterday; met the CFO")
    assert (meeting.account, meeting.note) == ("Acme", "met the CFO")
    assert amounts("3 calls, 1 demo, 2 meetings tue")[2] == ("2", MEETINGS)
    assert amounts("1h30 prospecting 2026-11-20") == [("1.5", TIME)]


def test_twenty_entries_fit_a_line_and_no_more() -> None:
    assert len(read(", ".join(["calls"] * 20)).entries) == 20
    assert "20 entries" in refused(", ".join(["calls"] * 21)).sentence


def test_the_first_word_opens_what_is_not_an_entry() -> None:
    commands = [
        parse_log_command(text, TEAM, TODAY) for text in ("", " Undo ", "list", "help", "?")
    ]
    assert commands == [OpenForm(), UndoLast(), ListRecent(), ShowHelp(), ShowHelp()]
    assert parse_log_command("5 calls", TEAM, TODAY) == read("5 calls")


def test_a_team_without_behaviours_is_told_who_can_add_them() -> None:
    with pytest.raises(NotUnderstood, match="manager can add"):
        parse_log("5 calls", (), TODAY)
