"""A filled-in form becomes a request; what is wrong is said at its own field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from bot.domain.errors import Refusal
from bot.domain.grammar.numbers import read_quantity
from bot.domain.grammar.requests import (
    MAX_ACCOUNT,
    MAX_NOTE,
    MAX_REASON,
    Deal,
    LoggedAmount,
    LogRequest,
    Outcome,
    checked_amount,
    checked_day,
    checked_text,
    deal_entries,
    money_result,
)
from bot.domain.grammar.words import from_slack, normal
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure

BEHAVIOUR: Final = "behaviour"
QUANTITY: Final = "quantity"
OUTCOME: Final = "outcome"
REASON: Final = "reason"
DAY: Final = "day"
ACCOUNT: Final = "account"
NOTE: Final = "note"

T = TypeVar("T")


class FormRefused(Refusal):
    """A form that can't be taken as it stands; `errors` has a sentence for each wrong field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What came back from a form, as typed; None where a field was left empty or isn't there.

    `outcome` is there for a deal, `indicator_id` for anything else.
    """

    quantity: str | None
    day: str | None
    indicator_id: int | None = None
    outcome: str | None = None
    reason: str | None = None
    account: str | None = None
    note: str | None = None


def request_of(form: FilledForm, indicators: Sequence[Indicator], today: date) -> LogRequest:
    """The request that the form says. Raises FormRefused with every field that is wrong."""
    fields = _Fields()
    day = fields.read(DAY, lambda: _day(form.day, today))
    account = fields.read(ACCOUNT, lambda: _text(form.account, MAX_ACCOUNT, "account"))
    note = fields.read(NOTE, lambda: _text(form.note, MAX_NOTE, "note"))
    deal = _deal(form, indicators, fields) if form.outcome is not None else None
    entries = _deal_rows(deal, indicators, fields) if deal else _amount(form, indicators, fields)
    fields.check()
    return LogRequest(entries or (), day or today, deal, account, note)


class _Fields:
    """Reads field after field and keeps what is wrong with each."""

    def __init__(self) -> None:
        self._errors: dict[str, str] = {}

    def read(self, field: str, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except Refusal as refusal:
            self._errors[field] = refusal.sentence
            return None

    def check(self) -> None:
        if self._errors:
            raise FormRefused(self._errors)


def _amount(
    form: FilledForm, indicators: Sequence[Indicator], fields: _Fields
) -> tuple[LoggedAmount, ...] | None:
    indicator = fields.read(BEHAVIOUR, lambda: _chosen(form.indicator_id, indicators))
    if indicator is None:
        return None
    quantity = fields.read(QUANTITY, lambda: _quantity(form.quantity, indicator))
    return None if quantity is None else (LoggedAmount(indicator, quantity),)


def _chosen(indicator_id: int | None, indicators: Sequence[Indicator]) -> Indicator:
    found = next((each for each in indicators if each.id == indicator_id), None)
    if found is None:
        raise Refusal(
            "Choose what you did."
            if indicator_id is None
            else "Your team no longer counts this: choose another."
        )
    return found


def _quantity(typed: str | None, indicator: Indicator) -> Decimal:
    unit = indicator.unit
    read = read_quantity(" ".join(map(normal, (typed or "").split())), unit.measure)
    if read is None:
        example = "1h30 or 1.5" if unit.measure is Measure.HOURS else "5"
        raise Refusal(f"Type a number, like {example}.")
    return checked_amount(read, unit.measure, unit.name, indicator.name)


def _deal(form: FilledForm, indicators: Sequence[Indicator], fields: _Fields) -> Deal | None:
    outcome = fields.read(OUTCOME, lambda: _outcome(form.outcome))
    amount = fields.read(QUANTITY, lambda: _deal_amount(form.quantity, indicators))
    reason = fields.read(REASON, lambda: _text(form.reason, MAX_REASON, "reason"))
    return None if outcome is None else Deal(outcome, amount, reason)


def _outcome(chosen: str | None) -> Outcome:
    if chosen not in set(Outcome):
        raise Refusal("Choose won, lost or no decision.")
    return Outcome(chosen)


def _deal_amount(typed: str | None, indicators: Sequence[Indicator]) -> Decimal | None:
    if not (typed or "").strip():
        return None
    read = read_quantity(" ".join(map(normal, (typed or "").split())), Measure.MONEY)
    if read is None:
        raise Refusal("Type an amount, like 4200, or leave it empty.")
    money = money_result(indicators)
    currency = money.unit.name if money else read.currency or ""
    return checked_amount(read, Measure.MONEY, currency, "A deal's amount")


def _deal_rows(
    deal: Deal, indicators: Sequence[Indicator], fields: _Fields
) -> tuple[LoggedAmount, ...] | None:
    return fields.read(QUANTITY, lambda: deal_entries(deal, indicators))


def _day(chosen: str | None, today: date) -> date:
    try:
        day = date.fromisoformat(chosen or "")
    except ValueError:
        raise Refusal("Choose a day.") from None
    return checked_day(day, today)


def _text(typed: str | None, limit: int, what: str) -> str | None:
    """Forms send what was typed as it is, without escapes; only what no database takes goes."""
    plain = from_slack((typed or "").replace("&", "&amp;").replace("<", "&lt;")).strip()
    return checked_text(plain or None, limit, what)
