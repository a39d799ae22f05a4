"""What is kept of a person, a copy of it, and erasing it: explained before anything is done."""

from collections.abc import Mapping
from typing import Any, Final

from bot.domain import counts
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.quick_blocks import button, row, section
from bot.slack.rendering import shortened
from bot.slack.views.fields import Json, line, modal
from bot.slack.views.filled import filled

WORD: Final = "word"
"""The field in which one types the word."""
ERASE: Final = "ERASE"
"""The word."""
_LONGEST_TEAM: Final = 80
_MOST_TEAMS: Final = 3
_NAMES: Final = {
    "entries": ("entry, with its account and note", "entries, with their accounts and notes"),
    "milestones": ("milestone", "milestones"),
    "time_off": ("stretch of time off", "stretches of time off"),
    "deliveries": ("message to you or about you", "messages to you or about you"),
    "memberships": ("membership of a team", "memberships of teams"),
    "targets": ("target of your own", "targets of your own"),
    "kudos": ("kudos", "kudos, given and received"),
    "one_to_ones": ("one-to-one", "one-to-ones"),
    "commitments": ("commitment", "commitments"),
    "pairings": ("pairing with a colleague", "pairings with colleagues"),
    "experiment_members": ("experiment that you were in", "experiments that you were in"),
    "interactions": ("day's count of what I cost you", "days' counts of what I cost you"),
}


def data_view(rows: Mapping[str, int]) -> Json:
    """What is kept, and the two things that can be done about it."""
    kept = counted(rows) or "nothing but your name and settings"
    blocks = [
        section(
            f"I keep your name, time zone and settings as Slack and you gave them, and {kept}. "
            "You and your managers see your numbers; nobody else does, but in totals of a team.",
            "kept",
        ),
        section(
            "*A copy* comes as files (CSV) in our direct messages: activities, results, milestones "
            "and whatever else there is: one-to-ones, what you agreed, kudos, time off, plans. A "
            "spreadsheet opens them. What your manager noted is for whoever leads your team.",
            "copy",
        ),
        row([button("Send me a copy", actions.EXPORT_MINE, "all")], "copy:do"),
        section("*Erasing* can't be undone. You read first what it means.", "erase"),
        row([{**button("Erase my data…", actions.ERASE_MINE, "all"), "style": "danger"}], "do"),
    ]
    return modal("My data", blocks, callback_id=actions.MY_DATA, metadata="")


def erase_form(
    person_id: int, rows: Mapping[str, int], team: str | None, leads: tuple[str, ...], admin: bool
) -> Json:
    """What erasing means for this person, and the word to type."""
    blocks = [
        section(f"This erases your name and settings, and {counted(rows) or 'all else'}.", "what"),
        section("\n".join(f"• {each}" for each in _means(team, leads, admin)), "means"),
        line(
            WORD,
            f"Type {ERASE} to erase everything",
            most=20,
            hint="There is no way back, but a copy that you have taken before.",
        ),
    ]
    return modal(
        "Erase my data",
        blocks,
        callback_id=actions.ERASE_FORM,
        metadata=str(person_id),
        submit="Erase",
        close="Keep it",
    )


def erased_view(rows: Mapping[str, int]) -> Json:
    """What was erased."""
    said = (
        f"Erased: your name and settings, and {counted(rows) or 'nothing else'}. "
        "Messages that stand in Slack stay there, and backups keep what they hold until they are "
        "renewed: ask whoever runs Pacesetter."
    )
    return modal("Erased", [section(said, "erased")], callback_id="erased", metadata="")


def typed_word(view: Mapping[str, Any]) -> str:
    """What was typed, whatever the case."""
    return (filled(view).text(WORD) or "").upper()


def counted(rows: Mapping[str, int]) -> str:
    """ "12 entries, with their accounts and notes, 3 milestones and 1 stretch of time off"."""
    named = [
        counts.counted(rows[table], one, many)
        for table, (one, many) in _NAMES.items()
        if rows.get(table)
    ]
    head, last = named[:-1], named[-1:]
    return f"{', '.join(head)} and {last[0]}" if head else "".join(last)


def _means(team: str | None, leads: tuple[str, ...], admin: bool) -> list[str]:
    said = []
    if team is not None:
        said.append(
            f"You leave {_team(team)}. What it had in all stays where four or more people stand "
            "behind it; elsewhere your share goes. Milestones of the whole team stay: they name "
            "nobody."
        )
        said.append("Your manager can add you again; then you start from nothing.")
    if leads:
        named = [_team(each) for each in leads[:_MOST_TEAMS]]
        named += [f"{more} more"] if (more := len(leads) - _MOST_TEAMS) > 0 else []
        said.append(f"{' and '.join(named)} will be without you as a manager.")
    if admin:
        said.append("You will no longer run Pacesetter here; admins of Slack can claim that.")
    said.append("Messages that stand in Slack stay there: delete them there, if you may.")
    return said


def _team(name: str) -> str:
    return f"*{escaped(shortened(name, _LONGEST_TEAM))}*"
