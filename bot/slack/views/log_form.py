"""The form behind `/log`, and the one that edits an entry."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from slackblocks import (
    DatePicker,
    InputBlock,
    ModalView,
    Option,
    PlainTextInput,
    StaticSelectMenu,
)

from bot.domain import forms
from bot.domain.entries import Entry
from bot.domain.forms import FilledForm
from bot.domain.grammar.clippings import Clipping
from bot.domain.grammar.requests import MAX_ACCOUNT, MAX_NOTE, MAX_REASON, Outcome
from bot.domain.indicators import Indicator
from bot.domain.quantities import plain
from bot.slack import actions
from bot.slack.rendering import plain_text
from bot.slack.views.filled import states

_VALUE: Final = "value"
"""The action id of every field; the block's id says which one it is."""
_LONGEST_LABEL: Final = 75
_LONGEST_AMOUNT: Final = 40
_MOST_METADATA: Final = 3000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened, and for which entry: it comes back with what was filled in.

    `replace` where the answer takes the place of the message that the form was opened from;
    `direct` where it comes as a direct message, because the form was opened from nowhere.
    """

    response_url: str = ""
    entry_id: int = 0
    replace: bool = False
    direct: bool = False


def log_form(
    indicators: Sequence[Indicator], today: date, origin: Origin, start: Clipping | None = None
) -> dict[str, Any]:
    """A form for today, empty or begun with what a message says."""
    begun = start or Clipping(today)
    fields = [
        _behaviour(indicators, begun.indicator),
        _amount(begun.quantity or ""),
        *_rest(begun.day, begun.account, begun.note),
    ]
    return _modal("Log", fields, actions.LOG_FORM, origin)


def edit_form(entry: Entry, indicators: Sequence[Indicator], origin: Origin) -> dict[str, Any]:
    """A form with an entry's own values, or with those of its deal."""
    tail = _rest(entry.day, entry.account, entry.note)
    if entry.outcome is not None:
        amount = "" if entry.amount is None else plain(entry.amount)
        fields = [_outcome(entry.outcome), _amount(amount, optional=True), _reason(entry), *tail]
    else:
        typed = plain(entry.quantity)
        fields = [_behaviour(indicators, entry.indicator), _amount(typed), *tail]
    return _modal("Edit entry", fields, actions.EDIT_FORM, origin)


def filled_form(view: Mapping[str, Any]) -> FilledForm:
    """What somebody filled in, from Slack's `view`."""
    typed = {field: _entered(state) for field, state in states(view).items()}
    chosen = typed.get(forms.BEHAVIOUR) or ""
    return FilledForm(
        quantity=typed.get(forms.QUANTITY),
        day=typed.get(forms.DAY),
        indicator_id=next(iter(actions.split_ids(chosen)), None),
        outcome=typed.get(forms.OUTCOME),
        reason=typed.get(forms.REASON),
        account=typed.get(forms.ACCOUNT),
        note=typed.get(forms.NOTE),
    )


def origin_of(view: Mapping[str, Any]) -> Origin:
    """Where the form was opened."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
        url, entry_id = str(kept.get("response_url", "")), int(kept.get("entry_id", 0))
        replace, direct = (kept.get(name) is True for name in ("replace", "direct"))
        return Origin(url, entry_id, replace, direct)
    except (ValueError, TypeError, AttributeError):
        return Origin()


def _entered(state: Mapping[str, Any]) -> str | None:
    option = state.get("selected_option")
    if isinstance(option, Mapping):
        state = option
    given = state.get("selected_date", state.get("value"))
    return given if isinstance(given, str) else None


def _modal(
    title: str, fields: Sequence[InputBlock], callback_id: str, origin: Origin
) -> dict[str, Any]:
    metadata = json.dumps(asdict(origin))
    view = ModalView(
        title=plain_text(title),
        blocks=list(fields),
        submit=plain_text("Save"),
        close=plain_text("Cancel"),
        callback_id=callback_id,
        private_metadata=metadata if len(metadata) <= _MOST_METADATA else None,
    )
    return view.to_dict()


def _behaviour(indicators: Sequence[Indicator], chosen: Indicator | None = None) -> InputBlock:
    kept = chosen is not None and any(each.id == chosen.id for each in indicators)
    menu = StaticSelectMenu(
        action_id=_VALUE,
        options=[_option(each) for each in indicators],
        initial_option=_option(chosen) if chosen is not None and kept else None,
        placeholder=plain_text("Choose what you did"),
    )
    return InputBlock(plain_text("What"), menu, block_id=forms.BEHAVIOUR)


def _option(indicator: Indicator) -> Option:
    return Option(plain_text(indicator.name, _LONGEST_LABEL), str(indicator.id))


def _amount(typed: str, *, optional: bool = False) -> InputBlock:
    hint = "A number, like 5, or hours, like 1h30." if not optional else "What it was worth."
    element = PlainTextInput(
        action_id=_VALUE, initial_value=typed or None, max_length=_LONGEST_AMOUNT
    )
    label = plain_text("Amount" if optional else "How much")
    return InputBlock(
        label, element, block_id=forms.QUANTITY, hint=plain_text(hint), optional=optional
    )


def _outcome(chosen: Outcome) -> InputBlock:
    options = {each: Option(plain_text(each.words.capitalize()), each.value) for each in Outcome}
    menu = StaticSelectMenu(
        action_id=_VALUE, options=list(options.values()), initial_option=options[chosen]
    )
    return InputBlock(plain_text("How it ended"), menu, block_id=forms.OUTCOME)


def _reason(entry: Entry) -> InputBlock:
    return _line("Because", forms.REASON, MAX_REASON, entry.reason)


def _rest(day: date, account: str | None = None, note: str | None = None) -> list[InputBlock]:
    picker = DatePicker(action_id=_VALUE, initial_date=day.isoformat())
    return [
        InputBlock(plain_text("Day"), picker, block_id=forms.DAY),
        _line("Account", forms.ACCOUNT, MAX_ACCOUNT, account),
        _line("Note", forms.NOTE, MAX_NOTE, note, multiline=True),
    ]


def _line(
    label: str, field: str, limit: int, typed: str | None, *, multiline: bool = False
) -> InputBlock:
    element = PlainTextInput(
        action_id=_VALUE, initial_value=typed, max_length=limit, multiline=multiline
    )
    return InputBlock(plain_text(label), element, block_id=field, optional=True)
