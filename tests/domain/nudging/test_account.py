"""What the bot costs the median rep."""

from bot.domain.nudging.account import RepCost, TimeCost, time_cost


def test_the_median_is_over_everybody_who_was_there() -> None:
    reps = [RepCost(), RepCost(60.0, 6), RepCost(400.0, 30)]
    assert time_cost(reps) == TimeCost(60.0, 6.0)


def test_without_a_single_interaction_there_is_nothing_to_say() -> None:
    assert time_cost([RepCost(), RepCost()]) is None
    assert time_cost([]) is None


def test_five_minutes_a_week_are_the_budget() -> None:
    assert TimeCost(300.0, 50).is_within_budget
    assert not TimeCost(301.0, 50).is_within_budget
