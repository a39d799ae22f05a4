"""The form for one's own settings."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.domain import own_settings as own
from bot.domain.days.periods import short_day
from bot.domain.own_settings import FilledSettings, OwnSettings
from bot.domain.teams import Team
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.messages.notices import notice
from bot.slack.quick_blocks import context
from bot.slack.views.fields import Json, choice, clock, day, modal, ticks
from bot.slack.views.filled import filled

_NUDGES: Final = ((own.ON, "On"), (own.PAUSED, "Paused, until I turn them on again"))
_CELEBRATE: Final = (
    (own.IN_PUBLIC, "In the team's channel, where it is worth it"),
    (own.ALONE, "Just for me, in a direct message"),
)
_LEADERBOARD: Final = ((own.TAKES_PART, "Take part"), (own.LEFT, "Leave me out"))


def settings_form(
    settings: OwnSettings, team: Team, zone: str, zone_from: str, response_url: str = ""
) -> Json:
    """The form as the settings are; what it shows travels in its metadata."""
    kept = {"shown": settings.as_text(), "response_url": response_url}
    blocks = [
        _time_field(settings, team),
        context(f"Your time zone is *{zone}*, as {zone_from} says.", "zone"),
        *_quiet_fields(settings, team),
        *_seen_fields(settings),
    ]
    return modal(
        "My settings",
        blocks,
        callback_id=actions.SETTINGS_FORM,
        metadata=json.dumps(kept),
        submit="Save",
        close="Cancel",
    )


def filled_settings(view: Mapping[str, Any]) -> tuple[FilledSettings, str]:
    """What came back, and the response URL of the command that opened it ("" in Home)."""
    given, kept = filled(view), _kept(view)
    shown = kept.get("shown")
    form = FilledSettings(
        nudge_at=given.chosen(own.NUDGE_AT),
        nudges=given.chosen(own.NUDGES),
        snoozed=given.chosen(own.SNOOZED),
        quiet=given.many(own.QUIET),
        celebrate=given.chosen(own.CELEBRATE),
        leaderboard=given.chosen(own.LEADERBOARD),
        shown={str(k): str(v) for k, v in shown.items()} if isinstance(shown, dict) else {},
    )
    return form, str(kept.get("response_url") or "")


def settings_saved(settings: OwnSettings, team: Team) -> Message:
    """What is so now, in a sentence or two."""
    at = f"{settings.nudge_at or team.nudge_at:%H:%M}"
    quiet = [own.WEEKDAYS[each] for each in sorted(settings.quiet_weekdays)]
    if settings.paused:
        nudges = "Your nudges are paused"
    else:
        nudges = f"Your nudges come at {at}"
        nudges += f", not on {' and '.join(f'{each}s' for each in quiet)}" if quiet else ""
        until = settings.snoozed_until
        nudges += f", from {short_day(until)} on" if until else ""
    heard = "just for you" if settings.celebrate_alone else "in the team's channel"
    board = "leaves you out" if settings.off_leaderboard else "may show you"
    return notice(
        f"Saved. {nudges}. Your milestones are celebrated {heard}; a leaderboard {board}."
    )


def _time_field(settings: OwnSettings, team: Team) -> Json:
    return clock(
        own.NUDGE_AT,
        "My nudge comes at",
        settings.nudge_at or team.nudge_at,
        hint=f"One a workday at most. Your team's usual time is {team.nudge_at:%H:%M}.",
    )


def _quiet_fields(settings: OwnSettings, team: Team) -> Iterator[Json]:
    yield ticks(
        own.QUIET,
        "No nudges on",
        [(str(each), own.WEEKDAYS[each]) for each in sorted(team.workdays)],
        [str(each) for each in sorted(settings.quiet_weekdays)],
        hint="They stay workdays: targets and streaks count them.",
    )
    yield choice(own.NUDGES, "Nudges", _NUDGES, own.PAUSED if settings.paused else own.ON)
    yield day(
        own.SNOOZED,
        "No nudges before",
        settings.snoozed_until,
        optional=True,
        hint="A snooze ends by itself on that day. Empty: none.",
    )


def _seen_fields(settings: OwnSettings) -> Iterator[Json]:
    """What others see of one."""
    yield choice(
        own.CELEBRATE,
        "My milestones are celebrated",
        _CELEBRATE,
        own.ALONE if settings.celebrate_alone else own.IN_PUBLIC,
    )
    yield choice(
        own.LEADERBOARD,
        "The team's leaderboard, where there is one",
        _LEADERBOARD,
        own.LEFT if settings.off_leaderboard else own.TAKES_PART,
        hint="It compares behaviours with each one's own target, never revenue.",
    )


def _kept(view: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError):
        return {}
    return kept if isinstance(kept, dict) else {}
