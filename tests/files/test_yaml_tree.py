"""Whatever is thrown at it: a value with places, or one kind refusal."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.playbook import parse, read
from bot.files.problems import PlaybookInvalid
from bot.files.yaml_tree import MAX_BYTES, read_tree
from tests.files.samples import EXAMPLE, lines_of

BOMB = "\n".join(
    ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
)


def test_values_are_those_of_yaml_1_2() -> None:
    tree = read_tree("[NO, yes, true, 09:00, 012, 1.10, ~, 2026-09-01, '5', 1_000, 0x10]")
    assert tree.value == [
        *("NO", "yes", True, "09:00", Decimal(12), Decimal("1.1"), None),
        *(date(2026, 9, 1), "5", "1_000", Decimal(16)),
    ]


def test_each_value_and_key_knows_its_place() -> None:
    tree = read_tree("a:\n  - {b: 1}\n")
    assert tree.places[("a", 0, "b")] == (2, 9)
    assert tree.keys[("a", 0, "b")] == (2, 6)


@pytest.mark.parametrize(
    "source, line",
    [
        ("", "line 1, column 1: the file is empty"),
        ("# nothing but a comment\n", "line 1, column 1: the file is empty"),
        ("- a\n- b\n", "line 1, column 1: must be a mapping"),
        ("just words", "line 1, column 1: must be a mapping"),
        ("a: 1\n\tb: 2\n", "line 2, column 1: a tab"),
        ("teams:\n\t- a\n", "line 2, column 1: a tab"),
        ("name: a: b", "line 1, column 8: a second `:` in one line"),
        ("name: @acme", "line 1, column 7: text that starts with this character"),
        ("name: 'acme", "line 1, column 12: a quote is opened"),
        ("name: [a", "line 1, column 9: a bracket is opened and never closed"),
        ("teams:\n  - a\n - b\n", "line 3, column 2: this line's indentation"),
        ("name: *x", "line 1, column 7: `*` refers to an anchor"),
        ("a: 1\n---\nb: 2\n", "line 2, column 1: a second document"),
        ("%YAML 1.1\n---\na: yes\n", "line 1, column 1: this says it is an older YAML"),
        ("a: \x07", "line 1, column 4: a character that text files don't have"),
        (b"name: Caf\xe9\n", "line 1, column 10: the file isn't UTF-8"),
        ("name: x".encode("utf-16"), "line 1, column 1: the file isn't UTF-8"),
        ("a" * (MAX_BYTES + 1), "line 1, column 1: the file is larger than 1 MB"),
        ("[" * 1000, "line 1, column 1: the file is nested far too deeply"),
        ("a: &a [*a]", "line 1, column 4: the file unfolds into far more"),
        (BOMB, "line 1, column "),
        ("name: \ud800", "line 1, column 7: the file isn't UTF-8"),
    ],
)
def test_what_is_no_playbook_is_refused_kindly(source: str | bytes, line: str) -> None:
    (problem,) = lines_of(source)
    assert problem.startswith(line)


def test_a_tag_constructs_nothing() -> None:
    lines = lines_of("workspace: T01TEST\nteams: []\nname: !!python/object/apply:os.getcwd []\n")
    assert any(line.startswith("line 3, column 7: name: tags") for line in lines)


def test_a_key_is_text() -> None:
    assert "line 1, column 3: a key must be plain text" in lines_of("? [a, b]\n: 1\n")


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_a_playbook_or_refused(source: str | bytes) -> None:
    with pytest.raises(PlaybookInvalid):
        parse(source)


@settings(deadline=None)
@given(st.integers(0, len(EXAMPLE) - 1), st.sampled_from("\0\t\n :-[]{},&*!|>'\"%@`#0x~"))
def test_a_slip_of_the_finger_is_read_or_refused(position: int, slip: str) -> None:
    text = EXAMPLE[:position] + slip + EXAMPLE[position + 1 :]
    try:
        problems = read(text).warnings
    except PlaybookInvalid as refused:
        problems = refused.problems
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
