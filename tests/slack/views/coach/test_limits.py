"""Every page and form of `/coach` keeps Slack's limits, whatever a team's names and size."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.playbook.desk import Desk
from bot.slack.views.coach import away, names, targets, workspace
from bot.slack.views.coach import templates as template_views
from bot.slack.views.coach.every import FORMS, PAGES
from bot.slack.views.coach.place import Kept, Place, read_kept, read_place
from bot.slack.views.coach.templates import Offer
from sandbox.blocks import modal
from tests.slack.messages.samples import NASTY
from tests.slack.messages.test_limits import marked_up
from tests.slack.views.coach.samples import a_desk, an_effect

Draw = Callable[[Desk, Kept], dict[str, Any]]
URL = f"https://hooks.slack.test/{'x' * 200}"
ABOUT_REPS = {names.REP, names.REP_REMOVE}
ABOUT_INDICATORS = {names.INDICATOR, names.INDICATOR_RETIRE, names.TARGET}


def _offer(desk: Desk) -> Offer:
    return Offer("x" * 40, desk.plan.name, desk.plan.name, desk.plan)


def _template(desk: Desk, kept: Kept) -> dict[str, Any]:
    return template_views.template_form(a_desk("Another", 1), kept, _offer(desk))


def _sure(desk: Desk, kept: Kept) -> dict[str, Any]:
    behaviour = desk.plan.behaviours[0].name
    draft = {"indicator": (behaviour,), "target": ("7",), "period": ("week",)}
    return targets.sure_form(desk, Kept(kept.place, draft=draft, url=URL), an_effect(desk))


OTHERS: dict[str, Draw] = {
    names.TARGET: targets.target_form,
    names.AWAY_ADD: away.away_form,
    names.ADMINS: workspace.admins_form,
    names.TEMPLATES: lambda desk, kept: template_views.templates_page(kept, [_offer(desk)], "x"),
    names.TEMPLATE: _template,
    names.TARGET_SURE: _sure,
}


def drawn(name: str, desk: Desk, number: int = 0) -> dict[str, Any]:
    subject = ""
    if name in ABOUT_REPS:
        subject = desk.plan.reps[0].user
    if name in ABOUT_INDICATORS:
        subject = desk.plan.behaviours[-1].name
    here = Place(name, desk.team_id, number, subject)
    kept = Kept(here, back=here, seen="f" * 400, url=URL)
    if name in PAGES:
        return PAGES[name](desk, kept, desk.plan.name * 30)
    return FORMS[name].draw(desk, kept) if name in FORMS else OTHERS[name](desk, kept)


EVERY = [*PAGES, *FORMS, *OTHERS]


@pytest.mark.parametrize("reps", [1, 60])
@pytest.mark.parametrize("typed", ["W", NASTY, "<", "Calls ", "é漢"])
@pytest.mark.parametrize("name", EVERY)
def test_a_view_keeps_slacks_limits_with_the_longest_names(
    name: str, typed: str, reps: int
) -> None:
    modal(json.loads(json.dumps(drawn(name, a_desk(typed, reps)))))


@pytest.mark.parametrize("name", [names.PEOPLE, names.AWAY, names.TEAMS])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 99])
def test_every_page_of_a_long_list_is_a_view(name: str, number: int) -> None:
    view = drawn(name, a_desk(), number)
    modal(json.loads(json.dumps(view)))
    assert "of 60" in str(view) or name == names.TEAMS


@pytest.mark.parametrize("name", EVERY)
@settings(deadline=None, max_examples=15)
@given(typed=st.text(st.sampled_from("<>&!@#|U1 *`_~:;$£"), min_size=1, max_size=30))
def test_nothing_that_was_typed_is_live(name: str, typed: str) -> None:
    view = drawn(name, a_desk(f"a{typed}", 3))
    for said in marked_up(view["blocks"]):
        for mention in ("@", "#"):
            assert f"<{mention}" not in said.replace("<@U0", "").replace("<#C01WEST>", "")
        assert "<!" not in said
        assert "<http" not in said


@given(
    page=st.sampled_from(EVERY),
    team_id=st.integers(0, 10**17),
    number=st.integers(0, 10**17),
    subject=st.text(max_size=80),
)
def test_a_place_comes_back_from_its_button(
    page: str, team_id: int, number: int, subject: str
) -> None:
    place = Place(page, team_id, number, subject)
    assert read_place(place.code) == place
    kept = Kept(place, place, "seen", URL, {"target": ("5",)})
    assert read_kept({"private_metadata": kept.metadata}) == kept
    assert len(place.code) <= 150


@given(st.text(max_size=400))
def test_a_forged_place_is_no_accident(typed: str) -> None:
    assert isinstance(read_place(typed), Place)
    assert isinstance(read_kept({"private_metadata": typed}), Kept)
