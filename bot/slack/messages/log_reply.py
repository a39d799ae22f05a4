"""What a rep reads after `/log`: what was recorded, for which date, and what it did."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from bot.domain.entries import Entry, Recorded, Undone
from bot.domain.grammar.requests import Outcome
from bot.domain.progress.pace import Progress
from bot.domain.quantities import Measure
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.praise import praise
from bot.slack.quick_blocks import Plain, button, context, row, section
from bot.slack.rendering import SECTION, full_stop, paragraphs, shortened
from bot.slack.words.amounts import LONGEST_NAME, amount, day_words, logged, money
from bot.slack.words.progress import spoken, titled

_MOST_NAMED: Final = 12
"""Entries that the first sentence lists before it only counts."""
_FEW: Final = 3
_SHORT_NAME: Final = 32
"""Characters of each name where there are more than a few."""
_ACCOUNT, _REASON, _NOTE = 80, 160, 200
"""Characters that are read back of what somebody typed."""
_SPOKEN: Final = 600


def log_reply(recorded: Recorded) -> Message:
    """The answer to an entry; the same for a request that came twice."""
    told = _sentence("Recorded", recorded.entries, recorded.day, recorded.today)
    praised = [praise(milestone) for milestone in recorded.milestones]
    blocks = (
        *_sections("recorded", (told, *_details(recorded.entries[0]))),
        *_progress(recorded.progress, recorded.today),
        *_praise(praised),
        _buttons(recorded.entries),
    )
    return Message(_spoken(told, recorded.progress, praised, recorded.today), blocks)


def undo_reply(undone: Undone) -> Message:
    """The answer to an undo, with the period as it stands without what was taken back."""
    opening = "That was taken back already:" if undone.repeated else "Taken back:"
    told = _sentence(opening, undone.entries, undone.day, undone.today)
    blocks = (*_sections("undone", (told,)), *_progress(undone.progress, undone.today))
    return Message(_spoken(told, undone.progress, (), undone.today), blocks)


def entry_words(entry: Entry, most: int = LONGEST_NAME) -> str:
    """An entry, or the deal that it belongs to, in plain words: "5 × Calls", "won GBP 4,200"."""
    if entry.outcome is None:
        return logged(entry.quantity, entry.indicator, most)
    return " ".join(part for part in (entry.outcome.words, _deal_amount(entry)) if part)


def _deal_amount(entry: Entry) -> str:
    if entry.amount is None or entry.outcome is None:
        return ""
    return amount(entry.amount, entry.indicator.unit) if _is_money(entry) else money(entry.amount)


def _is_money(entry: Entry) -> bool:
    return entry.indicator.unit.measure is Measure.MONEY


def _sentence(opening: str, entries: Sequence[Entry], day: date, today: date) -> str:
    said = f"{opening} *{_listed(entries)}* for {day_words(day, today)}{_with(entries[0])}"
    return full_stop(said)


def _listed(entries: Sequence[Entry]) -> str:
    if entries[0].outcome is not None:
        return escaped(_deal(entries))
    most = LONGEST_NAME if len(entries) <= _FEW else _SHORT_NAME
    named = [escaped(entry_words(entry, most)) for entry in entries[:_MOST_NAMED]]
    more = len(entries) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _deal(entries: Sequence[Entry]) -> str:
    """A deal once, not once for each of its rows: "won GBP 4,200 (1 × New customers)"."""
    words = {Outcome.WON: "Won", Outcome.LOST: "Lost", Outcome.NO_DECISION: "No decision"}
    amounting = next((entry for entry in entries if _is_money(entry)), entries[0])
    counted = [logged(entry.quantity, entry.indicator) for entry in entries if entry.quantity]
    outcome = words[entries[0].outcome or Outcome.WON]
    deal = " ".join(part for part in (outcome, _deal_amount(amounting)) if part)
    return f"{deal} ({', '.join(counted)})" if counted else deal


def _with(entry: Entry) -> str:
    return f" with {escaped(shortened(entry.account, _ACCOUNT))}" if entry.account else ""


def _details(entry: Entry) -> Iterator[str]:
    if entry.reason:
        yield f"Because: {escaped(shortened(entry.reason, _REASON))}"
    if entry.note:
        yield f"Note: {escaped(shortened(entry.note, _NOTE))}"


def _progress(progress: Iterable[Progress], today: date) -> Iterator[Plain]:
    yield from _sections("progress", (titled(each, today) for each in progress))


def _sections(name: str, lines: Iterable[str]) -> Iterator[Plain]:
    for nth, text in enumerate(paragraphs(lines)):
        yield section(text, f"{name}:{nth}")


def _praise(sentences: Sequence[str]) -> Iterator[Plain]:
    for nth, text in enumerate(paragraphs((f"🎉 {each}" for each in sentences), SECTION)):
        yield context(text, f"praise:{nth}")


def _buttons(entries: Sequence[Entry]) -> Plain:
    ids = tuple(entry.id for entry in entries)
    if entries[0].deal is not None:
        ids = ids[:1]  # undoing one row of a deal takes all of them back
    buttons = [button("Undo", actions.UNDO, actions.joined_ids(ids))]
    if len(ids) == 1:
        buttons.append(button("Edit", actions.EDIT, str(ids[0])))
    return row(buttons, "entry")


def _spoken(told: str, progress: Iterable[Progress], praised: Iterable[str], today: date) -> str:
    stands = "; ".join(spoken(each, today) for each in progress)
    said = (told.replace("*", "", 2), stands and f"{stands}.", *praised)
    return shortened(" ".join(each.replace("*", "") for each in said if each), _SPOKEN)
