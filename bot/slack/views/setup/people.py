"""The places at which a team says who is in it, and when it works and hears from the bot."""

from typing import Final

from slackblocks import (
    Block,
    ConversationFilter,
    ConversationSelectMenu,
    InputBlock,
    Option,
    PlainTextInput,
    StaticMultiSelectMenu,
    StaticSelectMenu,
    TimePicker,
    UserMultiSelectMenu,
)

from bot.domain.setups.drafts import Draft, Times
from bot.slack.quick_blocks import Plain
from bot.slack.rendering import plain_text, rendered
from bot.slack.views.setup.frame import LONGEST_INPUT, VALUE, modal

_PEOPLE: Final = (
    "*Who is in the team?* Reps log what they do and get the nudges; managers get the digest. "
    "The channel hears the good news, and only that."
)
_TIMES: Final = (
    "*When does it work?* Each rep gets at most one nudge a workday, at this time where the rep "
    "is; each manager one digest a week."
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_PEOPLE: Final = 100


def people_view(draft: Draft, place: str, *, is_admin: bool) -> Plain:
    """Reps, managers (admins alone name those) and the channel."""
    blocks = [_users("Reps", "reps", draft.reps, "Choose the reps")]
    if is_admin:
        blocks.append(_users("Managers", "managers", draft.managers, "Choose who leads the team"))
    channel = ConversationSelectMenu(
        action_id=VALUE,
        initial_conversation=draft.channel,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        placeholder=plain_text("Choose a channel"),
    )
    hint = "For celebrations and the week's recap. Type /invite @Pacesetter there, so I can post."
    blocks.append(
        InputBlock(
            plain_text("Channel"),
            channel,
            block_id="channel",
            hint=plain_text(hint, 150),
            optional=True,
        )
    )
    return modal(draft, place, _PEOPLE, rendered(*blocks))


def times_view(draft: Draft, place: str) -> Plain:
    """Nudge, digest, workdays, holidays and zone."""
    times = draft.times
    blocks: list[Block] = [
        _time("Nudge at (each rep's own time)", "nudge_at", times.nudge_at),
        _time("The day ends at (no nudge comes later)", "day_ends_at", times.day_ends_at),
        _weekday("Digest on", times),
        _time("Digest at (the manager's own time)", "digest_at", times.digest_at),
        _workdays(times),
        _line(
            "Public holidays of",
            "holidays",
            times.holidays,
            "A country's code such as GB or US, or with a region, GB-SCT. Empty: none.",
            optional=True,
        ),
        _line(
            "Time zone",
            "timezone",
            times.timezone,
            "For whoever has none in Slack, like Europe/London.",
        ),
    ]
    return modal(draft, place, _TIMES, rendered(*blocks), submit="Preview")


def _users(label: str, field: str, chosen: tuple[str, ...], invitation: str) -> InputBlock:
    menu = UserMultiSelectMenu(
        action_id=VALUE,
        initial_users=list(chosen) or None,
        max_selected_items=_MOST_PEOPLE,
        placeholder=plain_text(invitation),
    )
    return InputBlock(plain_text(label), menu, block_id=field)


def _time(label: str, field: str, chosen: str) -> InputBlock:
    return InputBlock(
        plain_text(label), TimePicker(action_id=VALUE, initial_time=chosen), block_id=field
    )


def _weekday(label: str, times: Times) -> InputBlock:
    options = _weekdays()
    menu = StaticSelectMenu(
        action_id=VALUE, options=options, initial_option=options[int(times.digest_day)]
    )
    return InputBlock(plain_text(label), menu, block_id="digest_day")


def _workdays(times: Times) -> InputBlock:
    options = _weekdays()
    menu = StaticMultiSelectMenu(
        action_id=VALUE,
        options=options,
        initial_options=[options[int(day)] for day in times.workdays] or None,
        placeholder=plain_text("Choose the workdays"),
    )
    return InputBlock(plain_text("Workdays"), menu, block_id="workdays")


def _weekdays() -> list[Option]:
    return [Option(plain_text(day), str(number)) for number, day in enumerate(_DAYS)]


def _line(label: str, field: str, typed: str, hint: str, *, optional: bool = False) -> InputBlock:
    element = PlainTextInput(
        action_id=VALUE, initial_value=typed[:LONGEST_INPUT] or None, max_length=LONGEST_INPUT
    )
    return InputBlock(
        plain_text(label),
        element,
        block_id=field,
        hint=plain_text(hint, LONGEST_INPUT),
        optional=optional,
    )
