"""Who may edit what (design §2.8): person × action × own, another's team, another workspace."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

import pytest

from bot.db.session import Session
from bot.domain.days.periods import PeriodKind
from bot.domain.errors import NotPermitted, Refusal, UnknownPerson
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
)
from bot.domain.playbook.plans import TeamPlan
from bot.domain.playbook.subjects import Subject, SubjectKind
from bot.services.playbooks.editing import editable, effect_this_week
from tests.domain.playbook.samples import CUSTOMERS
from tests.services.playbooks.editors import (
    ADMIN,
    ALEX,
    DANA,
    JO,
    MORGAN,
    RILEY,
    STRANGER,
    WEDNESDAY,
    caller,
    save,
    two_workspaces,
)

WHO = {"rep": RILEY, "other rep": JO, "manager": MORGAN, "other manager": DANA, "admin": ADMIN}
LEADERS = frozenset({"manager", "admin"})
ADMINS = frozenset({"admin"})


@dataclass(frozen=True)
class Row:
    """An action in West and who may do it."""

    edit: Edit
    may: frozenset[str]
    of_team: bool = True


A_TARGET = SetTarget("First meetings", Decimal(4))
TABLE = (
    Row(ChangeRep(RILEY, nudge_at=time(10)), LEADERS | {"rep"}),
    Row(ChangeRep(RILEY, timezone="Europe/Paris"), LEADERS | {"rep"}),
    Row(ChangeRep(RILEY, started_on=date(2026, 9, 1)), LEADERS),
    Row(ChangeRep(RILEY, nudge_at=time(10), segment="SDR"), LEADERS),
    Row(ChangeRep(ALEX, nudge_at=time(10)), LEADERS),
    Row(AddRep("U08NEW"), LEADERS),
    Row(RemoveRep(RILEY), LEADERS),
    Row(MoveRep(RILEY, "East"), ADMINS),
    Row(AddResult("Renewed", Decimal(1), PeriodKind.MONTH), LEADERS),
    Row(AddBehaviour("Demos", "Revenue", Decimal(1)), LEADERS),
    Row(ChangeIndicator("First meetings", name="Meetings held"), LEADERS),
    Row(RetireIndicator("First meetings"), LEADERS),
    Row(MoveIndicator("Revenue", 0), LEADERS),
    Row(A_TARGET, LEADERS),
    Row(SetTarget("First meetings", Decimal(1), user=RILEY), LEADERS),
    Row(ChangeSettings(leaderboard=True), LEADERS),
    Row(RenameTeam("Far West"), LEADERS),
    Row(ApplyTemplate(TeamPlan("T", results=(CUSTOMERS,))), LEADERS),
    Row(SetManagers((RILEY,)), ADMINS),
    Row(RetireTeam(), ADMINS),
    Row(AddTeam("South"), ADMINS, of_team=False),
    Row(ChangeWorkspace(timezone="Europe/Paris"), ADMINS, of_team=False),
)


def outcome(session: Session, team_id: int | None, edit: Edit, user: str) -> str:
    """What becomes of the edit; nothing of it stays."""
    with session.connection.begin_nested() as attempt:
        try:
            save(session, team_id, edit, user)
        except Refusal as refusal:
            return type(refusal).__name__
        finally:
            attempt.rollback()
    return "done"


def test_in_ones_own_workspace_those_may_who_are_named(session: Session) -> None:
    west = two_workspaces(session)["West"]
    for row in TABLE:
        team_id = west if row.of_team else None
        found = {who: outcome(session, team_id, row.edit, user) for who, user in WHO.items()}
        expected = {who: "done" if who in row.may else "NotPermitted" for who in WHO}
        assert found == expected, row.edit
        with pytest.raises(UnknownPerson):
            save(session, team_id, row.edit, STRANGER)


def test_a_team_of_another_workspace_is_not_there_whoever_asks(session: Session) -> None:
    north = two_workspaces(session)["North"]
    for row in (row for row in TABLE if row.of_team):
        for user in WHO.values():
            with pytest.raises(Refusal, match="isn't there any more"):
                save(session, north, row.edit, user)


def test_who_may_not_edit_a_team_may_not_look_at_its_forms_either(session: Session) -> None:
    west = two_workspaces(session)["West"]
    for who, user in WHO.items():
        if who in LEADERS:
            assert editable(session, caller(user), west).plan.name == "West"
            assert effect_this_week(session, caller(user), west, A_TARGET, WEDNESDAY).reps
            continue
        with pytest.raises(NotPermitted):
            editable(session, caller(user), west)
        with pytest.raises(NotPermitted):
            editable(session, caller(user), west).seen(Subject(SubjectKind.SETTINGS))
        with pytest.raises(NotPermitted):
            effect_this_week(session, caller(user), west, EndOverride("Revenue"), WEDNESDAY)


def test_a_manager_of_both_teams_may_move_a_rep_between_them(session: Session) -> None:
    teams = two_workspaces(session)
    save(session, teams["East"], SetManagers((DANA, MORGAN)), ADMIN)
    assert save(session, teams["West"], MoveRep(RILEY, "East"), MORGAN).lines


def test_a_form_lists_the_teams_that_one_may_edit(session: Session) -> None:
    teams = two_workspaces(session)
    own = editable(session, caller(MORGAN), teams["West"])
    assert (list(own.teams.values()), own.is_admin) == (["West"], False)
    everything = editable(session, caller(ADMIN), teams["West"])
    assert (list(everything.teams.values()), everything.is_admin) == (["West", "East"], True)
