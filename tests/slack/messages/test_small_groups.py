"""What channels read gives no number away that stands for fewer than four people (§2.8).

A rep's own milestones are public by design, one by one, as far as the rep lets them be.
"""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.progress.leaderboards import Entrant, leaderboard, score, top_three
from bot.domain.quantities import ZERO
from bot.domain.reports.digests import count_on_target
from bot.domain.reports.recaps import RecapFacts, worth_telling
from bot.slack.messages.recap import recap
from tests.slack.messages.good_news import MEETINGS, WEEK, rep_week

NUMBERS = re.compile(r"\b\d+(?:\.\d+)?\b")
AMOUNTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=9)


def channel_reads(amounts: list[tuple[int, int]]) -> str:
    """The recap of a team with these meetings this week and the week before, news aside."""
    weeks = [rep_week(f"U{n:08}", [now], [MEETINGS]) for n, (now, _) in enumerate(amounts)]
    before = [rep_week(f"U{n:08}", [then], [MEETINGS]) for n, (_, then) in enumerate(amounts)]
    entrants = [Entrant(each.user_id, None, score(each.behaviours) or ZERO) for each in weeks]
    facts = RecapFacts(
        team="West",
        week=WEEK,
        cheers=(),
        on_target=worth_telling(count_on_target(weeks, before, WEEK)),
        top=top_three(leaderboard(entrants)),
    )
    text = recap(facts).text.partition(": ")[2]  # the week's own date comes before
    return re.sub(r"<@U\d+>", "@", text)


@given(AMOUNTS)
def test_a_recap_of_few_has_no_number_and_one_of_many_only_counts(
    amounts: list[tuple[int, int]],
) -> None:
    found = [float(each) for each in NUMBERS.findall(channel_reads(amounts))]
    if len(amounts) < 4:
        assert found == []
    assert all(each == int(each) <= len(amounts) for each in found)  # people and ranks, no scores


def test_four_are_told_that_more_of_them_are_on_target() -> None:
    assert "1 of 4 were on target, up from 0" in channel_reads([(9, 0), (0, 0), (0, 0), (0, 0)])
    assert "on target" not in channel_reads([(9, 0), (0, 0), (0, 0)])
