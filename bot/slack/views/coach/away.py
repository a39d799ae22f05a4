"""Time off of the team's reps."""

from bot.domain.days.calendar import DateRange
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.desk import Desk, TeamAbsence
from bot.slack.views import fields
from bot.slack.views.coach import names
from bot.slack.views.coach.parts import (
    MOST_ROWS,
    buttons,
    form,
    opening,
    page,
    shown_page,
    text,
    told,
    turning,
)
from bot.slack.views.coach.place import Kept, Place
from bot.slack.views.coach.words import days_words
from bot.slack.views.fields import Json
from bot.slack.views.filled import Filled


def away_page(desk: Desk, kept: Kept, said: str = "") -> Json:
    """Whatever time off isn't over, soonest first."""
    here, listed = kept.place, desk.absences
    first = shown_page(here, len(listed)) * MOST_ROWS
    ways = [("Add time off", here.to(names.AWAY_ADD)), ("‹ Back", here.to(names.HUB))]
    rows = [_row(each, desk, here) for each in listed[first : first + MOST_ROWS]]
    nothing = [] if rows else [text("Nobody has time off ahead.", "nothing")]
    return page(
        "Time off",
        kept,
        [*told(said), buttons(ways, "ways"), *nothing, *rows, *turning(here, len(listed))],
    )


def _row(each: TeamAbsence, desk: Desk, here: Place) -> Json:
    said = f"<@{each.user}>  ·  {days_words(each.absence.days, desk.today)}"
    cancel = here.to(names.AWAY_CANCEL, "", each.absence.id)
    return opening(said, cancel, f"off:{each.absence.id}", "Cancel")


def away_form(desk: Desk, kept: Kept) -> Json:
    """Time off of one rep."""
    user = kept.place.subject or None
    blocks = [
        fields.person("user", "Who", user),
        fields.day("first", "First day off", desk.today),
        fields.day("last", "Last day off", optional=True, hint="Empty: one day."),
    ]
    return form("Add time off", kept, blocks, "Add")


def away_asked(desk: Desk, filled: Filled) -> tuple[str, DateRange]:
    """Who is off, and when. Raises FormRefused."""
    user = filled.needed("user", "Choose a rep.")
    if desk.rep(user) is None:
        raise FormRefused({"user": "That person is no rep of this team."})
    first, last = filled.day("first"), filled.day("last")
    if first is None:
        raise FormRefused({"first": "Choose a day."})
    try:
        return user, DateRange(first, last or first)
    except Refusal:
        raise FormRefused({"last": "The last day can't be before the first."}) from None
