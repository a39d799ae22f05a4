"""Numbers, durations and sums of money as people write them."""

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from bot.domain.quantities import CENT, ZERO, Measure, unit_named

NUMBER_WORDS = {
    word: Decimal(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"a": Decimal(1), "an": Decimal(1)}

MOST_DECIMALS: Final = 2
"""Of an amount, as typed (interface.md, grammar of `/log`)."""

_SIGNS = {"$": "$", "£": "GBP", "€": "EUR", "¥": "¥", "₹": "INR"}
_SHARED = {
    "$": frozenset("USD CAD AUD NZD SGD HKD MXN TWD".split()),
    "¥": frozenset({"JPY", "CNY"}),
}
_SCALES = {"": 0, "k": 3, "m": 6}
"""Powers of ten."""
_NUMBER = r"[+-]?(?:\d[\d.,]*|\.\d+)(?:e[+-]?\d+)?|[+-]?(?:nan|inf|infinity)"
_WORDS = "|".join(NUMBER_WORDS)
_TIMES = re.compile(rf"(?:x ?({_NUMBER})|({_NUMBER}) ?x)")
_MONEY = re.compile(
    rf"(?P<sign>[$£€¥₹]|[a-z]{{3}} )? ?(?P<number>{_NUMBER}) ?(?P<scale>[km]?)"
    r"(?P<after> ?[$£€¥₹]| ?[a-z]{3})?"
)
_HOUR = r"(?:h|hr|hrs|hour|hours)\.?"
_MINUTE = r"(?:m|min|mins|minute|minutes)\.?"
_AMOUNT = rf"\d[\d.,]*|\.\d+|{_WORDS}"
_DURATIONS = (
    re.compile(rf"(?P<h>\d+) ?{_HOUR} ?(?:and )?(?P<m>[0-5]?\d) ?(?:{_MINUTE})?"),
    re.compile(rf"(?P<h>{_WORDS}) {_HOUR} (?:and )?(?P<m>[0-5]?\d) ?(?:{_MINUTE})?"),
    re.compile(r"(?P<h>\d+):(?P<m>[0-5]\d)(?: ?h)?"),
    re.compile(rf"(?P<h>[+-]?(?:{_AMOUNT})) ?{_HOUR}"),
    re.compile(rf"(?P<m>[+-]?(?:{_AMOUNT})) ?{_MINUTE}"),
)
_HALF_HOUR = re.compile(r"(?:a )?half (?:an )?hour|half an h")
_THOUSANDS = (re.compile(r"[1-9]\d{0,2}(?:,\d{3})+"), re.compile(r"[1-9]\d{0,2}(?:\.\d{3}){2,}"))
_EXPONENT = re.compile(r"\de[+-]?\d")
_COMMA_DECIMALS = re.compile(r"\d+,\d{1,2}")
_POINT_DECIMALS = re.compile(r"\d+|\d*\.\d+|\d+\.")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as typed, not yet checked against any limit; it may be negative, huge or NaN.

    `measure` is HOURS or MONEY where the writing says so, else None; `currency` an ISO code in
    capitals, or "$" or "¥", which several currencies share. The amount keeps the decimals that were
    typed ("1.000" has three); `scientific` where it was typed like 1e3.
    """

    amount: Decimal
    measure: Measure | None = None
    currency: str | None = None
    scientific: bool = False


ONCE = Quantity(Decimal(1))


@lru_cache(maxsize=2048)
def read_quantity(phrase: str, measure: Measure = Measure.COUNT) -> Quantity | None:
    """The quantity that a whole phrase of normal words says ("5", "x5", "1h30", "£4.2k"), if any.

    `measure` is that of what is counted: "1.2m" is minutes, but a million where it is money.
    """
    quantity = _read(phrase, measure)
    if quantity and _EXPONENT.search(phrase):
        return replace(quantity, scientific=True)
    return quantity


def _read(phrase: str, measure: Measure) -> Quantity | None:
    if measure is Measure.MONEY:
        return _counted(phrase) or read_money(phrase) or read_duration(phrase)
    return _counted(phrase) or read_duration(phrase) or read_money(phrase)


def _counted(phrase: str) -> Quantity | None:
    if phrase in NUMBER_WORDS:
        return Quantity(NUMBER_WORDS[phrase])
    times = _TIMES.fullmatch(phrase)
    number = read_number((times[1] or times[2]) if times else phrase)
    return None if number is None else Quantity(number)


def read_number(text: str) -> Decimal | None:
    """A number with a decimal point or comma and grouped thousands; None where it is none."""
    if not re.fullmatch(_NUMBER, text):
        return None
    unsigned = text.lstrip("+-")
    if unsigned[0] in "ni":
        return Decimal(unsigned)
    digits, _, exponent = unsigned.partition("e")
    mantissa = _mantissa(digits)
    if mantissa is None or len(exponent) > 4:
        return mantissa if mantissa is None else Decimal("Infinity")
    number = mantissa.scaleb(int(exponent or 0))
    return -number if text.startswith("-") else number


def _mantissa(digits: str) -> Decimal | None:
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        whole, decimals = digits[: max(point, comma)], digits[max(point, comma) + 1 :]
        grouped = whole.replace(".", ",")
        fits = _THOUSANDS[0].fullmatch(grouped) and decimals.isdecimal() and len(decimals) < 3
        return Decimal(f"{grouped.replace(',', '')}.{decimals}") if fits else None
    if any(pattern.fullmatch(digits) for pattern in _THOUSANDS):
        return Decimal(digits.replace(",", "").replace(".", ""))
    if _COMMA_DECIMALS.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    return Decimal(digits.rstrip(".")) if _POINT_DECIMALS.fullmatch(digits) else None


def read_duration(phrase: str) -> Quantity | None:
    """Hours, to two places ("1h20" is 1.33): "1h30", "90 min", "1:30", "two hours"."""
    if _HALF_HOUR.fullmatch(phrase):
        return Quantity(Decimal("0.5"), Measure.HOURS)
    for pattern in _DURATIONS:
        if match := pattern.fullmatch(phrase):
            parts = match.groupdict()
            hours, minutes = _part(parts.get("h")), _part(parts.get("m"))
            if hours is None or minutes is None:
                return None
            return Quantity(_hours(hours, minutes), Measure.HOURS)
    return None


def typed_decimals(amount: Decimal) -> int:
    """Digits behind the point of a finite amount, zeros too."""
    return -int(amount.as_tuple().exponent)


def _part(text: str | None) -> Decimal | None:
    if text is None:
        return Decimal(0)
    return NUMBER_WORDS.get(text) or read_number(text)


def _hours(hours: Decimal, minutes: Decimal) -> Decimal:
    if not minutes:
        return hours
    total = hours + minutes / 60
    if typed_decimals(minutes) > MOST_DECIMALS:
        return total  # left doubtful
    # Beyond any limit the places don't matter, and quantize would refuse.
    return total.quantize(CENT, ROUND_HALF_UP) if abs(total) < 1_000_000 else total


def read_money(phrase: str) -> Quantity | None:
    """A sum: "£4200", "$4,200.50", "4.2k", "4200 GBP"; the currency None where it isn't said."""
    match = _MONEY.fullmatch(phrase)
    number = read_number(match["number"]) if match else None
    if match is None or number is None or (match["sign"] and match["after"]):
        return None
    said = (match["sign"] or match["after"] or "").strip()
    currency = _SIGNS.get(said) or said.upper() or None
    if currency and currency not in _SHARED and not is_currency(currency):
        return None
    scales = number.is_finite() and abs(number) < 10**12
    amount = number.scaleb(_SCALES[match["scale"]]) + ZERO if scales else number
    return Quantity(amount, Measure.MONEY if currency else None, currency)


def is_currency(code: str) -> bool:
    """Whether these are the three letters of a currency (ISO 4217)."""
    return unit_named(code).measure is Measure.MONEY


def same_currency(said: str, counted: str) -> bool:
    """Whether what was typed ("$", "GBP") can mean the currency that a team counts in."""
    return counted in _SHARED.get(said, {said})
