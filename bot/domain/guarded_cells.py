"""Text in a CSV file that a spreadsheet will open, safe from being run as a formula.

See OWASP, "CSV Injection". The guard can be taken off again, so that what was exported imports as
it was.
"""

import re

_UNSEEN = r"\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""What a spreadsheet may skip: blanks of every width, none among them, and marks of direction."""
_STARTS = rf"(?:[\t\r\n]|[{_UNSEEN}]*[=+\-@\uff1d\uff0b\uff0d\uff20])"
"""A formula, also in full width, as Japanese keyboards write it."""
_FORMULA = re.compile(f"'*{_STARTS}")
_GUARDED = re.compile(f"'+{_STARTS}")


def guarded(text: str) -> str:
    """The text with a `'` before what would start a formula; a spreadsheet shows it as text.

    Text that starts like a guarded one is guarded too, or taking guards off would be ambiguous.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given; other text stays as it is."""
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell
