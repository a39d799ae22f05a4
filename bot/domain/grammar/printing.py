"""A request as the line that one would type for it: it parses back to the very same request."""

from collections.abc import Sequence
from datetime import date
from itertools import product

from bot.domain.grammar.deals import sum_behind
from bot.domain.grammar.names import joined
from bot.domain.grammar.requests import LogRequest, written_entry
from bot.domain.grammar.tails import Tail, read_tail
from bot.domain.grammar.words import WITH, line, to_slack
from bot.domain.indicators import Indicator
from bot.domain.quantities import plain


def print_log(request: LogRequest, today: date, indicators: Sequence[Indicator] = ()) -> str:
    """The canonical line, without "/log", escaped like Slack's; a day that is `today` is left out.

    An account or a reason is put in quotes where it would be read differently without;
    `indicators`, the team's, tell whether "with" may belong to a name ("Demos with CFO").
    """
    named = _goes_on_in_a_name(request.account, indicators) or _ends_in_a_sum(request)
    when = "" if request.day == today else request.day.isoformat()
    reason = request.deal.reason if request.deal else None
    meant = (request.account, reason, request.note)
    tail = ""
    for quoting in product((False, True), repeat=2):
        tail = _tail(meant, when, quoting)
        if named and not quoting[0]:
            continue
        if _fits(read_tail(line(tail), 0, today), meant, when, quoting[0]):
            break
    glue = "" if tail.startswith(";") else " "
    return to_slack(f"{_head(request)}{glue}{tail}".rstrip())


def _head(request: LogRequest) -> str:
    if request.deal:
        amount = "" if request.deal.amount is None else f" {plain(request.deal.amount)}"
        return request.deal.outcome.words + amount
    return ", ".join(map(written_entry, request.entries))


def _tail(
    meant: tuple[str | None, str | None, str | None], when: str, quoting: tuple[bool, ...]
) -> str:
    account, reason, note = meant
    parts = (
        _part("with", account, literal=quoting[0]),
        _part("because", reason, literal=quoting[1]),
        when,
    )
    return " ".join(part for part in parts if part) + (f"; {note}" if note else "")


def _part(word: str, text: str | None, *, literal: bool) -> str:
    if text is None:
        return ""
    return f'{word} "{text.replace(chr(34), chr(34) * 2)}"' if literal else f"{word} {text}"


def _fits(
    read: Tail | None, meant: tuple[str | None, str | None, str | None], when: str, literal: bool
) -> bool:
    """Whether the printed tail says what was meant; an account with commas is quoted, because it
    might be read as further entries."""
    if read is None or (read.account, read.reason, read.note) != meant:
        return False
    day = read.when.isoformat() if isinstance(read.when, date) else ""
    return day == when and (literal or not meant[0] or "," not in meant[0])


def _ends_in_a_sum(request: LogRequest) -> bool:
    deal = request.deal
    return (
        deal is not None and deal.amount is None and sum_behind(request.account or "") is not None
    )


def _goes_on_in_a_name(account: str | None, indicators: Sequence[Indicator]) -> bool:
    """Whether "with" and the account could be read as part of a behaviour's name."""
    if not account:
        return False
    said = joined(line(account).tokens)[1]
    names = (name for i in indicators for name in (i.name, *i.aliases) if "w" in name.casefold())
    for tokens in (line(name).tokens for name in names):
        for at, token in enumerate(tokens):
            rest = joined(tokens[at + 1 :])[1]
            if token.word in WITH and (said.startswith(rest) or rest.startswith(said)):
                return True
    return False
