"""Who is in the team: reps with what is set for each, and managers."""

from typing import Final

from bot.domain.errors import Refusal
from bot.domain.playbook.desk import Desk
from bot.domain.playbook.edits import (
    AddRep,
    ChangeRep,
    Edit,
    MoveRep,
    RemoveRep,
    SetManagers,
)
from bot.domain.playbook.plans import RepPlan
from bot.slack.views import fields
from bot.slack.views.coach import names
from bot.slack.views.coach.hub import rep_words
from bot.slack.views.coach.parts import (
    MOST_ROWS,
    buttons,
    choosing,
    form,
    page,
    safe,
    shown_page,
    text,
    told,
    turning,
)
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.coach.words import zones
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled

_MOST_AT_ONCE: Final = 30
_HERE: Final = "here"


def people_page(desk: Desk, kept: Kept, said: str = "") -> Json:
    """The team's reps, twenty at a time."""
    here, reps = kept.place, desk.plan.reps
    first = shown_page(here, len(reps)) * MOST_ROWS
    ways = [("Add people", here.to(names.REP_ADD)), ("Managers", here.to(names.MANAGERS))]
    listed = ways if desk.is_admin else ways[:1]
    rows = [_row(rep, desk, here) for rep in reps[first : first + MOST_ROWS]]
    nobody = [text("Nobody is in this team yet.", "nobody")] if not reps else []
    back = ("‹ Back", here.to(names.HUB))
    return page(
        "People",
        kept,
        [*told(said), buttons([*listed, back], "ways"), *nobody, *rows, *turning(here, len(reps))],
    )


def _row(rep: RepPlan, desk: Desk, here: Place) -> Json:
    todo = [
        ("Edit", here.to(names.REP, rep.user)),
        ("Time off", here.to(names.AWAY_ADD, rep.user)),
        ("Own target", here.to(names.TARGET, f"@{rep.user}")),
        ("Take out of the team", here.to(names.REP_REMOVE, rep.user)),
    ]
    return choosing(rep_words(rep, desk), todo, f"rep:{rep.user}")


def add_form(_desk: Desk, kept: Kept) -> Json:
    """One or several new reps."""
    blocks = [
        fields.people("user", "Who", most=_MOST_AT_ONCE),
        _segment(None),
        fields.day(
            "started_on",
            "First day",
            optional=True,
            hint="For new hires: targets start small and grow. Leave it empty for everybody else.",
        ),
    ]
    return form("Add people", kept, blocks, "Add")


def add_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    segment, started = filled.text("segment"), filled.day("started_on")
    filled.needed("user", "Choose at least one person.")
    users = filled.many("user")[:_MOST_AT_ONCE]
    return tuple(AddRep(user, segment=segment, started_on=started) for user in users)


def rep_form(desk: Desk, kept: Kept) -> Json:
    """What is set for one rep."""
    rep = the_rep(desk, kept.place.subject)
    blocks = [
        text(f"<@{rep.user}>", "who"),
        _segment(rep.segment),
        fields.day("started_on", "First day", rep.started_on, optional=True),
        fields.day(
            "leaves_on",
            "Last day",
            rep.leaves_on,
            optional=True,
            hint="Nothing is expected afterwards. What was logged stays.",
        ),
        fields.clock("nudge_at", "Nudge at", rep.nudge_at, optional=True, hint=_nudge_hint(desk)),
        fields.grouped_choice(
            "timezone",
            "Time zone",
            zones(rep.timezone),
            rep.timezone,
            optional=True,
            hint="Leave it empty to follow the person's own Slack settings.",
        ),
        fields.line("name", "Called", rep.name, optional=True, hint="Empty: as in Slack."),
    ]
    return form("Edit rep", kept, [*blocks, *_move(desk)])


def rep_edits(desk: Desk, kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    user = kept.place.subject
    change = ChangeRep(
        user,
        name=filled.text("name"),
        segment=filled.text("segment"),
        timezone=filled.chosen("timezone"),
        started_on=filled.day("started_on"),
        leaves_on=filled.day("leaves_on"),
        nudge_at=filled.time("nudge_at"),
    )
    to = filled.chosen("to")
    if to in (None, _HERE):
        return (change,)
    return (change, MoveRep(user, desk.teams.get(_team_id(to), "")))


def remove_form(desk: Desk, kept: Kept) -> Json:
    """Whether a rep shall really leave."""
    rep = the_rep(desk, kept.place.subject)
    asked = (
        f"<@{rep.user}> leaves {safe(desk.plan.name)} today. "
        "What was logged stays, and you can add them again at any time."
    )
    return form("Take out of the team", kept, [text(asked, "sure")], "Take out")


def remove_edits(_desk: Desk, kept: Kept, _filled: Filled) -> tuple[Edit, ...]:
    return (RemoveRep(kept.place.subject),)


def managers_form(desk: Desk, kept: Kept) -> Json:
    """Who leads the team."""
    hint = "They get the weekly digest and may change everything here."
    picked = fields.people(
        "managers", "Managers", desk.plan.managers, optional=True, hint=hint, most=_MOST_AT_ONCE
    )
    return form("Managers", kept, [picked])


def managers_edits(_desk: Desk, _kept: Kept, filled: Filled) -> tuple[Edit, ...]:
    return (SetManagers(filled.many("managers")),)


def the_rep(desk: Desk, user: str) -> RepPlan:
    """Raises Refusal for somebody who isn't in the team (any more)."""
    rep = desk.rep(user)
    if rep is None:
        raise Refusal("That person is no rep of this team any more.")
    return rep


def _segment(chosen: str | None) -> Json:
    return fields.line(
        "segment",
        "Segment",
        chosen,
        optional=True,
        placeholder="SDR, New hire, Enterprise…",
        hint="A group that can have targets of its own.",
    )


def _nudge_hint(desk: Desk) -> str:
    return f"Local time. Empty: the team's, {desk.plan.nudge_at:%H:%M}."


def _move(desk: Desk) -> list[Json]:
    others = [(str(id_), name) for id_, name in desk.teams.items() if id_ != desk.team_id]
    if not others:
        return []
    here = (_HERE, f"Stays in {desk.plan.name}")
    return [fields.choice("to", "Team", [here, *others], _HERE)]


def _team_id(chosen: str | None) -> int:
    return int(chosen) if chosen and chosen.isascii() and chosen.isdigit() else 0
