"""Groups that are alike, and experiments that would spoil each other (issue 5, item 6)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.experiments.agreed import (
    Experiment,
    Group,
    Member,
    Phase,
    Plan,
    check_clashes,
    draw,
)
from bot.domain.indicators import Indicator, IndicatorKind
from bot.domain.quantities import unit_named

RATES = st.lists(st.floats(0, 100), min_size=4, max_size=60)


def step(number: int, leads_to: int | None, drives: int | None = 9) -> Indicator:
    name, week = f"S{number}", PeriodKind.WEEK
    behaviour, unit = IndicatorKind.BEHAVIOUR, unit_named("calls")
    return Indicator(number, behaviour, name, unit, week, leads_to=leads_to, drives=drives)


FUNNEL = {1: step(1, 2), 2: step(2, 3), 3: step(3, 4), 4: step(4, None), 5: step(5, None, 8)}
PLAN = Plan(1, "New?", "Asks", 1, None, date(2026, 11, 23), date(2026, 12, 20))
OTHER = Experiment(
    7,
    Plan(1, "Old?", "Says", 1, None, date(2026, 12, 1), date(2026, 12, 31)),
    members=(Member(2, "U02RILEY", Group.NEW),),
)


@given(rates=RATES, seed=st.text(max_size=9))
def test_groups_are_of_one_size_and_alike_in_how_they_did(rates: list[float], seed: str) -> None:
    baselines = {f"U{n:02}": rate for n, rate in enumerate(rates)}
    drawn = draw(baselines, seed)
    assert drawn == draw(dict(reversed(baselines.items())), seed)
    groups = {group: [u for u in baselines if drawn[u] is group] for group in Group}
    assert abs(len(groups[Group.NEW]) - len(groups[Group.USUAL])) <= 1
    if len(rates) % 2 == 0:
        means = [mean(baselines[user] for user in users) for users in groups.values()]
        # Of each pair the two are neighbours, so that all gaps together are at most the range.
        assert abs(means[0] - means[1]) <= (max(rates) - min(rates)) / (len(rates) / 2) + 1e-9


def test_matched_groups_are_far_more_alike_than_groups_drawn_freely() -> None:
    import random

    lot = random.Random(5)
    matched: list[float] = []
    free: list[float] = []
    for number in range(200):
        rates = {f"U{n:02}": lot.gauss(10, 3) for n in range(12)}
        drawn = draw(rates, str(number))
        users = list(rates)
        lot.shuffle(users)
        for found, new in (
            (matched, [u for u in users if drawn[u] is Group.NEW]),
            (free, users[:6]),
        ):
            others = [user for user in users if user not in new]
            found.append(abs(mean(rates[u] for u in new) - mean(rates[u] for u in others)))
    assert mean(matched) < mean(free) / 2


def test_either_of_a_pair_is_as_likely_to_do_the_new_thing() -> None:
    first = sum(draw({"A": 2.0, "B": 1.0}, str(n))["A"] is Group.NEW for n in range(400))
    assert 160 < first < 240


@pytest.mark.parametrize(
    "behaviour, following, clashes",
    [
        (1, None, True),  # the same
        (2, None, True),  # the next step
        (1, 2, True),  # what comes of it
        (3, None, False),  # two steps on
        (3, 4, False),
        (2, 3, True),
        (5, 8, False),  # another funnel
    ],
)
def test_the_same_step_or_its_neighbour_clashes(
    behaviour: int, following: int | None, clashes: bool
) -> None:
    plan = replace(PLAN, behaviour_id=behaviour, following_id=following)
    users = {"U02RILEY": "Riley"}
    if not clashes:
        check_clashes(plan, users, [OTHER], FUNNEL)
        return
    with pytest.raises(Refusal, match="Riley is in “Old\\?” until Thu 31 Dec"):
        check_clashes(plan, users, [OTHER], FUNNEL)


def test_others_or_other_dates_or_a_stopped_one_are_no_clash() -> None:
    check_clashes(PLAN, {"U03SAM": "Sam"}, [OTHER], FUNNEL)
    riley = {"U02RILEY": "Riley"}
    check_clashes(replace(PLAN, ends_on=date(2026, 11, 30)), riley, [OTHER], FUNNEL)
    stopped = replace(OTHER, stopped_at=datetime(2026, 12, 2, tzinfo=UTC))
    check_clashes(PLAN, riley, [stopped], FUNNEL)


@pytest.mark.parametrize(
    "day, phase",
    [
        (date(2026, 11, 30), Phase.PLANNED),
        (date(2026, 12, 1), Phase.RUNNING),
        (date(2026, 12, 31), Phase.RUNNING),
        (date(2027, 1, 1), Phase.ENDED),
    ],
)
def test_it_runs_from_its_first_to_its_last_day(day: date, phase: Phase) -> None:
    assert OTHER.phase(day) is phase
