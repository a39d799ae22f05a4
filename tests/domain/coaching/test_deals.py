"""How deals end, and why: reasons counted, each pointing at a behaviour (method.md)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coaching.deals import (
    REFERENCE,
    EndedDeal,
    Weakness,
    deal_facts,
    share_of,
    weakness_in,
)
from bot.domain.days.periods import PeriodKind
from bot.domain.grammar.requests import Outcome
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.quantities import unit_named

PROPOSALS = Indicator(
    1, IndicatorKind.BEHAVIOUR, "Proposals sent", unit_named("proposals"), PeriodKind.WEEK
)


@pytest.mark.parametrize(
    "reason, weakness",
    [
        ("no business case", Weakness.BUSINESS_CASE),
        ("Too EXPENSIVE!", Weakness.BUSINESS_CASE),
        ("no budget", Weakness.BUSINESS_CASE),
        ("never met the CFO", Weakness.DECISION_MAKERS),
        ("did not reach all decision-makers", Weakness.DECISION_MAKERS),
        ("did not understand their buying process", Weakness.BUYING_PROCESS),
        ("stuck in procurement", Weakness.BUYING_PROCESS),
        ("lost to a competitor", Weakness.DIFFERENCE),
        ("no difference shown against the competition", Weakness.DIFFERENCE),
        ("thin needs analysis", Weakness.NEEDS),
        ("missing features", Weakness.NEEDS),
        ("timing", None),
        ("", None),
        (None, None),
    ],
)
def test_the_five_reasons_are_known_by_their_words(
    reason: str | None, weakness: Weakness | None
) -> None:
    assert weakness_in(reason) is weakness


def deals(**counts: int) -> list[EndedDeal]:
    return [EndedDeal(Outcome(outcome), None) for outcome, n in counts.items() for _ in range(n)]


def test_reasons_are_counted_whatever_their_spelling_and_point_at_a_behaviour() -> None:
    ended = [
        EndedDeal(Outcome.LOST, "No business case"),
        EndedDeal(Outcome.NO_DECISION, "no budget"),
        EndedDeal(Outcome.LOST, "Timing."),
        EndedDeal(Outcome.LOST, "timing"),
        EndedDeal(Outcome.LOST, None),
        EndedDeal(Outcome.WON, "price"),
    ]
    facts = deal_facts(ended, [PROPOSALS])
    assert [(each.weakness, each.count, each.behaviour) for each in facts.reasons] == [
        (Weakness.BUSINESS_CASE, 2, PROPOSALS)
    ]
    assert facts.others == (("timing", 2),)
    assert facts.unexplained == 1


def test_every_weakness_points_at_a_behaviour() -> None:
    assert all(weakness.remedy for weakness in Weakness)


def test_shares_are_said_only_of_enough_deals() -> None:
    assert not deal_facts(deals(won=5, lost=4), []).says_something
    assert deal_facts(deals(won=5, lost=4, no_decision=1), []).says_something


def test_the_reference_is_the_studys() -> None:
    assert sum(REFERENCE.values()) == pytest.approx(100)


def test_a_share_has_wilsons_interval() -> None:
    share = share_of(8, 20)  # Wilson 1927, by hand: 0.2188 to 0.6134
    assert share.low == pytest.approx(21.88, abs=0.01)
    assert share.high == pytest.approx(61.34, abs=0.01)


@given(total=st.integers(1, 500), data=st.data())
def test_an_interval_holds_its_share(total: int, data: st.DataObject) -> None:
    share = share_of(data.draw(st.integers(0, total)), total)
    assert 0 <= share.low <= share.percent + 1e-9
    assert share.percent - 1e-9 <= share.high <= 100
