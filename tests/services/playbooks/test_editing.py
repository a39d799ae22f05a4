"""Every edit is stored as the domain says it, once, and history stays."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from bot.db.session import Session
from bot.db.tables import audit, indicators, targets
from bot.domain.days.periods import PeriodKind
from bot.domain.errors import Refusal
from bot.domain.forms import FormRefused
from bot.domain.loudness import Celebrations, Loudness
from bot.domain.milestones import MilestoneKind
from bot.domain.playbook.edits import (
    AddBehaviour,
    AddRep,
    AddResult,
    AddTeam,
    ApplyTemplate,
    ChangeIndicator,
    ChangeRep,
    ChangeSettings,
    ChangeWorkspace,
    Edit,
    EndOverride,
    MoveIndicator,
    MoveRep,
    RemoveRep,
    RenameTeam,
    RetireIndicator,
    RetireTeam,
    SetManagers,
    SetTarget,
    edited,
)
from bot.domain.playbook.rules import settled
from bot.domain.teams import WeekMoment
from bot.files.playbook import parse
from bot.files.playbook_text import dump
from bot.files.templates import templates
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.editing import save_edits
from bot.services.playbooks.stored import stored_playbook
from bot.services.workspaces import active_playbook
from tests.services.playbooks.editors import (
    ADMIN,
    MORGAN,
    RILEY,
    SAM,
    TODAY,
    WEDNESDAY,
    WORKSPACE,
    caller,
    save,
    stored,
)

D = Decimal
TEMPLATE = parse(templates()[0].text).teams[0]
EDITS: tuple[Edit, ...] = (
    ChangeWorkspace(name="Acme", timezone="Europe/London"),
    ChangeSettings(
        channel=None,
        timezone="Asia/Tokyo",
        workdays=frozenset({0, 6}),
        holidays="GB-ENG",
        nudge_at=time(8),
        day_ends_at=time(17),
        digest_at=WeekMoment(4, time(16)),
        ramp=(D("0.5"),),
        ramp_results=True,
        leaderboard=True,
        celebrations=Celebrations.of({MilestoneKind.STREAK: Loudness.OFF}),
    ),
    ChangeSettings(celebrations=Celebrations()),
    SetManagers((SAM, MORGAN)),
    AddRep("U08NEW", "New", "SDR", "Europe/Paris", date(2026, 11, 2), date(2027, 1, 1), time(10)),
    ChangeRep(RILEY, "Ri", "AE", "Asia/Tokyo", date(2026, 1, 1), date(2027, 1, 1), time(11)),
    ChangeRep(RILEY, segment=None, timezone=None, started_on=None, leaves_on=None, nudge_at=None),
    AddResult("Renewed", D(3), PeriodKind.MONTH, "GBP", ("ren",)),
    AddBehaviour("Demos", "Renewed", D("2.5"), PeriodKind.DAY, "hours", ("demo",), "Proposals"),
    ChangeIndicator("Demos", "Product demos", "h", ("pd",), None, PeriodKind.WEEK),
    ChangeIndicator("Product demos", leads_to="Follow-ups"),
    SetTarget("First meetings", D(7)),
    SetTarget("First meetings", D(9), PeriodKind.MONTH),
    SetTarget("First meetings", D(3), user=SAM),
    SetTarget("First meetings", D(4), user=SAM, since=date(2027, 1, 1)),
    SetTarget("First meetings", D(2), user=SAM, since=date(2026, 10, 1)),
    SetTarget("First meetings", D(5), user=SAM, since=date(2027, 1, 1)),
    SetTarget("First meetings", D(1), PeriodKind.DAY, segment="SDR"),
    SetTarget("Revenue", D(100), PeriodKind.YEAR, segment="SDR"),
    ChangeIndicator("First meetings", period=PeriodKind.WEEK),
    EndOverride("First meetings", user=SAM),
    MoveIndicator("Revenue", 0),
    MoveIndicator("Follow-ups", 1, "New customers"),
    RetireIndicator("Proposals"),
    RetireIndicator("Renewed"),
    RenameTeam("Far West"),
    MoveRep(SAM, "East"),
    RemoveRep(RILEY),
    ApplyTemplate(TEMPLATE),
)


def test_one_edit_after_the_other_is_stored_as_the_domain_says_it(
    session: Session, teams: dict[str, int]
) -> None:
    for edit in EDITS:
        before = stored_playbook(session, WORKSPACE)
        assert before is not None
        name = before.teams[0].name
        expected = edited(before, name, edit, TODAY)
        saved = save(session, teams["West"], edit, ADMIN)
        found = stored_playbook(session, WORKSPACE)
        assert found is not None
        assert found == expected, edit
        assert bool(saved.lines) is (found != before), edit
        assert settled(parse(dump(found))) == found
        assert apply_playbook(session, found, WEDNESDAY) == ()


def test_what_is_saved_is_said_by_name_and_without_keys_of_the_file(
    session: Session, teams: dict[str, int]
) -> None:
    edit = ChangeRep(RILEY, nudge_at=time(10), started_on=date(2026, 9, 1))
    assert save(session, teams["West"], edit).lines == (
        "West, Riley: nudges at none → 10:00",
        "West, Riley: first day none → 2026-09-01",
    )
    assert save(session, teams["West"], SetTarget("Revenue", D(9), user=RILEY)).lines == (
        "West: Revenue for Riley: 9 a quarter from 2026-11-18",
    )


def test_a_renamed_behaviour_keeps_its_row_its_targets_and_its_place(
    session: Session, teams: dict[str, int]
) -> None:
    def row() -> tuple[int, str, int | None]:
        own = indicators.c.team_id == teams["West"]
        found = session.connection.execute(
            select(indicators.c.id, indicators.c.name).where(own, indicators.c.position == 1)
        ).one()
        count = select(func.count()).where(targets.c.indicator_id == found.id)
        return found.id, found.name, session.connection.scalar(count)

    save(session, teams["West"], SetTarget("First meetings", D(3), user=SAM))
    known, _, settings = row()
    lines = save(session, teams["West"], ChangeIndicator("first meeting", name="Meetings")).lines
    assert lines[0] == "West: First meetings is called Meetings now"
    assert row() == (known, "Meetings", settings)


def test_a_former_name_is_free_for_something_else(session: Session, teams: dict[str, int]) -> None:
    save(session, teams["West"], ChangeIndicator("First meetings", name="Meetings held"))
    save(session, teams["West"], AddBehaviour("First meetings", "Revenue", D(1)))
    assert [each.name for each in stored(session).behaviours].count("First meetings") == 1


def test_the_name_of_something_retired_is_refused_at_its_field(
    session: Session, teams: dict[str, int]
) -> None:
    save(session, teams["West"], RetireIndicator("Proposals"))
    with pytest.raises(FormRefused) as refused:
        save(session, teams["West"], ChangeIndicator("Follow-ups", name="proposals"))
    assert list(refused.value.errors) == ["name"]
    save(session, teams["West"], AddBehaviour("Proposals", "Revenue", D(4)))
    retired = select(indicators.c.retired_on).where(indicators.c.name == "Proposals")
    assert session.connection.scalar(retired.where(indicators.c.team_id == teams["West"])) is None


def test_a_renamed_team_is_the_same_team_and_a_retired_ones_name_is_refused(
    session: Session, teams: dict[str, int]
) -> None:
    assert save(session, teams["West"], RenameTeam("Far West")).team_id == teams["West"]
    save_edits(session, caller(ADMIN), teams["East"], (RetireTeam(),), None, WEDNESDAY)
    with pytest.raises(FormRefused, match="once"):
        save(session, teams["West"], RenameTeam("EAST"))
    assert save(session, None, AddTeam("East"), ADMIN).team_id == teams["East"]


def test_a_team_is_set_up_in_one_go(session: Session, teams: dict[str, int]) -> None:
    edits: list[Edit] = [
        AddTeam("South", channel="C03SOUTH"),
        ApplyTemplate(TEMPLATE),
        SetManagers((MORGAN,)),
        AddRep("U08NEW", segment="New hire"),
    ]
    saved = save_edits(session, caller(ADMIN), None, edits, None, WEDNESDAY)
    assert saved.team_id not in (None, *teams.values())
    south = stored(session, "South")
    assert (south.managers, [rep.user for rep in south.reps]) == ((MORGAN,), ["U08NEW"])
    assert [each.name for each in south.results] == [each.name for each in TEMPLATE.results]


def test_a_second_submission_says_the_same_and_changes_nothing(
    session: Session, teams: dict[str, int]
) -> None:
    once = caller(MORGAN, "V1")
    edit = AddBehaviour("Demos", "Revenue", D(1))
    first = save_edits(session, once, teams["West"], (edit,), None, WEDNESDAY)
    before, logged = stored(session), _audited(session)
    later = WEDNESDAY + timedelta(minutes=1)
    assert save_edits(session, once, teams["West"], (edit,), None, later) == first
    assert (stored(session), _audited(session)) == (before, logged)


def test_who_changed_what_is_written_down(session: Session, teams: dict[str, int]) -> None:
    save(session, teams["West"], RemoveRep(RILEY))
    row = session.connection.execute(select(audit).order_by(audit.c.id.desc())).first()
    assert row is not None
    found = (row.actor, row.action, row.subject, row.team_id, row.at)
    assert found == (MORGAN, "rep.removed", RILEY, teams["West"], WEDNESDAY)
    assert row.detail["what"] == "West: Riley leaves the team"


def test_a_team_whose_rep_leaves_is_a_new_state_of_it(
    session: Session, teams: dict[str, int]
) -> None:
    assert _users(session, teams) == [RILEY, SAM, "U04ALEX"]
    save(session, teams["West"], RemoveRep(RILEY))
    assert _users(session, teams) == [SAM, "U04ALEX"]


def test_an_indicator_without_a_target_is_read_and_none_is_made_up(
    session: Session, teams: dict[str, int]
) -> None:
    session.connection.execute(targets.delete())
    assert {plan.target for plan in stored(session).indicators} == {D(1)}
    save(session, teams["West"], SetTarget("Revenue", D(5)))
    assert session.connection.scalar(select(func.count()).select_from(targets)) == 1


def test_a_team_that_is_not_there_any_more_is_refused(
    session: Session, teams: dict[str, int]
) -> None:
    save(session, teams["West"], RetireTeam(), ADMIN)
    with pytest.raises(Refusal, match="isn't there any more"):
        save(session, teams["West"], RemoveRep(RILEY))


def _audited(session: Session) -> int | None:
    return session.connection.scalar(select(func.count()).select_from(audit))


def _users(session: Session, teams: dict[str, int]) -> list[str]:
    book = active_playbook(session, teams["West"])
    assert book is not None
    return [rep.user_id for rep in book.reps]
