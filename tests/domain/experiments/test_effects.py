"""An experiment says "real" where there is nothing at most 1 time in 20 (issue 5, item 6)."""

import numpy as np
import pytest
from scipy import stats

from bot.domain.coaching.conversions import Tries
from bot.domain.experiments.agreed import Group
from bot.domain.experiments.effects import REAL, Trial, effect_of, summed
from tests.domain.experiment_worlds import World

WORLDS = (
    World(reps=4, weeks=2, rate=0.2, tries=20),
    World(reps=6, weeks=4, rate=0.2, tries=20),
    World(reps=6, weeks=4, rate=0.03, tries=100, drift=0.0),
    World(reps=12, weeks=4, rate=0.1, tries=10),
    World(reps=12, weeks=4, rate=0.5, tries=10, drift=0.3),
    World(reps=30, weeks=8, rate=0.2, tries=20, drift=0.3),
)
RUNS = 300


def of(user: str, group: Group, before: float, during: float, tried: float = 100) -> Trial:
    """One who tried `tried` a week, eight weeks before it and four in it."""
    return Trial(
        user,
        group,
        Tries((tried,) * 8, (tried * before,) * 8),
        Tries((tried,) * 4, (tried * during,) * 4),
    )


def test_without_an_effect_real_is_said_at_most_once_in_twenty() -> None:
    lot = np.random.default_rng(20261122)
    said = covered = asked = 0
    for world in WORLDS:
        for _ in range(RUNS):
            effect = effect_of(world.trials(lot), counts=True)
            if effect is not None:
                asked += 1
                said += effect.chance >= REAL
                covered += effect.low <= 0 <= effect.high
    assert asked > 0.9 * RUNS * len(WORLDS)
    assert said / asked <= 0.05
    assert covered / asked >= 0.93


@pytest.mark.parametrize("world", [WORLDS[1], WORLDS[3]], ids=["six reps", "twelve reps"])
def test_the_interval_holds_the_true_effect(world: World) -> None:
    lot = np.random.default_rng(7)
    truth = 0.4 * world.rate
    effects = [effect_of(world.trials(lot, 0.4), counts=True) for _ in range(RUNS)]
    found = [each for each in effects if each is not None]
    held = sum(each.low <= truth <= each.high for each in found)
    assert held / len(found) >= 0.93


def test_a_large_effect_over_two_months_is_seen_nine_times_in_ten() -> None:
    lot = np.random.default_rng(3)
    world = World(reps=30, weeks=8, rate=0.2, tries=20, drift=0.0)
    effects = [effect_of(world.trials(lot, 0.5), counts=True) for _ in range(100)]
    assert sum(each is not None and each.chance >= REAL for each in effects) >= 90


def test_a_naive_test_of_pooled_counts_would_cry_wolf() -> None:
    """Why reps are the unit: conversations taken for independent say "real" far too often."""
    lot = np.random.default_rng(11)
    world = World(reps=6, weeks=8, rate=0.2, tries=40, drift=0.15)
    naive = 0
    for _ in range(200):
        trials = world.trials(lot)
        new, usual = (summed(trials, group) for group in Group)
        table = [[each.led, each.tried - each.led] for each in (new, usual)]
        naive += stats.chi2_contingency(table, correction=False)[1] < 1 - REAL
    assert naive / 200 > 0.1


def test_what_a_rep_did_before_is_taken_into_account() -> None:
    """The new group has twice the rate, but had it before as well."""
    trials = [of(f"N{n}", Group.NEW, 0.4, 0.4) for n in range(4)]
    trials += [of(f"U{n}", Group.USUAL, 0.2, 0.2) for n in range(4)]
    effect = effect_of(trials, counts=True)
    assert effect is not None
    assert abs(effect.difference) < 0.05
    assert effect.chance < REAL


def test_a_season_that_lifts_everybody_is_no_effect() -> None:
    trials = [of(f"N{n}", Group.NEW, 0.1, 0.3) for n in range(4)]
    trials += [of(f"U{n}", Group.USUAL, 0.1, 0.3) for n in range(4)]
    effect = effect_of(trials, counts=True)
    assert effect is not None
    assert abs(effect.difference) < 0.001
    assert effect.chance < 0.1


def test_too_little_says_nothing() -> None:
    few = [of(user, group, 0.1, 0.0) for user, group in zip("ABCD", [*Group] * 2, strict=True)]
    assert effect_of(few, counts=True) is None
    alone = [of("A", Group.NEW, 0.2, 0.2), *(of(u, Group.USUAL, 0.2, 0.2) for u in "BCD")]
    assert effect_of(alone, counts=True) is None


def test_a_new_team_without_a_past_is_compared_by_what_it_does() -> None:
    trials = [of(f"N{n}", Group.NEW, 0, 0.5) for n in range(5)]
    trials += [of(f"U{n}", Group.USUAL, 0, 0.2) for n in range(5)]
    effect = effect_of(trials, counts=True)
    assert effect is not None
    assert effect.low > 0
