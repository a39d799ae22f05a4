"""The playbooks that come with the package, to start from."""

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Template:
    """A playbook to start from; `text` is a valid file whose ids are to be replaced.

    `title` and `summary` are the first two lines of its opening comment.
    """

    name: str
    title: str
    summary: str
    text: str


def templates() -> list[Template]:
    """All of them, by name."""
    found = (file for file in files("bot").joinpath("templates").iterdir())
    texts = {file.name: file.read_text("utf-8") for file in found if file.name.endswith(".yaml")}
    return [_template(name.removesuffix(".yaml"), texts[name]) for name in sorted(texts)]


def _template(name: str, text: str) -> Template:
    title, summary = (line.removeprefix("# ") for line in text.splitlines()[:2])
    return Template(name, title, summary, text)
