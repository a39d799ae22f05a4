"""What is wrong after an edit, said at the field of its form."""

from dataclasses import fields

from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits.kinds import (
    KEEP,
    AddBehaviour,
    AddRep,
    AddResult,
    AddTeam,
    ChangeIndicator,
    ChangeRep,
    ChangeSettings,
    Edit,
    MoveRep,
    RenameTeam,
    SetManagers,
    SetTarget,
)
from bot.domain.playbook.edits.parts import called, same, tidied
from bot.domain.playbook.faults import Fault, Path
from bot.domain.playbook.plans import Playbook
from bot.domain.playbook.rules import faults

_MAIN: dict[type[Edit], str] = {
    AddTeam: "name",
    RenameTeam: "name",
    ChangeSettings: "day_ends_at",
    SetManagers: "managers",
    AddRep: "user",
    ChangeRep: "user",
    MoveRep: "to",
    AddResult: "name",
    AddBehaviour: "name",
    ChangeIndicator: "name",
    SetTarget: "target",
}
"""Where that is said which is no single field's."""
_WORDS = {
    "nudge_at": "nudge time",
    "day_ends_at": "end of the day",
    "started_on": "the first day",
    "leave leads_to out": "leave this empty",
    ", like [mon, tue]": "",
}
"""Keys of the file, in a form's words."""
_SUBJECTS = ("is ", "must ", "has ", "needs ", "goes ", "says ")


def refuse_faults(before: Playbook, after: Playbook, edit: Edit) -> None:
    """Raises FormRefused, or Refusal for an edit without fields, where the edit breaks a rule.

    What was wrong before isn't this edit's: it stays.
    """
    known = {_told(before, fault) for fault in faults(before)}
    errors: dict[str | None, str] = {}
    for fault in faults(after):
        if _told(after, fault) not in known:
            field, sentence = _at_field(after, fault, edit)
            errors.setdefault(field, sentence)
    fields_only = {field: said for field, said in errors.items() if field is not None}
    if fields_only:
        raise FormRefused(fields_only)
    if errors:
        raise Refusal(errors[None])


def _told(playbook: Playbook, fault: Fault) -> tuple[object, ...]:
    words = tuple(step for step in fault.path if isinstance(step, str))
    return (*words, _owner(playbook, fault.path), fault.sentence)


def _at_field(playbook: Playbook, fault: Fault, edit: Edit) -> tuple[str | None, str]:
    """The field's name, None for an edit that has no fitting one, and the sentence."""
    names = {field.name for field in fields(edit)}
    key = next((step for step in reversed(fault.path) if isinstance(step, str)), "")
    owner = _owner(playbook, fault.path)
    main = _MAIN.get(type(edit))
    if isinstance(edit, ChangeSettings) and "reps" in fault.path:
        return main, f"{called(playbook, owner)}'s nudge has to come before the day ends."
    if _is_about(edit, owner) and key in names:
        return key, worded(fault.sentence)
    if key == "aliases" and main == "name":
        return _taken_by_an_alias(edit, str(_at(playbook, fault.path)), owner)
    return main, worded(fault.sentence)


def _taken_by_an_alias(edit: Edit, alias: str, owner: str) -> tuple[str, str]:
    """A name, or else a short name, that was chosen though it is an alias of `owner`."""
    name = getattr(edit, "name", KEEP)
    if isinstance(name, str) and same(name, alias):
        return "name", f"“{alias}” is an alias of “{owner}”: use another name."
    return "aliases", f"“{alias}” already stands for “{owner}”: use another alias."


def _is_about(edit: Edit, owner: str) -> bool:
    """Whether the part with this name is the one that the edit is about, or holds no such parts."""
    match edit:
        case AddRep() | ChangeRep() | MoveRep():
            return owner == edit.user
        case AddResult() | AddBehaviour():
            return owner == str(tidied(edit.name))
        case ChangeIndicator():
            new = str(tidied(edit.name)) if isinstance(edit.name, str) else edit.indicator
            return owner == new or same(owner, new)
        case _:
            return True


def _owner(playbook: Playbook, path: Path) -> str:
    """The user id or name of the innermost part in which the fault lies."""
    part: object = playbook
    owner = ""
    for step in path:
        if isinstance(step, str):
            part = getattr(part, step, None)
            continue
        part = part[step] if isinstance(part, tuple) and step < len(part) else None
        owner = getattr(part, "user", None) or getattr(part, "name", None) or owner
    return str(owner)


def _at(playbook: Playbook, path: Path) -> object:
    part: object = playbook
    for step in path:
        part = part[step] if isinstance(step, int) else getattr(part, step)  # type: ignore[index]
    return part


def worded(sentence: str) -> str:
    """A fault of a file as the sentence of a form: with a subject, a capital and a full stop."""
    whole = f"this {sentence}" if sentence.startswith(_SUBJECTS) else sentence
    for key, word in _WORDS.items():
        whole = whole.replace(key, word)
    whole = whole[:1].upper() + whole[1:]
    return whole if whole.endswith((".", "?", "”")) else f"{whole}."
