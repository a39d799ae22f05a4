"""The names of everything that people press, choose and submit.

An action's value is what Slack sends back; handlers check it against whoever pressed. Ids that have
to differ within one block end in the indicator's id: `log:12`.
"""

from typing import Final

LOG: Final = "log"
"""`log:<indicator id>`; the value is the amount."""
PLAN: Final = "plan"
"""`plan:<indicator id>`, a time picker: when will you do it?"""
UNDO: Final = "undo"
"""The value has the ids of the entries, `12,13`."""
EDIT: Final = "edit"
"""The value is the entry's id."""
LINE: Final = "line"
"""`line:<n>`; the value is a `/log` line that was corrected."""
SNOOZE: Final = "snooze"
"""A menu; the value is what stands behind `/pace snooze`."""
WHY: Final = "why"
"""The value has the ids of the behaviours that a nudge named, `7,9`."""
CANCEL_AWAY: Final = "cancel_away"
"""The value is the id of the time off."""
PICK_TEAM: Final = "pick_team"
"""`pick_team:<team id>`."""

PACE_LINE: Final = "pace_line"
"""`pace_line:<n>`; the same for a `/pace` line."""
COACH_LINE: Final = "coach_line"
"""`coach_line:<n>`; the same for a `/coach` line."""

SETUP: Final = "setup"
"""Opens the guided set-up of a team."""
SETUP_BACK: Final = "setup_back"
SETUP_GO_ON: Final = "setup_go_on"
SETUP_ANEW: Final = "setup_anew"
CLAIM_ADMIN: Final = "claim_admin"
"""For Slack's admins and owners, who may always run Pacesetter (design §2.8)."""

SETUP_FORM: Final = "setup_form"
"""Callback id of every step of the guided set-up; which one it is, its metadata says."""
LOG_FORM: Final = "log_form"
EDIT_FORM: Final = "edit_form"
"""Callback ids of the two forms."""


def with_id(action: str, number: int) -> str:
    """An action id that is unique among its like: `log:12`."""
    return f"{action}:{number}"


def split_id(action_id: str) -> tuple[str, int | None]:
    """The action, and the number behind it if there is one."""
    action, _, number = action_id.partition(":")
    is_number = number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID
    return action, int(number) if is_number else None


def joined_ids(ids: "tuple[int, ...]") -> str:
    """Several ids as one value."""
    return ",".join(map(str, ids))


def split_ids(value: str, most: int = 50) -> tuple[int, ...]:
    """The ids of a value; whatever isn't one is left out."""
    parts = value.split(",")[:most]
    return tuple(
        int(part)
        for part in parts
        if part.isascii() and part.isdigit() and len(part) <= _LONGEST_ID
    )


_LONGEST_ID = 18
"""Digits of the largest id that a database keeps in 64 bits, one spared."""
