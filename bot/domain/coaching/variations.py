"""How much what comes of a behaviour varies from week to week."""

from collections.abc import Sequence

from bot.domain.coaching.conversions import Tries


def variation_of(reps: Sequence[Tries], *, counts: bool) -> float:
    """The variance of a week's successes over their mean, from all reps together (Pearson).

    Counts lean on Poisson's 1, or below it where a try succeeds more often than not; amounts of
    money have no such usual.
    """
    from bot.domain.coaching.team_arrays import variation, weeks_of  # noqa: PLC0415 - SciPy

    return variation(*weeks_of(reps), counts=counts) if reps else 1.0
