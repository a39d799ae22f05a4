"""What is wrong with an edit is said at its field; what isn't wrong is done."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.playbook.edits import (
    AddBehaviour,
    AddRep,
    AddResult,
    AddTeam,
    ApplyTemplate,
    ChangeIndicator,
    ChangeRep,
    ChangeSettings,
    Edit,
    EndOverride,
    MoveIndicator,
    MoveRep,
    RemoveRep,
    RenameTeam,
    RetireIndicator,
    SetManagers,
    SetTarget,
    edited,
)
from bot.domain.playbook.plans import OverridePlan, Playbook, RepPlan, TeamPlan
from tests.domain.playbook.samples import (
    CUSTOMERS,
    RILEY,
    a_behaviour,
    a_playbook,
    a_result,
    west,
)

D = Decimal
TODAY = date(2026, 11, 18)
MONTH = PeriodKind.MONTH
EAST = TeamPlan("East", reps=(RepPlan("U05JO", name="Jo"),))
FUNNEL = a_result(
    "New customers",
    a_behaviour("Calls", aliases=("call",), leads_to="Meetings"),
    a_behaviour("Meetings", leads_to="Offers"),
    "Offers",
)


def team_after(edit: Edit, team: TeamPlan | None = None) -> TeamPlan:
    return edited(a_playbook(team or west(), EAST), "West", edit, TODAY).teams[0]


def refused(edit: Edit, team: TeamPlan | None = None) -> dict[str, str]:
    with pytest.raises(FormRefused) as refusal:
        team_after(edit, team)
    return dict(refusal.value.errors)


@pytest.mark.parametrize(
    "edit, errors",
    [
        (AddBehaviour("Demos", "Revenue", D(0)), {"target": "This must be more than 0."}),
        (
            AddBehaviour("undo", "Revenue", D(1)),
            {"name": "“undo” means something else to /log: use another name."},
        ),
        (
            AddBehaviour("first meeting", "Revenue", D(1)),
            {"name": "The team already has “First meetings”: use another name."},
        ),
        (
            AddBehaviour("Demos", "Revenue", D(1), aliases=("won",)),
            {"aliases": "“won” means something else to /log: use another alias."},
        ),
        (
            AddBehaviour("Demos", "Revenue", D(1), leads_to="Proposal x"),
            {"leads_to": "The team has no behaviour “Proposal x”. Did you mean “Proposals”?"},
        ),
        (
            AddBehaviour("Demos", "Sales", D(1)),
            {"result": "West doesn't count “Sales” (any more)."},
        ),
        (
            AddResult("Renewals", D(1), PeriodKind.WEEK),
            {
                "period": "This must be month, quarter or year: what a rep does by day or week "
                "is a behaviour."
            },
        ),
        (
            AddBehaviour("Demos", "Revenue", D(1), unit="u" * 41),
            {"unit": "This is 41 characters long: use at most 40."},
        ),
        (SetTarget("Revenue", D("0.001")), {"target": "This has more than two decimals."}),
        (
            SetTarget("Revenue", D(1), segment="AE"),
            {"segment": "No rep of West is in the segment “AE”."},
        ),
        (
            SetTarget("Revenue", D(1), since=date(2027, 1, 1)),
            {
                "since": "The whole team's target changes from today. A date is for a rep or a "
                "segment."
            },
        ),
        (
            ChangeSettings(day_ends_at=time(8)),
            {"day_ends_at": "This must be after the team's nudge time, 09:00."},
        ),
        (
            ChangeSettings(timezone="Europe/Londn", workdays=frozenset()),
            {
                "timezone": "I don't know the time zone “Europe/Londn”. Did you mean "
                "Europe/London?",
                "workdays": "This is empty: name at least one day.",
            },
        ),
        (
            ChangeRep("U02RILEY", nudge_at=time(19)),
            {"nudge_at": "This must be before the team's end of the day, 18:00."},
        ),
        (
            ChangeRep("U02RILEY", started_on=TODAY, leaves_on=date(2026, 1, 1)),
            {
                "leaves_on": "This is before the first day, 2026-11-18: the last day comes "
                "after the first."
            },
        ),
        (AddRep("U02RILEY"), {"user": "U02RILEY is in West already."}),
        (
            AddRep("U05JO"),
            {"user": "Jo is a rep of East, and a rep is in one team at a time: move them here."},
        ),
        (RenameTeam(" east "), {"name": "There is already a team “East”."}),
        (AddTeam("WEST"), {"name": "There is already a team “West”."}),
        (MoveRep("U02RILEY", "West"), {"to": "U02RILEY is in West already."}),
        (
            ChangeIndicator("Revenue", leads_to="Proposals"),
            {"leads_to": "A result is where a funnel ends: it leads to nothing."},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(edit: Edit, errors: dict[str, str]) -> None:
    assert refused(edit) == errors


def test_a_period_stays_a_period() -> None:
    after = team_after(AddResult("Renewals", D(1), MONTH))
    assert after.results[-1].period is MONTH


def test_the_caps_are_said_at_the_name() -> None:
    full = west(results=(CUSTOMERS, a_result("B"), a_result("C")))
    assert refused(AddResult("D", D(1), MONTH), full) == {
        "name": "A team has at most 3 results, here are 4: retire one first."
    }
    twelve = west(results=(a_result("A", *(f"Thing {n}x" for n in range(12))),))
    assert list(refused(AddBehaviour("Demos", "A", D(1)), twelve)) == ["name"]


def test_a_name_that_is_an_alias_of_another_is_said_at_the_name() -> None:
    team = west(results=(a_result("Customers", a_behaviour("Dials", aliases=("call",)), "Offers"),))
    for edit in (
        ChangeIndicator("Offers", name="Calls"),
        AddBehaviour("calls", "Customers", D(1)),
    ):
        assert refused(edit, team) == {"name": "“call” is an alias of “Dials”: use another name."}


def test_an_alias_that_a_later_one_has_is_said_at_the_aliases() -> None:
    later = a_behaviour("Dials", aliases=("call",))
    team = west(results=(a_result("Customers", "Offers", later),))
    said = {"aliases": "“call” already stands for “Dials”: use another alias."}
    assert refused(ChangeIndicator("Offers", aliases=("call",)), team) == said
    assert refused(ChangeIndicator("Offers", name="Bids", aliases=("calls",)), team) == said


def test_a_nudge_of_a_rep_keeps_the_day_from_ending_before_it() -> None:
    late = west(reps=(replace(RILEY, name="Riley", nudge_at=time(17)),))
    assert refused(ChangeSettings(day_ends_at=time(16)), late) == {
        "day_ends_at": "Riley's nudge has to come before the day ends."
    }


def test_what_was_wrong_before_keeps_nobody_from_something_else() -> None:
    odd = west(reps=(replace(RILEY, name="x" * 90),))
    assert team_after(ChangeSettings(leaderboard=True), odd).leaderboard
    assert team_after(AddRep("U08NEW"), odd).reps[-1].user == "U08NEW"


@pytest.mark.parametrize(
    "edit",
    [
        RemoveRep("U05JO"),
        ChangeRep("U05JO"),
        MoveRep("U05JO", "East"),
        RetireIndicator("Calls made"),
        ChangeIndicator("Calls made", name="x"),
        MoveIndicator("Revenue", 0, "New customers"),
        SetTarget("Calls made", D(1)),
        SetTarget("Revenue", D(1), user="U05JO"),
        EndOverride("Revenue", user="U02RILEY"),
        ApplyTemplate(TeamPlan("T")),
    ],
)
def test_what_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(Refusal):
        team_after(edit)


def test_a_renamed_behaviour_is_followed_by_all_that_names_it() -> None:
    override = OverridePlan(D(1), user="U02RILEY", behaviour="Meetings")
    team = west(results=(FUNNEL,), overrides=(override,))
    after = team_after(ChangeIndicator("Meetings", name=" Demos  held "), team)
    assert [(each.name, each.leads_to) for each in after.behaviours] == [
        ("Calls", "Demos held"),
        ("Demos held", "Offers"),
        ("Offers", None),
    ]
    assert after.behaviours[1].unit.name == "demos held"
    assert after.overrides[0].behaviour == "Demos held"


def test_a_funnel_closes_over_a_step_that_is_retired() -> None:
    after = team_after(RetireIndicator("Meetings"), west(results=(FUNNEL,)))
    assert [(each.name, each.leads_to) for each in after.behaviours] == [
        ("Calls", "Offers"),
        ("Offers", None),
    ]


def test_the_last_of_a_segment_takes_its_targets_along() -> None:
    override = OverridePlan(D(1), segment="SDR", behaviour="Opportunities")
    team = west(overrides=(override,))
    assert team_after(RemoveRep("U02RILEY"), team).overrides == (override,)
    assert team_after(RemoveRep("U03SAM"), team).overrides == ()
    assert team_after(ChangeRep("U03SAM", segment=""), team).overrides == ()


def test_a_target_from_today_takes_the_place_of_the_one_in_force() -> None:
    old = OverridePlan(D(1), user="U03SAM", behaviour="Opportunities")
    later = replace(old, target=D(2), from_date=date(2027, 1, 4))
    team = west(overrides=(old, later))
    edit = SetTarget("Opportunities", D(3), user="U03SAM")
    now = replace(old, target=D(3), from_date=TODAY)
    assert team_after(edit, team).overrides == (now, later)
    scheduled = team_after(replace(edit, since=date(2026, 12, 1)), team).overrides
    assert scheduled == (old, replace(now, from_date=date(2026, 12, 1)), later)


def test_another_period_of_a_behaviour_leaves_overrides_over_theirs() -> None:
    override = OverridePlan(D(1), user="U03SAM", behaviour="Opportunities")
    team = west(overrides=(override,))
    after = team_after(ChangeIndicator("Opportunities", period=PeriodKind.DAY), team)
    assert after.overrides == (replace(override, period=PeriodKind.WEEK),)
    back = edited(Playbook("T01TEST", teams=(after,)), "West", BACK, TODAY).teams[0]
    assert back.overrides == (override,)


BACK = ChangeIndicator("Opportunities", period=PeriodKind.WEEK)


def test_who_moves_takes_times_along_and_leaves_targets_and_segment_behind() -> None:
    own = OverridePlan(D(1), user="U03SAM", behaviour="Opportunities")
    sam = RepPlan("U03SAM", segment="SDR", nudge_at=time(10), started_on=TODAY)
    playbook = a_playbook(west(reps=(sam,), overrides=(own,)), EAST)
    here, there = edited(playbook, "West", MoveRep("U03SAM", "east"), TODAY).teams
    assert (here.reps, here.overrides) == ((), ())
    assert there.reps == (*EAST.reps, replace(sam, segment=None))


def test_managers_are_named_once_each() -> None:
    assert team_after(SetManagers(("U1A", "U1A", "U2B"))).managers == ("U1A", "U2B")
