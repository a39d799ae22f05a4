"""The names of everything that people press, choose and submit.

An action's value is what Slack sends back; handlers check it against whoever pressed. Ids that have
to differ within one block end in the indicator's id: `log:12`.
"""

from datetime import date
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

KUDOS_CHEER: Final = "kudos_cheer"
"""`kudos_cheer:<person id>`; the value is the key of the celebration."""
KUDOS_WEEK: Final = "kudos_week"
"""`kudos_week:<n>`; the value has a Monday and the rep's Slack id, `2026-11-16 U02RILEY`."""

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
LOG_THIS: Final = "log_this"
LOG_ANYTHING: Final = "log_anything"
"""Callback ids of the two forms, of the shortcut on a message and of the one from anywhere."""

HOME_LOG: Final = "home_log"
"""`home_log:<indicator id>`; as LOG, from the Home tab: once for each state of it."""
HOME_FORM: Final = "home_form"
"""Opens the form behind `/log` from the Home tab."""
HOME_LIST: Final = "home_list"
"""What `/log list` shows, opened from the Home tab."""
PREP: Final = "prep"
"""`prep:<person id>`, or a menu whose value is the person's id: prepares a one-to-one."""
SETTINGS: Final = "settings"
"""Opens one's own settings."""
MY_DATA: Final = "my_data"
"""Shows what is kept of oneself, and what may be done about it."""
EXPORT_MINE: Final = "export_mine"
ERASE_MINE: Final = "erase_mine"
SETTINGS_FORM: Final = "settings_form"
ERASE_FORM: Final = "erase_form"

NOTES: Final = "notes"
"""`notes:<person id>`, or a menu; the value is the rep's Slack id: opens a one-to-one's form."""
NOTES_FORM: Final = "notes_form"
NOTES_ROW: Final = "notes_row"
"""One more line for a commitment, in that form."""
NOTES_EDIT: Final = "notes_edit"
NOTES_EDIT_FORM: Final = "notes_edit_form"
"""`notes_edit:<one-to-one id>`: opens the form in which its author changes it, on top."""
NOTES_PAGE: Final = "notes_page"
"""`notes_page:<n>`; another page of earlier notes, below that form."""
SETTLE: Final = "settle"
"""`settle:<commitment id>`; the value is `done` or `open`, and, on a manager's page before a
one-to-one, the rep's Slack id behind it: `done U02RILEY`."""

PAIR: Final = "pair"
"""`pair:<n>`, a button or a menu; the value is `learner helper behaviour skill`."""
PAIR_OFF: Final = "pair_off"
"""`pair_off:<pairing id>`: calls a pairing off."""
EXPERIMENT_NEW: Final = "experiment_new"
"""Opens the form of a new experiment; the value is the team's id."""
EXPERIMENT_STOP: Final = "experiment_stop"
EXPERIMENT_GROUPS: Final = "experiment_groups"
"""`experiment_stop:<id>` and `experiment_groups:<id>`; the value is the experiment's id."""
EXPERIMENT_PAGE: Final = "experiment_page"
EXPERIMENT_FORM: Final = "experiment_form"
EXPERIMENT_GROUPS_FORM: Final = "experiment_groups_form"
"""Callback ids of the list of experiments and of the two steps of planning one."""

COACH_BEST: Final = "coach_best"
"""`coach_best:<behaviour id>`; the value is `team amount period name`, the target to propose."""
COACH_GO: Final = "coach_go"
"""`coach_go` or `coach_go:<n>`; the value is a page, form or act of `/coach`
(`bot.slack.views.coach.place`). It opens a modal from a message or Home too."""
COACH_PAGE: Final = "coach_page"
COACH_FORM: Final = "coach_form"
"""Callback ids of what `/coach` opens; its metadata says which page or form it is."""


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


def week_of_rep(monday: date, user_id: str) -> str:
    """A rep's week as one value."""
    return f"{monday} {user_id}"


def split_week(value: str) -> tuple[date, str] | None:
    """The Monday and the Slack id of such a value; None where it isn't one."""
    day, _, user_id = value.partition(" ")
    try:
        monday = date.fromisoformat(day)
    except ValueError:
        return None
    return (monday, user_id) if user_id.isalnum() and monday.weekday() == 0 else None


_LONGEST_ID = 18
"""Digits of the largest id that a database keeps in 64 bits, one spared."""
