"""The file `.env`: what is wrong with it, in the words that its writer will read."""

from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream


class Unreadable(Exception):
    """There is a file, but no text to be had of it; `sentence` says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def wrong_lines(path: Path) -> list[str]:
    """A sentence for each line that is not NAME=value; it never quotes what may be a secret.

    No file, and one that can be read only once (a pipe), have none. Raises `Unreadable`.
    """
    if not path.is_file():
        return []
    bindings = parse_stream(StringIO(_text(path)))
    return [
        f"{path}: line {_line(each)} is not NAME=value; correct it, or begin it with #."
        for each in bindings
        if each.error or (each.key is not None and each.value is None)
    ]


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise Unreadable(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:  # UTF-16 without its mark is UTF-8 too, with a NUL beside each letter
        raise Unreadable(f"{path} is not UTF-8: open it in an editor and save it as UTF-8.")
    return text


def _line(binding: Binding) -> int:
    """Where it begins: the parser counts from the empty lines before it."""
    written = binding.original.string
    return binding.original.line + written[: -len(written.lstrip())].count("\n")
