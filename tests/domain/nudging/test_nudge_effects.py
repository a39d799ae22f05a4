"""Whether nudges help: the trial's arithmetic, against an independent one."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from scipy import stats

from bot.domain.nudging.nudge_effects import (
    FEWEST_QUIET_DAYS,
    NudgeDay,
    Outcome,
    Verdict,
    effect_of,
    effects_by_behaviour,
    overall,
    unresponsive,
)

MONDAY = date(2026, 8, 31)


def outcomes(chance: Random, sent: float, quiet: float, reps: int = 8) -> list[Outcome]:
    """Sixty days of each rep, one in eight quiet; reps differ in how much they do anyway."""
    found = []
    for rep in range(reps):
        own = 0.2 * chance.random()
        for _ in range(60):
            nudged = chance.random() > 1 / 8
            done = chance.random() < (sent if nudged else quiet) + own
            found.append(Outcome(rep, nudged, float(done)))
    return found


def by_least_squares(days: list[Outcome]) -> tuple[float, float, float]:
    """Dummies for reps and one for nudges; difference and interval by the textbook."""
    reps = sorted({day.person_id for day in days})
    table = np.array([[day.sent, *(day.person_id == rep for rep in reps)] for day in days], float)
    values = np.array([day.value for day in days])
    fitted, *_ = np.linalg.lstsq(table, values, rcond=None)
    freedom = len(days) - len(reps) - 1
    variance = ((values - table @ fitted) ** 2).sum() / freedom
    error = np.sqrt(variance * np.linalg.inv(table.T @ table)[0, 0])
    half = stats.t.ppf(0.975, freedom) * error
    return fitted[0], fitted[0] - half, fitted[0] + half


@pytest.mark.parametrize("seed", range(5))
def test_difference_and_interval_are_those_of_least_squares(seed: int) -> None:
    days = outcomes(Random(seed), 0.5, 0.3)
    effect = effect_of(days)
    assert effect is not None
    assert (effect.difference, effect.low, effect.high) == pytest.approx(by_least_squares(days))


def test_below_twenty_quiet_days_nothing_is_said() -> None:
    days = [Outcome(1, n >= FEWEST_QUIET_DAYS - 1, float(n % 2)) for n in range(200)]
    assert effect_of(days) is None
    assert effect_of([*days, Outcome(1, sent=False, value=1.0)]) is not None


def test_reps_with_one_kind_of_day_say_nothing() -> None:
    days = outcomes(Random(1), 0.6, 0.2)
    always = [Outcome(99, sent=True, value=1.0)] * 500
    assert effect_of([*days, *always]) == effect_of(days)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = 0
    for seed in range(200):
        effect = effect_of(outcomes(Random(seed), 0.5, 0.3))
        assert effect is not None
        held += effect.low <= 0.2 <= effect.high
    assert 0.9 <= held / 200 <= 0.99


@pytest.mark.parametrize(
    "sent, quiet, verdict", [(0.7, 0.2, Verdict.HELP), (0.1, 0.7, Verdict.HARM)]
)
def test_a_plain_effect_is_called_by_its_name(sent: float, quiet: float, verdict: Verdict) -> None:
    effect = effect_of(outcomes(Random(3), sent, quiet))
    assert effect is not None
    assert effect.verdict is verdict


def trial(weeks: int, done_when_nudged: bool) -> list[NudgeDay]:
    """Ten reps; behaviour 1 is done or not whether nudged or not, behaviour 2 when nudged."""
    days = []
    for rep in range(10):
        for number in range(weeks * 7):
            sent = (number + rep) % 8 != 0
            done = frozenset({2}) if sent and done_when_nudged else frozenset[int]()
            day = MONDAY + timedelta(days=number)
            days.append(NudgeDay(rep, day, sent, True, frozenset({1, 2}), done))
    return days


def test_a_behaviour_that_does_not_respond_is_found_after_twelve_weeks() -> None:
    assert unresponsive(trial(12, True), [1, 2]) == {1}
    assert unresponsive(trial(10, True), [1, 2]) == frozenset()
    assert set(effects_by_behaviour(trial(12, True), [1, 2, 3])) == {1, 2}


def test_days_before_the_draws_began_do_not_count() -> None:
    day = NudgeDay(1, MONDAY, True, False, frozenset({1}), frozenset({1}))
    assert overall([day]) == []
    assert overall([NudgeDay(1, MONDAY, True, True, frozenset({1, 2}), frozenset({1}))]) == [
        Outcome(1, sent=True, value=0.5)
    ]
