"""Targets and time off at the hub: seen before they are saved."""

from datetime import date

import pytest

from bot.slack.views.coach import names
from tests.handlers.hub.conftest import AtHub
from tests.handlers.hub.test_forms import overrides
from tests.teams import RILEY, SAM

STRANGER = "U09STRANGER"


async def test_what_a_target_does_is_shown_before_it_is_saved(hub: AtHub) -> None:
    await (await hub.open()).go(names.TARGETS)
    await hub.go(names.TARGET, "First meetings")
    assert (hub.value("target"), hub.value("period")["value"]) == ("5", "week")
    before = await hub.playbook()
    assert await hub.send(target="7") == {}
    assert hub.title == "What it changes"
    assert "*This week* stays as it is." in hub.shown
    assert f"<@{RILEY}>  5 → *7*" in hub.shown
    assert await hub.playbook() == before
    assert await hub.send() == {}
    assert hub.title == "Targets"
    assert "✅  First meetings for the whole team: 7 meetings a week, from Mon 23 Nov" in hub.shown
    again = await hub.again()
    assert (again.status, again.text) == (200, "")


async def test_a_daily_target_changes_this_week_and_says_so(hub: AtHub) -> None:
    await (await hub.open("target")).send(
        indicator="Prospecting calls", user=RILEY, target="30", period="day"
    )
    assert "*This week*" in hub.shown
    assert f"<@{RILEY}>  100 → *130*" in hub.shown


async def test_the_preview_leads_back_to_the_form_as_it_was_filled_in(hub: AtHub) -> None:
    await hub.open("target")
    await hub.send(indicator="Opportunities", segment="segment:SDR", target="2", since="2026-11-23")
    preview = hub.person.modal
    assert preview is not None
    await hub.person.press(preview, "coach_go:1")  # Change it
    assert hub.title == "Target"
    assert (hub.value("target"), hub.value("since")) == ("2", "2026-11-23")
    assert hub.value("segment")["value"] == "segment:SDR"
    assert await hub.send(target="4") == {}
    assert await hub.send() == {}
    assert overrides(await hub.west()) == [("SDR", "Opportunities", 4, date(2026, 11, 23))]


async def test_a_target_of_a_rep_is_opened_by_name_and_answered_where_it_was_asked_for(
    hub: AtHub,
) -> None:
    await hub.open(f"target <@{SAM}|sam>")
    assert hub.value("user") == SAM
    await hub.send(indicator="First meetings", target="3", since="2026-11-01")
    assert await hub.send() == {}
    assert hub.person.modal is None
    assert "First meetings" in hub.person.ephemerals()[-1].text
    assert overrides(await hub.west()) == [(SAM, "First meetings", 3, date(2026, 11, 1))]
    await hub.open(f"target <@{SAM}|sam>")
    await hub.send(indicator="First meetings")
    assert "the team's target again" in hub.shown
    await hub.send()
    assert overrides(await hub.west()) == []


@pytest.mark.parametrize(
    "given, where",
    [
        ({"indicator": "First meetings"}, "target"),
        ({"indicator": "First meetings", "target": "0"}, "target"),
        ({"indicator": "First meetings", "target": "5", "user": STRANGER}, "user"),
        ({"indicator": "Revenue", "target": "5", "period": "week"}, "period"),
        (
            {"indicator": "First meetings", "target": "5", "user": SAM, "segment": "segment:SDR"},
            "user",
        ),
        ({"indicator": "First meetings", "target": "5", "since": "2026-12-01"}, "since"),
    ],
)
async def test_a_target_is_refused_at_its_field(
    hub: AtHub, given: dict[str, str], where: str
) -> None:
    await hub.open("target")
    assert list(await hub.send(**given)) == [where]


async def test_time_off_is_entered_shown_and_cancelled(hub: AtHub) -> None:
    await (await hub.open()).go(names.AWAY)
    await hub.go(names.AWAY_ADD)
    assert list(await hub.send(user=STRANGER)) == ["user"]
    assert list(await hub.send(user=SAM, first="2026-12-18", last="2026-12-14")) == ["last"]
    assert await hub.send(user=SAM, first="2026-12-14", last="2026-12-18") == {}
    assert "✅  Sam is off Mon 14 Dec to Fri 18 Dec" in hub.shown
    (off,) = (await hub.west()).reps[1].away
    assert (off.start, off.end) == (date(2026, 12, 14), date(2026, 12, 18))
    again = await hub.again()
    assert (again.status, again.text) == (200, "")
    assert len((await hub.west()).reps[1].away) == 1
    await hub.go(names.AWAY_CANCEL)
    assert "No longer off" in hub.shown
    assert (await hub.west()).reps[1].away == ()
