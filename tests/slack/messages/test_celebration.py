"""Good news in the channel: short, concrete, behaviours before results (design §2.6)."""

from datetime import date

import pytest

from bot.domain.feats.celebrations import CelebrationFacts, Cheer, RoundupFacts
from bot.domain.milestones import MilestoneKind
from bot.domain.reports.digests import OnTarget
from bot.domain.reports.recaps import RecapFacts
from bot.slack.limits import check
from bot.slack.messages.celebration import celebration
from bot.slack.messages.recap import recap
from sandbox.blocks import message_blocks
from tests.slack.messages.good_news import NASTY, WEEK, cheer, indicator

WEDNESDAY = date(2026, 11, 18)
SENTENCES = {
    MilestoneKind.FIRST_ENTRY: "<@U02RILEY> logged for the first time.",
    MilestoneKind.TARGET: "<@U02RILEY> reached the week’s target for First meetings: 6 of 5.",
    MilestoneKind.SWEEP: "<@U02RILEY> made a clean sweep: every behaviour of the week on target.",
    MilestoneKind.STREAK: "<@U02RILEY> has been on target for First meetings 100 weeks in a row.",
    MilestoneKind.BEST_WEEK: "<@U02RILEY> had a personal best week of First meetings: 6.",
    MilestoneKind.LIFETIME: "<@U02RILEY> has now logged 100 × First meetings in all.",
    MilestoneKind.RESULT: (
        "<@U02RILEY> reached 100 % of the quarter’s target for Revenue: GBP 52,000 of 50,000."
    ),
    MilestoneKind.TEAM_TARGET: ("The whole team is on target for First meetings: 6 of 5 together."),
    MilestoneKind.TEAM_RESULT: (
        "The whole team reached 100 % of the quarter’s target for Revenue: GBP 52,000 of 50,000."
    ),
}


def said(each: Cheer) -> str:
    return celebration(CelebrationFacts(each, "West")).text


@pytest.mark.parametrize("kind", list(MilestoneKind))
def test_each_milestone_is_one_sentence_with_its_numbers(kind: MilestoneKind) -> None:
    user = None if kind.value.startswith("team") else "U02RILEY"
    message = celebration(CelebrationFacts(cheer(kind, user, threshold=100), "West"))
    assert message.text == SENTENCES[kind]
    assert message_blocks(list(check(message).blocks))


def test_hours_are_called_hours() -> None:
    selling = indicator("Selling time", 3, "hours")
    lifetime = cheer(MilestoneKind.LIFETIME, indicator=selling, threshold=250)
    assert said(lifetime) == "<@U02RILEY> has now logged 250 hours of Selling time in all."


def test_what_users_typed_is_escaped_once() -> None:
    text = said(cheer(MilestoneKind.TARGET, indicator=indicator(NASTY)))
    assert "target for &lt;!channel&gt; &amp; &lt;@U1&gt;:" in text


def test_a_rep_told_alone_is_spoken_to() -> None:
    facts = CelebrationFacts(cheer(MilestoneKind.SWEEP), "West", alone=True)
    assert celebration(facts).text.startswith("You did it")


def test_a_round_up_has_a_line_for_each_rep_with_behaviours_before_results() -> None:
    cheers = (
        cheer(MilestoneKind.RESULT, threshold=50),
        cheer(MilestoneKind.TARGET, "U03SAM"),
        cheer(MilestoneKind.TARGET),
        cheer(MilestoneKind.TEAM_TARGET, None),
    )
    message = celebration(RoundupFacts(WEDNESDAY, "West", cheers))
    title, *lines = str(message.blocks[0]["text"]["text"]).split("\n")
    assert title == "*Good news of Wednesday*"
    assert [line.split(" ")[1] for line in lines] == ["<@U03SAM>", "<@U02RILEY>", "The"]
    assert lines[1].index("week’s target") < lines[1].index("50 %")


def test_a_round_up_of_a_very_good_day_stays_one_message() -> None:
    long = "&" * 80
    cheers = tuple(
        cheer(MilestoneKind.TARGET, f"U{rep:08}", indicator=indicator(long, number))
        for rep in range(60)
        for number in range(12)
    )
    message = celebration(RoundupFacts(WEDNESDAY, "West", cheers))
    assert message_blocks(list(check(message).blocks))
    assert message.thread == ()
    assert "more of you" in message.blocks[-1]["text"]["text"]


def test_a_recap_holds_good_news_alone() -> None:
    facts = RecapFacts("West", WEEK, (cheer(MilestoneKind.TARGET),), OnTarget(5, 8, 3))
    message = recap(facts)
    assert message.blocks[0]["text"]["text"] == (
        "*Good news from the week of Mon 16 Nov*\n"
        "5 of 8 were on target, up from 3.\n"
        "• <@U02RILEY> reached the week’s target for First meetings: 6 of 5"
    )
    assert message_blocks(list(check(message).blocks))
