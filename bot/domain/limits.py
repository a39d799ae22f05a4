"""The limits of what one request may record, wherever it comes from."""

from datetime import date
from decimal import Decimal

from bot.domain.errors import Refusal
from bot.domain.grammar.numbers import Quantity
from bot.domain.grammar.requests import (
    MAX_ACCOUNT,
    MAX_NOTE,
    MAX_REASON,
    LogRequest,
    checked_amount,
    checked_day,
    checked_text,
)
from bot.domain.quantities import Measure, Unit

_MONEY = Unit("", Measure.MONEY)


def check_limits(request: LogRequest, today: date) -> None:
    """Raises Refusal for a day, an amount or a text that can't be kept.

    The grammar lets none of them pass; forms, and buttons pressed days later, are checked here.
    """
    if not request.entries:
        raise Refusal("Type what you did, like `/log 5 calls`.")
    checked_day(request.day, today)
    for asked in request.entries:
        if request.deal is None or asked.quantity:
            _check(asked.quantity, asked.indicator.unit, asked.indicator.name)
    if request.deal and request.deal.amount is not None:
        _check(request.deal.amount, _MONEY, "The deal")
    checked_text(request.account, MAX_ACCOUNT, "account")
    checked_text(request.note, MAX_NOTE, "note")
    checked_text(request.deal.reason if request.deal else None, MAX_REASON, "reason")


def _check(amount: Decimal, unit: Unit, name: str) -> None:
    checked_amount(Quantity(amount.normalize()), unit.measure, unit.name, name)
