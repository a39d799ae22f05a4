"""The playbook of the best as a message: golden, within limits, without names (issue 5)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.domain.coaching.benchmarks import Benchmark, Best, Habits
from bot.domain.coaching.deals import EndedDeal, deal_facts
from bot.domain.coaching.links import Link, Verdict
from bot.domain.days.periods import PeriodKind
from bot.domain.grammar.requests import Outcome
from bot.domain.indicators import Indicator
from bot.domain.progress.targets import TargetSetting
from bot.slack.limits import check
from bot.slack.message import Message
from bot.slack.messages.best import best_message
from bot.slack.words.practices import deal_lines, link_lines
from sandbox.blocks import message_blocks
from tests.slack.messages.good_news import NASTY, indicator

MEETINGS = indicator("First meetings", 1, "meetings")
CALLS = replace(indicator("Calls", 2, "calls"), leads_to=1)
CUSTOMERS = indicator("New customers", 9, "customers", result=True)
TARGETS = {
    1: TargetSetting(Decimal(5), PeriodKind.WEEK),
    2: TargetSetting(Decimal(20), PeriodKind.DAY),
}
BEST = Best(
    CUSTOMERS,
    4,
    12,
    (
        Benchmark(CALLS, PeriodKind.DAY, Decimal(22), 4, MEETINGS, 0.0625, Habits((1, 3), 9, 3.24)),
        Benchmark(MEETINGS, PeriodKind.WEEK, Decimal(7), 4, CUSTOMERS, 0.62),
    ),
)
PROVEN = Link(CALLS, MEETINGS, Verdict.PROVEN, 2, 0.318, 0.12, 0.49, 1.44, 312, 8)
DOUBTFUL = Link(MEETINGS, CUSTOMERS, Verdict.DOUBTFUL, 5, 0.02, -0.15, 0.19, 1.0, 312, 8)
UNKNOWN = Link(MEETINGS, CUSTOMERS, Verdict.UNKNOWN, weeks=24, reps=3)
NO_DEALS = deal_facts([], [])


_CALLS_LINE = (
    "*Calls*: 22 a day (target 20) · 1 in 16 leads to First meetings · most on Tuesdays and "
    "Thursdays · most from 9:00 to 11:00 · 3.2 times an account"
)


def lines(message: Message) -> list[str]:
    texts = [str(block.get("text", {}).get("text", "")) for block in message.blocks]
    return [line for text in texts for line in text.split("\n")]


def test_it_says_the_largest_difference_first_then_each_behaviour() -> None:
    message = best_message("West", 7, [BEST], TARGETS, [], NO_DEALS)
    assert lines(message) == [
        "West: the playbook of the best",
        "*First meetings: the top 4 of 12 reps do 7 a week; the team’s target is 5.*",
        "*The top 4 of 12 reps by New customers*",
        "Medians over 12 weeks; no number stands for fewer than 4 people.",
        _CALLS_LINE,
        "*First meetings*: 7 a week (target 5) · 62 % lead to New customers",
    ]
    assert "First meetings: 7 a week" in message.text


def test_a_button_proposes_it_as_the_target_unless_it_is_already() -> None:
    met = {**TARGETS, 1: TargetSetting(Decimal(7), PeriodKind.WEEK)}
    message = best_message("West", 7, [BEST], met, [], NO_DEALS)
    buttons = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [(each["action_id"], each["value"]) for each in buttons] == [
        ("coach_best:2", "7 22 day Calls")
    ]
    assert buttons[0]["text"]["text"] == "Make 22 the target"


def test_too_little_data_is_said_with_what_it_takes() -> None:
    few = Best(CUSTOMERS, 0, 3, ())
    said = lines(best_message("West", 7, [few], TARGETS, [], NO_DEALS))
    assert said[1] == (
        "Too little data yet: it takes 4 reps with two months of entries, and some New customers "
        "among them."
    )


def test_a_team_without_results_or_without_weeks_is_told_so_in_one_line() -> None:
    said = lines(best_message("West", 7, [], TARGETS, [], NO_DEALS))
    assert said[1] == "Too little data yet: it takes 4 reps with two months of entries."
    nobody = replace(UNKNOWN, weeks=0, reps=0)
    assert list(link_lines([nobody, nobody], str)) == [
        "Unknown yet: it takes 12 weeks and more of several reps to tell."
    ]


def test_links_say_what_is_proven_doubtful_and_unknown() -> None:
    assert list(link_lines([UNKNOWN, DOUBTFUL, PROVEN], str)) == [
        (
            "Proven: Calls → First meetings. When a rep did more of it, 1.4 times as much came 2 "
            "weeks later (correlation 0.32 at 2 weeks, 95 % range 0.12 to 0.49; 312 weeks of 8 "
            "reps compared)."
        ),
        (
            "Doubtful: First meetings → New customers. Weeks with more of it were not followed by "
            "more (correlation 0.02 at 5 weeks, 95 % range −0.15 to 0.19; 312 weeks of 8 reps "
            "compared)."
        ),
        (
            "Unknown yet: First meetings → New customers. Too little data to say (24 weeks of 3 "
            "reps compared)."
        ),
    ]


def test_deals_stand_beside_the_study_which_is_no_target() -> None:
    ended = [EndedDeal(Outcome.WON, None)] * 9 + [EndedDeal(Outcome.LOST, "no business case")] * 6
    ended += [EndedDeal(Outcome.NO_DECISION, "timing")] * 3 + [EndedDeal(Outcome.LOST, None)] * 2
    proposals = indicator("Proposals", 3, "proposals")
    assert list(deal_lines(deal_facts(ended, [proposals]), str)) == [
        (
            "20 deals ended in 12 weeks, with 95 % ranges: 45 % (26–66) won, 40 % (22–61) lost, "
            "15 % (5–36) no decision. For context, no target: 46.9 % won, 29.3 % lost, 23.8 % no "
            "decision in one study of 2016."
        ),
        "Why not: no business case 6 → Proposals: put their numbers into it. Also: “timing” 3.",
        "2 without a reason: `/log lost with ACCOUNT because …` tells next time.",
    ]


def test_few_deals_are_counted_without_shares_and_none_say_nothing() -> None:
    few = deal_facts([EndedDeal(Outcome.WON, None)], [])
    assert list(deal_lines(few, str)) == [
        "1 deal ended in 12 weeks: 1 won, 0 lost, 0 without a decision. Too few for shares."
    ]
    assert list(deal_lines(NO_DEALS, str)) == []


@pytest.mark.parametrize("typed", [NASTY, "W" * 80, "&" * 80])
def test_it_keeps_slacks_limits_and_lets_nothing_through(typed: str) -> None:
    def named(each: Indicator) -> Indicator:
        return replace(each, name=typed, unit=replace(each.unit, name=typed[:40]))

    one = BEST.benchmarks[0]
    best = [
        replace(
            BEST,
            result=replace(named(CUSTOMERS), id=90 + result),
            benchmarks=tuple(
                replace(one, behaviour=replace(named(CALLS), id=n), leads_to=named(MEETINGS))
                for n in range(result * 4, result * 4 + 4)
            ),
        )
        for result in range(3)
    ]
    links = [replace(PROVEN, behaviour=named(CALLS), leads_to=named(MEETINGS))] * 12
    reasons = [EndedDeal(Outcome.LOST, f"{typed} {n}" * 6) for n in range(20)]
    message = best_message(typed, 7, best, {}, links, deal_facts(reasons, [named(CALLS)]))
    for each in (message, *message.thread):
        check(each)
        assert message_blocks(list(each.blocks))
        shown = [block["text"]["text"] for block in each.blocks if block["type"] != "header"]
        assert "<!channel>" not in each.text + " ".join(shown)
