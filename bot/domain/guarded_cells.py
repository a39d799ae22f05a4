"""Text in a CSV file that a spreadsheet will open, safe from being run as a formula.

See OWASP, "CSV Injection". The guard can be taken off again, so that what was exported imports as
it was.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text with a `'` before what would start a formula; a spreadsheet shows it as text.

    Text that starts like a guarded one is guarded too, or taking guards off would be ambiguous.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given; other text stays as it is."""
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell
