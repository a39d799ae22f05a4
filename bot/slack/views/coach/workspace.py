"""What admins see to: which teams there are, the workspace's own settings, and other admins."""

from typing import Final

from bot.domain.counts import counted
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import AddTeam, ChangeWorkspace, Edit, RenameTeam, RetireTeam
from bot.slack.views import fields
from bot.slack.views.coach import names
from bot.slack.views.coach.parts import (
    MOST_ROWS,
    buttons,
    choosing,
    form,
    page,
    safe,
    shown_page,
    small,
    text,
    told,
    turning,
)
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.coach.words import zones
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled

_MOST_PEOPLE: Final = 30


def teams_page(desk: Desk, kept: Kept, said: str = "") -> Json:
    """Every team of the workspace."""
    here, listed = kept.place, list(desk.teams.items())
    first = shown_page(here, len(listed)) * MOST_ROWS
    ways = [
        ("New team", here.to(names.TEAM_ADD)),
        ("Workspace", here.to(names.WORKSPACE)),
        ("‹ Back", here.to(names.HUB)),
    ]
    rows = [_row(team_id, name, desk) for team_id, name in listed[first : first + MOST_ROWS]]
    gone = [safe(name) for name in desk.retired_teams[:MOST_ROWS]]
    retired = f"Retired: {', '.join(gone)}. A new team of that name brings it back."
    return page(
        "Teams",
        kept,
        [
            *told(said),
            buttons(ways, "ways"),
            *rows,
            *turning(here, len(listed)),
            *([small(retired, "gone")] if gone else []),
        ],
    )


def _row(team_id: int, name: str, desk: Desk) -> Json:
    there = Place(names.HUB, team_id)
    plan = next((team for team in desk.playbook.teams if team.name == name), None)
    reps = len(plan.reps) if plan else 0
    todo = [
        ("Open", there),
        ("Rename", there.to(names.TEAM)),
        ("Retire…", there.to(names.TEAM_RETIRE)),
    ]
    return choosing(f"*{safe(name)}*\n{counted(reps, 'rep')}", todo, f"team:{team_id}")


def add_form(_desk: Desk, kept: Kept) -> Json:
    """A new team."""
    blocks = [
        fields.line("name", "Name", placeholder="West"),
        fields.people("managers", "Managers", optional=True, most=_MOST_PEOPLE),
        fields.channel("channel", "Channel", hint="For good news."),
        fields.grouped_choice("timezone", "Time zone", zones(None), None, optional=True),
    ]
    return form("New team", kept, blocks, "Create")


def add_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    name = filled.needed("name", "Type a name.")
    channel, zone = filled.chosen("channel"), filled.chosen("timezone")
    return (AddTeam(name, channel, filled.many("managers"), zone),)


def rename_form(desk: Desk, kept: Kept) -> Json:
    """Another name for a team."""
    return form("Rename team", kept, [fields.line("name", "Name", desk.plan.name)])


def rename_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    return (RenameTeam(filled.needed("name", "Type a name.")),)


def retire_form(desk: Desk, kept: Kept) -> Json:
    """Whether a team shall really be no more."""
    asked = (
        f"*{safe(desk.plan.name)}* is retired today: no nudges, no digests, and its "
        f"reps ({len(desk.plan.reps)}) are in no team any more. Its history stays."
    )
    return form("Retire team", kept, [text(asked, "sure")], "Retire")


def retire_edits(_desk: Desk, _kept: Kept, _filled: Filled) -> tuple[Edit, ...]:
    return (RetireTeam(),)


def workspace_form(desk: Desk, kept: Kept) -> Json:
    """The workspace's name and zone."""
    book = desk.playbook
    hint = "For whoever has no time zone in Slack and no other here."
    blocks = [
        fields.line("name", "Name", book.name, optional=True),
        fields.grouped_choice(
            "timezone", "Time zone", zones(book.timezone), book.timezone, hint=hint
        ),
    ]
    return form("Workspace", kept, blocks)


def workspace_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    zone = filled.chosen("timezone") or ""
    return (ChangeWorkspace(name=filled.text("name"), timezone=zone),)


def admins_form(desk: Desk, kept: Kept) -> Json:
    """Who sets the workspace up."""
    hint = "They may change everything everywhere, and name managers and other admins."
    picked = fields.people("admins", "Admins", desk.admins, hint=hint, most=_MOST_PEOPLE)
    return form("Admins", kept, [picked])
