"""What the documents say is so: their example reads, and they leave no key or variable out."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.files.playbook import read
from bot.files.playbook_schema import (
    BehaviourShape,
    OverrideShape,
    PlaybookShape,
    RepShape,
    ResultShape,
    TeamShape,
)
from bot.files.playbook_text import dump
from bot.files.problems import PlaybookInvalid
from bot.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"
PLAYBOOK = (DOCS / "playbook.md").read_text("utf-8")
OPERATING = (DOCS / "operating.md").read_text("utf-8")
SECTIONS: dict[str, tuple[type[BaseModel], ...]] = {
    "The file": (PlaybookShape,),
    "A team": (TeamShape,),
    "A rep": (RepShape,),
    "A result, a behaviour": (ResultShape, BehaviourShape),
    "An override": (OverrideShape,),
}


def example() -> str:
    [_, text] = PLAYBOOK.split("```yaml\n")
    return text.partition("```")[0]


def test_the_example_is_a_playbook_and_only_thin() -> None:
    reading = read(example())
    assert [warning.message[:5] for warning in reading.warnings] == ["thin:"]
    assert read(dump(reading.playbook)).playbook == reading.playbook


def test_the_example_of_what_is_refused_is_what_is_said() -> None:
    spoilt = example().replace("channel:", "chanel:").replace("target: 20,", "target: 0,")
    with pytest.raises(PlaybookInvalid) as invalid:
        read(spoilt)
    for problem in invalid.value.problems:
        assert f"\nplaybook.yaml: {problem}\n" in PLAYBOOK


@pytest.mark.parametrize("title", SECTIONS)
def test_every_key_is_there_and_no_other(title: str) -> None:
    section = PLAYBOOK.partition(f"### {title}\n")[2].partition("\n#")[0]
    first_cells = "".join(re.findall(r"^\|([^|]*)\|", section, re.MULTILINE))
    fields = [field for shape in SECTIONS[title] for field in shape.model_fields.items()]
    assert set(re.findall(r"`(\w+)`", first_cells)) == {info.alias or name for name, info in fields}


def test_every_variable_is_there() -> None:
    for name in Settings.model_fields:
        assert f"`{name.upper()}`" in OPERATING
