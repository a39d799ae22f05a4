"""From what was written to a checked request, or to the reason why it can't be recorded."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.domain.grammar.days import NoDay
from bot.domain.grammar.deals import DEAL_ALONE, WrittenDeal, deal_amount, read_deal, sum_behind
from bot.domain.grammar.entries import Written, read_entries
from bot.domain.grammar.names import Names
from bot.domain.grammar.numbers import ONCE, read_quantity
from bot.domain.grammar.printing import print_log
from bot.domain.grammar.refusals import NotUnderstood, quoted
from bot.domain.grammar.requests import (
    MAX_ACCOUNT,
    MAX_NOTE,
    MAX_REASON,
    Deal,
    DoubtfulAmount,
    LoggedAmount,
    LogRequest,
    checked_amount,
    checked_day,
    checked_text,
    deal_entries,
)
from bot.domain.grammar.tails import Tail, read_tail
from bot.domain.grammar.words import COMMA, line


def entries_request(
    written: tuple[Written, ...], tail: Tail, names: Names, today: date
) -> LogRequest:
    """The request for these entries; raises `NotUnderstood` where a limit is broken."""
    day = _day(tail, lambda told: entries_request(written, told, names, today), names, today)
    try:
        amounts = tuple(_amount(entry) for entry in written)
    except DoubtfulAmount as refusal:
        choices = []
        for place in range(len(refusal.readings)):
            read = tuple(_amount(entry, reading=place) for entry in written)
            request = LogRequest(read, day, None, tail.account, tail.note)
            choices.append(_printed(request, names, today))
        raise NotUnderstood(refusal.sentence, choices) from None
    return _with_tail(LogRequest(amounts, day), tail, names, today)


def _day(tail: Tail, on: Callable[[Tail], LogRequest], names: Names, today: date) -> date:
    """The day to record on; where its words may mean one, the line is offered with that day."""
    if not isinstance(tail.when, NoDay):
        return checked_day(tail.when, today)
    choices = []
    for day in tail.when.meant:
        with suppress(NotUnderstood):
            choices.append(_printed(on(replace(tail, when=day)), names, today))
    raise NotUnderstood(tail.when.sentence, choices)


def _amount(entry: Written, *, reading: int | None = None) -> LoggedAmount:
    """The entry's amount; where that is doubtful, the reading at this place of its readings."""
    indicator = entry.indicator
    unit = indicator.unit
    quantity = read_quantity(entry.quantity, unit.measure) or ONCE
    try:
        amount = checked_amount(quantity, unit.measure, unit.name, quoted(indicator.name))
    except DoubtfulAmount as refusal:
        if reading is None:
            raise
        amount = refusal.readings[min(reading, len(refusal.readings) - 1)]
    return LoggedAmount(indicator, amount)


def deal_request(written: WrittenDeal, names: Names, today: date) -> LogRequest:
    """The request for a deal; raises `NotUnderstood` where a limit is broken."""

    def on(told: Tail) -> LogRequest:
        return deal_request(replace(written, tail=told), names, today)

    day = _day(written.tail, on, names, today)
    try:
        amount = deal_amount(written.amount, names.indicators)
    except DoubtfulAmount as refusal:
        requests = [_deal(written, reading, day, names) for reading in refusal.readings]
        choices = [_printed(request, names, today) for request in requests]
        raise NotUnderstood(refusal.sentence, choices) from None
    if amount is None and written.tail.account and not written.tail.literal_account:
        _no_sum_in_account(written, written.tail.account, day, names, today)
    return _with_tail(_deal(written, amount, day, names), written.tail, names, today)


def _no_sum_in_account(
    written: WrittenDeal, account: str, day: date, names: Names, today: date
) -> None:
    """Asks about "won with Acme 4200": the sum may be the deal's amount or part of a name."""
    split = sum_behind(account)
    if split is None:
        return
    tail = replace(written.tail, account=split[0])
    readings = [(amount, tail) for amount in _amounts_meant(split[1], names)]
    readings.append((None, written.tail))
    choices = [
        _printed(_deal(replace(written, tail=told), amount, day, names), names, today)
        for amount, told in readings
    ]
    raise NotUnderstood(f"Is {quoted(split[1])} the amount, or part of the name?", choices)


def _amounts_meant(written: str, names: Names) -> Sequence[Decimal | None]:
    try:
        return (deal_amount(written, names.indicators),)
    except DoubtfulAmount as refusal:
        return refusal.readings


def _deal(written: WrittenDeal, amount: Decimal | None, day: date, names: Names) -> LogRequest:
    reason = checked_text(written.tail.reason, MAX_REASON, "reason")
    deal = Deal(written.outcome, amount, reason or None)
    entries = deal_entries(deal, names.indicators)
    return LogRequest(entries, day, deal, written.tail.account, written.tail.note)


def _with_tail(bare: LogRequest, tail: Tail, names: Names, today: date) -> LogRequest:
    account = checked_text(tail.account, MAX_ACCOUNT, "account")
    if tail.note and len(tail.note) > MAX_NOTE:
        shorter = replace(bare, account=account, note=tail.note[: MAX_NOTE - 1].rstrip() + "…")
        raise NotUnderstood(
            f"The note has {len(tail.note):,} characters: shorten it to {MAX_NOTE:,}.",
            [_printed(shorter, names, today)],
        )
    request = LogRequest(bare.entries, bare.day, bare.deal, account, tail.note)
    if tail.account == "":
        choice = _printed(replace(request, account=None), names, today)
        raise NotUnderstood("With whom? Type the account behind “with”.", [choice])
    if tail.reason == "":
        raise NotUnderstood(
            "Why? Type the reason behind “because”.", [_printed(request, names, today)]
        )
    if tail.reason and request.deal is None:
        raise _reason_without_deal(request, tail.reason, names, today)
    if request.account and not tail.literal_account:
        _one_account(request, request.account, names, today)
    return request


def _reason_without_deal(
    request: LogRequest, reason: str, names: Names, today: date
) -> NotUnderstood:
    note = "; ".join(part for part in (f"because {reason}", request.note) if part)
    choices = [_printed(replace(request, note=note), names, today)] if len(note) <= MAX_NOTE else []
    return NotUnderstood(
        "“because” goes with won, lost or no decision; elsewhere a note does, behind a semicolon.",
        choices,
    )


def _one_account(request: LogRequest, account: str, names: Names, today: date) -> None:
    """Refuses "5 calls with Acme, 2 demos": entries stand before the account, or they'd be lost."""
    if account.isascii() and "," not in account and "\n" not in account:
        return  # nearly always
    text = line(account)
    commas = [at for at, token in enumerate(text.tokens) if token.word == COMMA]
    for comma in commas:
        for reading in read_entries(text, names, comma + 1):
            tail = read_tail(text, reading.end, today)
            if tail is None or reading.guessed or not reading.written[0].quantity:
                continue
            more = tuple(_amount(entry, reading=0) for entry in reading.written)
            moved = replace(
                request, entries=(*request.entries, *more), account=text.slice(0, comma)
            )
            if request.deal is not None:
                raise NotUnderstood(DEAL_ALONE)
            raise NotUnderstood(
                "One account a line, behind all entries; put a name with commas in double quotes.",
                [_printed(moved, names, today)] if tail == Tail() else [],
            )
    if any(read_deal(text, comma + 1, today) for comma in commas):
        raise NotUnderstood(DEAL_ALONE)


def _printed(request: LogRequest, names: Names, today: date) -> str:
    return print_log(request, today, names.indicators)
