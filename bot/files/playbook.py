"""A playbook file as a `Playbook`, with all that is wrong in it and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.playbook.faults import Fault, Path
from bot.domain.playbook.plans import Playbook
from bot.domain.playbook.rules import faults, settled
from bot.domain.playbook.warnings import warnings
from bot.files.mending import mended
from bot.files.playbook_schema import (
    BehaviourShape,
    CelebrationsShape,
    OverrideShape,
    PlaybookShape,
    RepShape,
    ResultShape,
    TeamShape,
)
from bot.files.problems import PlaybookInvalid, Problem
from bot.files.yaml_tree import Tree, read_tree

_SHAPES: dict[str, type[BaseModel]] = {
    "": PlaybookShape,
    "teams": TeamShape,
    "reps": RepShape,
    "results": ResultShape,
    "behaviours": BehaviourShape,
    "overrides": OverrideShape,
    "celebrations": CelebrationsShape,
}
_MESSAGES = {
    "missing": "is missing",
    "string_type": "must be text: put it in quotes",
    "tuple_type": "must be a list",
    "bool_type": "must be true or false",
    "model_type": "must be a mapping, lines of `key: value`",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A playbook that may be applied, and what is worth a word about it."""

    playbook: Playbook
    warnings: tuple[Problem, ...]


def parse(source: str | bytes) -> Playbook:
    """The playbook that a file's text holds; raises PlaybookInvalid with every problem in it."""
    return read(source).playbook


def read(source: str | bytes) -> Reading:
    """As `parse`, with warnings ("thin" set-ups, a team without a channel) at their places."""
    tree = read_tree(source)
    playbook, shape_problems = _shaped(tree)
    problems = [*tree.problems, *shape_problems]
    if problems or playbook is None:
        raise PlaybookInvalid(problems)
    found = tuple(sorted(_placed(tree, warnings(playbook))))
    return Reading(settled(playbook), found)


def _shaped(tree: Tree) -> tuple[Playbook | None, list[Problem]]:
    """The playbook, and the problems of its shape and its rules.

    Rules are asked of a file with shape errors too, with stand-ins for what couldn't be read, so
    that one reading names everything.
    """
    try:
        playbook = PlaybookShape.model_validate(tree.value).plan()
    except ValidationError as invalid:
        problems = [_shape_problem(tree, error) for error in invalid.errors()]
        patched, stand_ins = mended(tree.value, invalid)
        rest = faults(patched.plan()) if patched else ()
        real = (fault for fault in rest if not _is_within(fault.path, stand_ins))
        return None, [*problems, *_placed(tree, real)]
    return playbook, _placed(tree, faults(playbook))


def _placed(tree: Tree, found: Iterable[Fault]) -> list[Problem]:
    return [tree.problem(fault.path, fault.sentence) for fault in found]


def _is_within(path: Path, parts: Iterable[Path]) -> bool:
    return any(path[: len(part)] == part for part in parts)


def _shape_problem(tree: Tree, error: ErrorDetails) -> Problem:
    path = error["loc"]
    if error["type"] == "extra_forbidden":
        return tree.problem(path, _unknown_key(path), at_key=True)
    if error["type"] == "value_error":
        return tree.problem(path, str(error["ctx"]["error"]))
    return tree.problem(path, _MESSAGES.get(error["type"], error["msg"]))


def _unknown_key(path: Path) -> str:
    lists = [step for step in path[:-1] if isinstance(step, str)]
    fields = _SHAPES[lists[-1] if lists else ""].model_fields
    known = [field.alias or name for name, field in fields.items()]
    likely = get_close_matches(str(path[-1]).lower(), known, n=1)
    hint = f"did you mean `{likely[0]}`?" if likely else f"known here: {', '.join(known)}"
    return f"unknown key; {hint}"
