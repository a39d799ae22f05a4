"""How likely a target is, and how steadily it has been reached, in words."""

from typing import Final

from bot.domain.forecast.likelihood import Likelihood, likelihood
from bot.domain.progress.consistency import Consistency
from bot.domain.progress.pace import Progress, Status

_WORDS: Final = {
    Likelihood.LIKELY: "likely to make it",
    Likelihood.EVEN: "even chance",
    Likelihood.UNLIKELY: "unlikely to make it",
}
_LEAST_PERIODS: Final = 4


def chance_words(progress: Progress) -> str:
    """ "even chance"; nothing where the target is reached or too little is known."""
    if progress.status is Status.DONE:
        return ""
    word = likelihood(progress.forecast)
    return "" if word is None else _WORDS[word]


def chance_in_numbers(progress: Progress) -> str:
    """ "even chance (46 %)", for whoever asks why."""
    words = chance_words(progress)
    if not words or progress.forecast is None:
        return ""
    return f"{words} ({_percent(progress.forecast)})"


def forecast_told(progress: Progress) -> str:
    """ "Forecast: even chance (46 %).", for whoever asks why; nothing once it is reached."""
    if progress.status is Status.DONE:
        return ""
    return f"Forecast: {chance_in_numbers(progress) or 'too little history yet'}."


def steadiness(progress: Progress) -> str:
    """ "7 of 12 weeks on target"; nothing below four of them."""
    found = progress.consistency
    if found is None or found.of < _LEAST_PERIODS:
        return ""
    return f"{found.kept} of {found.of} {progress.period.kind.value}s on target"


def steadiness_in_numbers(progress: Progress) -> str:
    """The same with its spread: "7 of 12 weeks on target, mostly 70 to 115 %"."""
    found, words = progress.consistency, steadiness(progress)
    if not words or found is None:
        return words
    return f"{words}{_mostly(found)}"


def _mostly(found: Consistency) -> str:
    if found.low is None or found.high is None:
        return ""
    return f", mostly {found.low * 100:.0f} to {found.high * 100:.0f} %"


def _percent(chance: float) -> str:
    """Never quite sure: from 1 to 99 %."""
    return f"{min(max(round(chance * 100), 1), 99)} %"
