"""Leaderboards: own targets, capped, shared ranks, nobody alone (design §2.8, method.md)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.calendar import DateRange, RepCalendar
from bot.domain.days.periods import PeriodKind
from bot.domain.days.zones import zone_named
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.progress.leaderboards import (
    AROUND,
    FEWEST,
    MOST_COUNTED,
    TOP,
    Entrant,
    around,
    leaderboard,
    score,
    top_three,
)
from bot.domain.progress.pace import Progress, assess
from bot.domain.progress.targets import TargetSetting
from bot.domain.quantities import unit_named

RILEY = RepCalendar(zone_named("Europe/London"))
SUNDAY_AFTER = date(2026, 11, 23)
SCORES = st.decimals(0, MOST_COUNTED, places=2)
ENTRANTS = st.lists(
    st.builds(Entrant, st.uuids().map(str), st.sampled_from(["Al", "Bo", None]), SCORES),
    max_size=30,
    unique_by=lambda each: each.user_id,
)


def done(
    amount: int, target: int = 10, period: PeriodKind = PeriodKind.WEEK, rep: RepCalendar = RILEY
) -> Progress:
    what = Indicator(1, IndicatorKind.BEHAVIOUR, "Calls", unit_named("calls"), period)
    setting = TargetSetting(Decimal(target), period)
    return assess(what, [setting], rep, date(2026, 11, 20), actual=Decimal(amount))


def test_a_score_is_the_mean_over_ones_own_targets() -> None:
    assert score([done(5), done(10)]) == Decimal("0.75")


def test_one_behaviour_cannot_outweigh_the_rest() -> None:
    assert score([done(1000), done(0), done(0)]) == Decimal("0.4")


def test_longer_periods_do_not_count() -> None:
    assert score([done(10), done(0, 1, PeriodKind.QUARTER)]) == 1
    assert score([done(1, 1, PeriodKind.QUARTER)]) is None


def test_absence_shrinks_the_target_and_so_costs_nothing() -> None:
    away = replace(RILEY, time_off=(DateRange(date(2026, 11, 16), date(2026, 11, 18)),))
    assert score([done(4, rep=away)]) == 1
    gone = replace(RILEY, time_off=(DateRange(date(2026, 11, 16), date(2026, 11, 20)),))
    assert score([done(4, rep=gone)]) is None


def test_a_new_hire_is_held_against_the_ramp() -> None:
    new = replace(RILEY, started_on=date(2026, 11, 16))
    assert score([done(3, 12, rep=new)]) == 1


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(0, 11))
def test_more_of_anything_never_lowers_a_score_nor_lifts_it_beyond_its_share(
    amounts: list[int], which: int
) -> None:
    which %= len(amounts)
    before = score([done(each) for each in amounts])
    more = [each + 1000 * (n == which) for n, each in enumerate(amounts)]
    after = score([done(each) for each in more])
    assert before is not None
    assert after is not None
    assert before <= after <= before + MOST_COUNTED / len(amounts) + Decimal("0.0001")
    assert after <= MOST_COUNTED


@given(ENTRANTS, st.randoms())
def test_a_board_depends_on_nothing_but_the_scores(entrants: list[Entrant], random: object) -> None:
    board = leaderboard(entrants)
    assert board == leaderboard(reversed(entrants))
    assert len(board) == (len(entrants) if len(entrants) >= FEWEST else 0)
    for place in board:
        better = sum(each.score > place.score for each in entrants)
        assert place.rank == better + 1


@given(ENTRANTS.filter(lambda each: len(each) > FEWEST))
def test_who_leaves_is_nowhere_and_the_others_keep_their_order(entrants: list[Entrant]) -> None:
    gone, *rest = entrants
    before = [place.user_id for place in leaderboard(entrants) if place.user_id != gone.user_id]
    assert [place.user_id for place in leaderboard(rest)] == before


@given(ENTRANTS.filter(lambda each: len(each) >= FEWEST), st.data())
def test_somebody_sees_five_at_most_with_oneself_among_them(
    entrants: list[Entrant], data: st.DataObject
) -> None:
    board = leaderboard(entrants)
    own = data.draw(st.sampled_from(entrants)).user_id
    seen = around(board, own)
    assert len(seen) == min(AROUND, len(board))
    assert own in {place.user_id for place in seen}
    at = board.index(seen[0])
    assert board[at : at + len(seen)] == seen


def test_a_stranger_sees_nothing() -> None:
    board = leaderboard(Entrant(str(n), None, Decimal(n)) for n in range(6))
    assert around(board, "U9") == ()


@given(ENTRANTS)
def test_the_first_three_places_are_shared_by_equals_and_never_by_the_idle(
    entrants: list[Entrant],
) -> None:
    first = top_three(leaderboard(entrants))
    assert all(place.rank <= TOP and place.score > 0 for place in first)
    if len(entrants) >= FEWEST:
        others = {each.user_id for each in entrants} - {place.user_id for place in first}
        least = min((place.score for place in first), default=Decimal(0))
        for each in entrants:
            if each.user_id in others:
                assert each.score < least or each.score == 0
