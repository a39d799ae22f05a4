"""`docs/security.md` names tests, and each is there: it promises nothing that nobody shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs/security.md").read_text("utf-8")
BASELINE = json.loads((ROOT / ".secrets.baseline").read_text("utf-8"))
_EXAMPLES = {
    "bot/cli/moving.py": "the form of an address, in a sentence",
    "docs/scaling.md": "the same",
}
"""What looks like a secret outside tests and benchmarks, and why it is none."""


def _named() -> Iterator[tuple[str, str]]:
    """The last cell of each row: its files, and the beginnings and ends of tests' names."""
    for row in re.findall(r"^\|.*\|$", TABLE, re.MULTILINE):
        cell = row.strip("|").rsplit("|", 1)[-1]
        for name in re.findall(r"`([^`]+)`", cell):
            yield row.split("|")[1].strip(), name


@pytest.mark.parametrize("threat, name", list(_named()))
def test_each_test_that_the_table_names_is_there(threat: str, name: str) -> None:
    if "/" in name:
        assert (ROOT / name).exists()
        return
    known = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    part = name.strip("…")
    assert re.search(rf"def test_\w*{re.escape(part)}", known), f"{threat}: no test {name}"


def test_each_threat_has_a_test() -> None:
    rows = [row for row in re.findall(r"^\| [^-].*\|$", TABLE, re.MULTILINE) if "threat" not in row]
    unshown = [row for row in rows if "`" not in row.strip("|").rsplit("|", 1)[-1]]
    assert len(rows) > 30
    assert unshown == []


def test_what_is_taken_for_no_secret_is_made_up_by_tests() -> None:
    elsewhere = {
        file for file in BASELINE["results"] if not file.startswith(("tests/", "benchmarks/"))
    }
    assert elsewhere == set(_EXAMPLES)


@pytest.mark.parametrize(
    "lock", sorted(ROOT.glob("requirements*.lock")), ids=lambda lock: lock.name
)
def test_every_requirement_is_pinned_with_a_hash(lock: Path) -> None:
    text = lock.read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    assert [
        line for line in lines if not re.match(r"[\w.\-\[\]]+==\S+ .*--hash=sha256:", line)
    ] == []
    assert "://" not in text
