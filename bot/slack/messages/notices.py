"""Short answers: a refusal with its corrected lines, a snooze, time off, a list of entries."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from slackblocks import ActionsBlock, Block, Button, SectionBlock

from bot.domain.days.absences import Absence
from bot.domain.entries import Entry
from bot.slack import actions, escaping
from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.messages.log_reply import entry_words
from bot.slack.rendering import plain_text, rendered, shortened
from bot.slack.words.amounts import day_words

_LONGEST: Final = 600
_MOST_CHOICES: Final = 3
_MOST_ABSENCES: Final = 20
_ACCOUNT: Final = 60
_NOTE: Final = 80


def notice(sentence: str) -> Message:
    """One sentence, of ours or of the domain's; it may quote what somebody typed."""
    text = _safe(sentence)
    return Message(text, rendered(SectionBlock(text=text, block_id="notice")))


def question(sentence: str, choices: Sequence[str], action: str) -> Message:
    """What was not understood, and corrected lines: a button does exactly what it says."""
    if not choices:
        return notice(sentence)
    text = _safe(sentence)
    buttons = [
        Button(plain_text(line), action_id=actions.with_id(action, number), value=line)
        for number, line in enumerate(choices[:_MOST_CHOICES])
    ]
    blocks = (
        SectionBlock(text=text, block_id="notice"),
        ActionsBlock(elements=list(buttons), block_id="choices"),
    )
    return Message(text, rendered(*blocks))


def recent_entries(entries: Sequence[Entry], today: date, told: str = "") -> Message:
    """`/log list`: recent entries, each with undo and edit.

    `told` is what has just been done to them, escaped.
    """
    if not entries:
        nothing = "You have logged nothing in the last weeks. `/log help` shows how."
        return _plain(f"{told} {nothing}".strip())
    heading = f"{told}\n*Your recent entries*".strip()
    blocks: list[Block] = [SectionBlock(text=heading, block_id="heading")]
    for entry in entries:
        blocks += _entry(entry, today)
    said = "; ".join(_entry_line(entry, today) for entry in entries)
    return Message(shortened(f"Your recent entries: {said}", 2 * _LONGEST), rendered(*blocks))


def snoozed(until: date | None, today: date) -> Message:
    """Quiet until a day; None where it has just ended."""
    if until is None:
        return notice("Nudges are on again.")
    return notice(
        f"No nudges before {day_words(until, today)}. `/pace snooze off` brings them back sooner."
    )


def away(absence: Absence, whose: str, today: date) -> Message:
    """Time off that has just been entered; `whose` is "You are" or "<@U…> is", as mrkdwn."""
    text = f"{whose} off {_range(absence, today)}: nothing is expected then, and no streak breaks."
    button = _cancel(absence)
    blocks = (
        SectionBlock(text=text, block_id="away"),
        ActionsBlock(elements=[button], block_id="cancel"),
    )
    return Message(text, rendered(*blocks))


def absences(listed: Sequence[Absence], whose: str, today: date) -> Message:
    """Time off that isn't over yet, each with a button that takes it out."""
    if not listed:
        return _plain(f"{whose}: no time off ahead. `/pace away 12-16 dec` enters some.")
    blocks: list[Block] = [SectionBlock(text=f"*{whose}: time off*", block_id="heading")]
    for absence in listed[:_MOST_ABSENCES]:
        text = _range(absence, today)
        blocks.append(
            SectionBlock(text=text, block_id=f"away:{absence.id}", accessory=_cancel(absence))
        )
    said = ", ".join(_range(absence, today) for absence in listed)
    return Message(f"{whose}: time off {said}", rendered(*blocks))


def cancelled(taken_out: Sequence[Absence], whose: str, today: date) -> Message:
    """Time off that counts as working days again."""
    if not taken_out:
        return _plain(f"{whose}: there was no time off to cancel.")
    days = ", ".join(_range(absence, today) for absence in taken_out[:_MOST_ABSENCES])
    return _plain(f"{whose}: no longer off {days}.")


def _plain(text: str) -> Message:
    return Message(text, rendered(SectionBlock(text=text, block_id="notice")))


def _safe(said: str) -> str:
    return escaping.sentence(shortened(said, _LONGEST))


def _entry(entry: Entry, today: date) -> Iterator[Block]:
    yield SectionBlock(text=_entry_line(entry, today), block_id=f"entry:{entry.id}")
    undo = Button(plain_text("Undo"), action_id=actions.UNDO, value=str(entry.id))
    edit = Button(plain_text("Edit"), action_id=actions.EDIT, value=str(entry.id))
    yield ActionsBlock(elements=[undo, edit], block_id=f"act:{entry.id}")


def _entry_line(entry: Entry, today: date) -> str:
    parts = [f"*{escaped(entry_words(entry))}*", day_words(entry.day, today)]
    if entry.account:
        parts.append(f"with {escaped(shortened(entry.account, _ACCOUNT))}")
    if entry.note:
        parts.append(escaped(shortened(entry.note, _NOTE)))
    return " · ".join(parts)


def _range(absence: Absence, today: date) -> str:
    first, last = absence.days.start, absence.days.end
    if first == last:
        return day_words(first, today)
    return f"{day_words(first, today)} to {day_words(last, today)}"


def _cancel(absence: Absence) -> Button:
    return Button(plain_text("Cancel"), action_id=actions.CANCEL_AWAY, value=str(absence.id))
