"""A chance in a word, for people who don't want the number."""

from enum import StrEnum

LIKELY_FROM = 0.7
UNLIKELY_BELOW = 0.3


class Likelihood(StrEnum):
    """How likely a target is to be reached.

    Of the forecasts that said so 87, 47 and 11 % came true in `benchmarks/forecast.py`.
    """

    LIKELY = "likely"
    EVEN = "even"
    UNLIKELY = "unlikely"


def likelihood(chance: float | None) -> Likelihood | None:
    """The word for a chance in 0…1; None where there is too little history for one.

    It goes by whole per cent, as the number is shown: nobody reads "70 %" beside two words.
    """
    if chance is None:
        return None
    shown = round(chance, 2)
    if shown >= LIKELY_FROM:
        return Likelihood.LIKELY
    return Likelihood.EVEN if shown >= UNLIKELY_BELOW else Likelihood.UNLIKELY
