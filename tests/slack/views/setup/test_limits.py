"""Every place of a set-up keeps Slack's limits, whatever the names and however large the team."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.playbook.plans import Playbook
from bot.domain.setups.drafts import Draft, DraftIndicator, DraftResult, Met, Times, places
from bot.domain.setups.foreseeing import foreseen
from bot.domain.setups.planning import planned
from bot.services.settingup.drafting import Under
from bot.slack.views.setup.ending import done_view, resume_view
from handlers.setup_places import view_of
from sandbox.blocks import modal

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
PLAYBOOK = Playbook("T01TEST", "Europe/London")
NAMES = st.text("<>&*_`~ab@!", min_size=1, max_size=74).filter(lambda text: bool(text.strip()))


def a_draft(name: str, reps: int = 60) -> Draft:
    """As much as there can be of everything: 3 results, 12 behaviours, many reps."""
    users = tuple(f"U{number:09d}" for number in range(reps))
    results = tuple(
        DraftResult(
            f"{name} R{r}",
            "USD 999,999,999.99 a quarter",
            ("x" * 80,),
            tuple(DraftIndicator(f"{name} {r}{b}", f"999 {'u' * 36} a day") for b in range(4)),
        )
        for r in range(3)
    )
    return Draft(
        nonce="0" * 16,
        name=name,
        template="blank",
        results=results,
        reps=users,
        managers=users[:10],
        channel="C01WEST",
        times=Times(timezone="America/Argentina/ComodRivadavia"),
        people={user: Met("<n>" * 60, "Pacific/Kiritimati") for user in users},
    )


async def every_view(draft: Draft) -> list[dict[str, Any]]:
    shown = []
    for place in places(draft):
        here = Draft(**{**_parts(draft), "place": place})
        shown.append(await view_of(Under(here, PLAYBOOK, is_admin=True), NOW, "<!channel> " * 40))
    plan = planned(draft).plan
    first = foreseen(plan, PLAYBOOK, draft.people, NOW)
    return [*shown, done_view(draft, plan, first), resume_view(draft, draft.name)]


def _parts(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in Draft.__dataclass_fields__}


@given(name=NAMES)
@settings(max_examples=25, deadline=None)
async def test_every_view_is_one_that_slack_takes(name: str) -> None:
    for view in await every_view(a_draft(name.strip())):
        modal(view)


async def test_the_longest_names_fit() -> None:
    for view in await every_view(a_draft("W" * 75)):
        modal(view)


@pytest.mark.parametrize("typed", ["<!channel>", "<@U01MORGAN>", "<http://x.test|here>"])
async def test_nothing_that_somebody_typed_is_live(typed: str) -> None:
    live = [
        text for view in await every_view(a_draft(typed)) for text in _mrkdwn(view) if typed in text
    ]
    assert live == []


def _mrkdwn(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "mrkdwn" else []
        return own + [text for value in part.values() for text in _mrkdwn(value)]
    if isinstance(part, list):
        return [text for each in part for text in _mrkdwn(each)]
    return []
