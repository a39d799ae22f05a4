"""What a set-up shows at each of its places, and the templates that it starts from."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from bot.domain.playbook.plans import TeamPlan
from bot.domain.setups.drafts import (
    PEOPLE,
    PREVIEW,
    RESULTS,
    START,
    TIMES,
    Draft,
    result_number,
)
from bot.services.settingup.drafting import Under
from bot.services.settingup.saving import preview
from bot.slack.quick_blocks import Plain
from bot.slack.views.setup.counting import (
    Choice,
    behaviours_view,
    results_view,
    start_view,
    targets_view,
)
from bot.slack.views.setup.ending import preview_view
from bot.slack.views.setup.people import people_view, times_view


async def plans() -> Mapping[str, TeamPlan]:
    """The templates' teams, by the templates' names; read once, without holding others up."""
    return {choice.name: plan for choice, plan in await asyncio.to_thread(_templates)}


async def view_of(under: Under, now: datetime, error: str = "") -> Plain:
    """The modal for the place that the draft is at."""
    draft, place = under.draft, under.draft.place
    if place == START:
        templates = await asyncio.to_thread(_templates)
        return start_view(draft, [choice for choice, _ in templates])
    if place == PEOPLE:
        return people_view(draft, place, is_admin=under.is_admin)
    if place == TIMES:
        return times_view(draft, place)
    if place == PREVIEW:
        return preview_view(draft, place, preview(under, now), error)
    return _counting(draft, place)


def _counting(draft: Draft, place: str) -> Plain:
    if place == RESULTS:
        return results_view(draft, place)
    if (number := result_number(place)) is not None:
        return behaviours_view(draft, place, number)
    return targets_view(draft, place)


@cache
def _templates() -> tuple[tuple[Choice, TeamPlan], ...]:
    from bot.files.playbook import parse  # noqa: PLC0415  YAML would slow every start down
    from bot.files.templates import templates  # noqa: PLC0415  the same

    read = ((each, parse(each.text).teams[0]) for each in templates())
    return tuple(
        (Choice(each.name, each.title, each.summary, plan.name), plan) for each, plan in read
    )
