"""YAML 1.2 text as plain values that remember where they stood.

ruamel.yaml reads the text into nodes; they become values here rather than through its constructors,
because then every repeated key is reported with its place, numbers stay exact decimals and no tag
can construct anything.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from bot.domain.playbook.faults import Path, dotted
from bot.files.problems import PlaybookInvalid, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 100_000
"""Values after aliases are followed, so that a few lines can't unfold into millions."""

_TAG = "tag:yaml.org,2002:"
_KINDS = ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge")
_KNOWN_TAGS = frozenset(_TAG + kind for kind in _KINDS)
_OLD_VERSION = re.compile(r"(?:[ \t]*(?:#.*)?\n)*%YAML[ \t]+(?!1\.2\s)")
_SYNTAX = (
    ("found character '\\t'", "a tab: YAML is indented with spaces only"),
    ("found undefined alias", "`*` refers to an anchor that isn't there"),
    ("but found another document", "a second document starts here: a playbook is one document"),
    ("mapping values are not allowed", "a second `:` in one line: put the text in quotes"),
    ("could not find expected ':'", "a `:` after the key is missing"),
    ("found unexpected end of stream", "a quote is opened here and never closed"),
    ("that cannot start any token", "text that starts with this character needs quotes"),
    ("but found '-'", "this line's indentation doesn't fit the lines above"),
    ("expected <block end>", "this line's indentation doesn't fit the lines above"),
    ("but got '<stream end>'", "a bracket is opened and never closed"),
    ("but found '<stream end>'", "a bracket is opened and never closed"),
)


@dataclass
class Tree:
    """Values (dict, list, str, int, Decimal, bool, date, None) and the places of all of them."""

    value: object = None
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: Path, message: str, *, at_key: bool = False) -> Problem:
        """A problem of the value (or key) at the path, or of what is nearest around it."""
        found = self.keys.get(path) if at_key else None
        around = path
        while found is None:
            found = self.places.get(around)
            around = around[:-1]
        return Problem(*found, dotted(path), message)


def read_tree(source: str | bytes) -> Tree:
    """The one document of a YAML 1.2 text; raises PlaybookInvalid where it is no such thing.

    Problems that leave the rest readable (a repeated key, a tag) are in the tree's `problems`.
    """
    text = _decoded(source)
    if _OLD_VERSION.match(text):
        raise _refused("this says it is an older YAML: write %YAML 1.2 or leave the line out")
    root = _composed(text)
    if root is None:
        raise _refused("the file is empty: start from one of `pacesetter playbook templates`")
    tree = Tree()
    tree.value = _Builder(tree).value(root, ())
    return tree


def _refused(message: str, line: int = 1, column: int = 1) -> PlaybookInvalid:
    return PlaybookInvalid([Problem(line, column, "", message)])


def _decoded(source: str | bytes) -> str:
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(raw) > MAX_BYTES:
        raise _refused("the file is larger than 1 MB, far more than a playbook needs")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place(raw[: error.start].decode("utf-8-sig", "replace"))
        raise _refused("the file isn't UTF-8: save it as UTF-8 text", line, column) from error


def _place(text_before: str) -> tuple[int, int]:
    lines = text_before.split("\n")
    return len(lines), len(lines[-1]) + 1


def _composed(text: str) -> Node | None:
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except ReaderError as error:
        line, column = _place(text[: error.position])
        raise _refused("a character that text files don't have", line, column) from error
    except MarkedYAMLError as error:
        raise _syntax(error) from error
    except RecursionError as error:
        raise _refused("the file is nested far too deeply for a playbook") from error
    except (YAMLError, ValueError) as error:
        raise _refused(f"this isn't YAML: {error}") from error
    return node


def _syntax(error: MarkedYAMLError) -> PlaybookInvalid:
    said = f"{error.problem} {error.context}"
    known = next((message for words, message in _SYNTAX if words in said), None)
    mark = error.problem_mark or error.context_mark
    message = known or f"this isn't YAML: {error.problem}"
    return _refused(message, mark.line + 1, mark.column + 1) if mark else _refused(message)


class _Builder:
    """Nodes to values, once, with the places written into the tree."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._nodes = 0

    def value(self, node: Node, path: Path) -> object:
        self._tree.places[path] = _mark(node)
        self._nodes += 1
        if len(path) > MAX_DEPTH or self._nodes > MAX_NODES:
            line, column = _mark(node)
            raise _refused("the file unfolds into far more than a playbook", line, column)
        if str(node.tag) not in _KNOWN_TAGS:
            self._report(path, node, "tags (`!…`) have no meaning here: write the plain value")
        match node:
            case MappingNode():
                return self._mapping(node, path)
            case SequenceNode():
                items = enumerate(node.value)
                return [self.value(item, (*path, n)) for n, item in items]
            case _:
                return _plain(str(node.tag).removeprefix(_TAG), str(node.value))

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._report(path, key, "a key must be plain text")
            elif key.value in found:
                line = self._tree.keys[(*path, key.value)][0]
                self._report((*path, key.value), key, f"is already set in line {line}")
            else:
                self._tree.keys[(*path, key.value)] = _mark(key)
                found[key.value] = self.value(value, (*path, key.value))
        return found

    def _report(self, path: Path, node: Node, message: str) -> None:
        self._tree.problems.append(Problem(*_mark(node), dotted(path), message))


def _mark(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _plain(kind: str, text: str) -> object:
    match kind:
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" | "float":
            return _number(text)
        case "timestamp":
            return _day(text)
    return text


def _number(text: str) -> object:
    if "_" in text:  # a number in YAML 1.1 alone: 1_000
        return text
    try:
        if text.lower().startswith(("0x", "0o", "0b")):
            return Decimal(int(text, 0))
        return Decimal(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    except (InvalidOperation, ValueError):
        return text


def _day(text: str) -> object:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
