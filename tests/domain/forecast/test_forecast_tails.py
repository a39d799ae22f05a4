"""The distributions behind a forecast, each against a sum that was worked out another way."""

from math import comb, exp, factorial

import numpy as np
import pytest

from bot.domain.forecast.tails import amount_tail, count_tail, rest_of_day


def by_convolution(day: list[float], days: int, need: int) -> float:
    """P(sum of so many days ≥ need), by multiplying the days' distributions out."""
    total = [1.0]
    for _ in range(days):
        total = [
            sum(total[i] * day[n - i] for i in range(len(total)) if n - i < len(day) and i <= n)
            for n in range(len(total) + len(day) - 1)
        ]
    return 1 - sum(total[:need])


def negative_binomial(shape: int, chance: float, most: int) -> list[float]:
    """Failures before so many successes: counted, without a gamma function."""
    return [comb(n + shape - 1, n) * chance**shape * (1 - chance) ** n for n in range(most)]


def tail(need: float, mean: float, variance: float) -> float:
    return float(count_tail(np.array([need]), np.array([mean]), np.array([variance]))[0])


@pytest.mark.parametrize("days", [1, 3, 5])
@pytest.mark.parametrize("need", [1, 4, 11])
def test_overdispersed_days_add_up_to_a_negative_binomial(days: int, need: int) -> None:
    shape, chance = 2, 0.4
    mean, variance = shape * (1 - chance) / chance, shape * (1 - chance) / chance**2
    expected = by_convolution(negative_binomial(shape, chance, 120), days, need)
    assert tail(need, days * mean, days * variance) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("need", [1, 3, 9])
def test_even_days_add_up_to_a_poisson(need: int) -> None:
    day = [exp(-1.5) * 1.5**n / factorial(n) for n in range(40)]
    assert tail(need, 4.5, 4.5) == pytest.approx(by_convolution(day, 3, need), abs=1e-9)


@pytest.mark.parametrize("need", [1, 3, 6])
def test_steady_days_add_up_to_a_binomial(need: int) -> None:
    day = [comb(2, n) * 0.6**n * 0.4 ** (2 - n) for n in range(3)]
    expected = by_convolution(day, 3, need)
    assert tail(need, 3.6, 6 * 0.6 * 0.4) == pytest.approx(expected, abs=1e-9)


def test_more_than_steady_days_can_bring_is_out_of_reach() -> None:
    assert tail(7, 3.6, 6 * 0.6 * 0.4) == 0.0


def test_amounts_come_close_to_drawn_ones() -> None:
    draw = np.random.default_rng(3)
    days = np.where(draw.random((100_000, 4)) < 0.5, draw.gamma(2.0, 3.0, (100_000, 4)), 0.0)
    total = days.sum(axis=1)
    mean, variance, nothing = total.mean(), total.var(), (total == 0).mean()
    for need in (3.0, 10.0, 20.0, 35.0):
        found = amount_tail(*(np.array([each]) for each in (need, mean, variance, nothing)))
        assert float(found[0]) == pytest.approx(float((total >= need).mean()), abs=0.03)


def test_before_the_first_entry_the_whole_day_is_to_come() -> None:
    left = rest_of_day(np.array([0.0, 0.0]), np.array([4.0, 0.1]))
    assert left.tolist() == [1.0, 1.0]


def test_the_more_is_logged_the_less_of_the_day_is_left_but_never_more_than_was_logged() -> None:
    logged, usual = np.arange(0.0, 30.0), np.full(30, 4.0)
    left = rest_of_day(logged, usual)
    assert (np.diff(left) <= 1e-12).all()
    assert (np.diff(logged + left * usual) >= -1e-9).all()
