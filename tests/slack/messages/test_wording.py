"""What messages say: amounts, days, bars, statuses, praise."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.days.periods import PeriodKind, period_of
from bot.domain.entries import Recorded
from bot.domain.milestones import Milestone, MilestoneKind
from bot.domain.progress.pace import Status
from bot.domain.quantities import unit_named
from bot.slack.messages.log_reply import log_reply
from bot.slack.messages.nudge import nudge
from bot.slack.messages.praise import praise
from bot.slack.messages.pressed import with_answer
from bot.slack.rendering import shortened
from bot.slack.words.amounts import amount, day_words, logged, ordinal, period_words
from bot.slack.words.progress import MARKS, WORDS, bar
from tests.slack.messages.samples import (
    NOW,
    TODAY,
    entry,
    indicator,
    nudge_facts,
    progress,
    recorded,
)


@pytest.mark.parametrize(
    "quantity, unit, words",
    [
        ("5", "calls", "5 calls"),
        ("1.5", "hours", "1.5 h"),
        ("4200", "GBP", "GBP 4,200"),
        ("4200.50", "EUR", "EUR 4,200.50"),
        ("1000", "calls", "1,000 calls"),
    ],
)
def test_an_amount_is_written_with_its_unit(quantity: str, unit: str, words: str) -> None:
    assert amount(Decimal(quantity), unit_named(unit)) == words


def test_an_entry_is_written_without_needing_a_singular() -> None:
    assert logged(Decimal(1), indicator()) == "1 × First meetings"
    assert logged(Decimal("1.5"), indicator(unit="hours")) == "1.5 h of First meetings"


@pytest.mark.parametrize(
    "day, words",
    [
        (TODAY, "today"),
        (date(2026, 11, 17), "yesterday"),
        (date(2026, 11, 10), "Tue 10 Nov"),
        (date(2025, 12, 31), "Wed 31 Dec 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, words: str) -> None:
    assert day_words(day, TODAY) == words


@pytest.mark.parametrize(
    "kind, day, words",
    [
        (PeriodKind.DAY, TODAY, "today"),
        (PeriodKind.WEEK, TODAY, "this week"),
        (PeriodKind.WEEK, date(2026, 11, 10), "the week of Mon 9 Nov"),
        (PeriodKind.MONTH, date(2026, 10, 31), "October 2026"),
        (PeriodKind.QUARTER, date(2026, 9, 30), "Q3 2026"),
        (PeriodKind.QUARTER, TODAY, "this quarter"),
        (PeriodKind.YEAR, date(2025, 9, 30), "2025"),
    ],
)
def test_a_period_is_named(kind: PeriodKind, day: date, words: str) -> None:
    assert period_words(period_of(kind, day), TODAY) == words


@pytest.mark.parametrize(
    "actual, target, cells",
    [("0", 5, 0), ("0.01", 5, 1), ("2", 5, 4), ("4.99", 5, 9), ("5", 5, 10), ("50", 5, 10)],
)
def test_a_bar_is_full_only_at_the_target_and_empty_only_at_nothing(
    actual: str, target: int, cells: int
) -> None:
    drawn = bar(Decimal(actual), Decimal(target))
    assert drawn == "▓" * cells + "░" * (10 - cells)


def test_every_status_has_a_mark_and_a_word_of_its_own() -> None:
    assert len(set(MARKS.values())) == len(set(WORDS.values())) == len(Status)


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        *("1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th")
    ]


def test_a_name_is_cut_at_a_word_with_an_ellipsis() -> None:
    assert shortened("Prospecting calls to new accounts", 20) == "Prospecting calls…"
    assert shortened("W" * 30, 10) == "W" * 9 + "…"
    assert shortened("a\nb", 10) == "a b"


def test_a_milestone_is_told_to_the_rep() -> None:
    reached = Milestone(MilestoneKind.STREAK, 1, NOW, TODAY, "U02RILEY", 7, indicator(), 3, TODAY)
    assert praise(reached) == "That's your 3rd week in a row on *First meetings*."
    said = Recorded((entry(),), TODAY, TODAY, (progress(),), (reached,))
    assert "That's your 3rd week in a row" in log_reply(said).text


@pytest.mark.parametrize("kind", MilestoneKind)
def test_every_milestone_has_its_sentence(kind: MilestoneKind) -> None:
    told = praise(Milestone(kind, 1, NOW, TODAY, "U02RILEY", 7, indicator(), 50, TODAY))
    assert told.endswith(".")


def test_a_nudge_names_at_most_three_behaviours_each_with_one_tap_and_a_time() -> None:
    message = nudge(nudge_facts("Calls"))
    ids = [e["action_id"] for b in message.blocks for e in b.get("elements", ())]
    assert sum(action.startswith("log:") for action in ids) == 3
    assert sum(action.startswith("plan:") for action in ids) == 3
    assert ids[-2:] == ["snooze", "why"]


def test_an_answer_takes_the_place_of_the_block_that_was_pressed() -> None:
    answer = log_reply(recorded("Calls", "x"))
    before = [{"block_id": "a"}, {"block_id": "b"}, {"block_id": "c"}]
    after = with_answer(before, "b", answer)
    assert after is not None
    assert after[0] == {"block_id": "a"}
    assert after[-1] == {"block_id": "c"}
    assert len(after) == 2 + len(answer.blocks)
    assert with_answer(before, "gone", answer) is None
