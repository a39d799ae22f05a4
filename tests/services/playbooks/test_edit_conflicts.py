"""A form that comes after somebody else changed the same thing overwrites nothing."""

from decimal import Decimal

import pytest

from bot.db.session import Session
from bot.domain.errors import Refusal
from bot.domain.playbook.edits import (
    AddBehaviour,
    ChangeIndicator,
    ChangeRep,
    ChangeSettings,
    Edit,
    MoveIndicator,
    MoveRep,
    RemoveRep,
    RetireIndicator,
    SetManagers,
    SetTarget,
)
from bot.domain.playbook.subjects import subject_of
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.auditing_edits import note_applied
from bot.services.playbooks.editing import editable
from tests.domain.playbook.samples import a_playbook, west
from tests.services.playbooks.editors import (
    ADMIN,
    DANA,
    EAST,
    MORGAN,
    RILEY,
    SAM,
    WEDNESDAY,
    WORKSPACE,
    caller,
    save,
    stored,
)

D = Decimal
TARGET = SetTarget("First meetings", D(7))


def gone(told: str) -> bool:
    return "any more" in told or "no longer" in told


def opened(session: Session, teams: dict[str, int], edit: Edit) -> str:
    """The fingerprint that the edit's form carries."""
    subject = subject_of(edit)
    assert subject is not None
    return editable(session, caller(ADMIN), teams["West"]).seen(subject)


@pytest.mark.parametrize(
    "edit, meanwhile, told",
    [
        (TARGET, SetTarget("First meetings", D(6)), "target is now 6 a week"),
        (TARGET, SetTarget("First meetings", D(2), user=SAM), "reps and segments is now U03SAM 2"),
        (TARGET, ChangeIndicator("First meetings", name="Meetings"), "under that name any more"),
        (RetireIndicator("Revenue"), RetireIndicator("Revenue"), "under that name any more"),
        (ChangeRep(RILEY, name="R"), ChangeRep(RILEY, segment="AE"), "segment is now AE"),
        (MoveRep(RILEY, "East"), RemoveRep(RILEY), "no longer in the team"),
        (
            ChangeSettings(holidays="GB"),
            ChangeSettings(leaderboard=True),
            "leaderboard is now yes",
        ),
        (MoveIndicator("Revenue", 0), AddBehaviour("Demos", "Revenue", D(1)), "Demos"),
        (SetManagers((SAM,)), SetManagers((MORGAN, DANA)), "managers is now Morgan, Dana"),
    ],
)
def test_what_somebody_else_changed_meanwhile_is_told_and_stays(
    session: Session, teams: dict[str, int], edit: Edit, meanwhile: Edit, told: str
) -> None:
    seen = opened(session, teams, edit)
    by = ADMIN if isinstance(meanwhile, SetManagers) else MORGAN
    save(session, teams["West"], meanwhile, by)
    before = stored(session)
    with pytest.raises(Refusal) as refused:
        save(session, teams["West"], edit, ADMIN, seen)
    assert told in refused.value.sentence
    assert ("Morgan" if by == MORGAN else ADMIN) in refused.value.sentence
    assert "Nothing of yours was saved" in refused.value.sentence
    assert stored(session) == before
    if subject_of(meanwhile) == subject_of(edit) and not gone(told):
        again = opened(session, teams, edit)
        assert save(session, teams["West"], edit, ADMIN, again).lines


def test_changes_of_something_else_are_no_conflict(session: Session, teams: dict[str, int]) -> None:
    seen = opened(session, teams, TARGET)
    save(session, teams["West"], ChangeSettings(leaderboard=True))
    save(session, teams["West"], ChangeRep(RILEY, segment="AE"))
    save(session, teams["West"], SetTarget("Revenue", D(3)))
    assert save(session, teams["West"], TARGET, ADMIN, seen).lines


def test_a_file_that_was_applied_meanwhile_is_a_conflict_too(
    session: Session, teams: dict[str, int]
) -> None:
    edit = ChangeSettings(holidays="GB")
    seen = opened(session, teams, edit)
    lines = apply_playbook(session, a_playbook(west(holidays="DE"), EAST), WEDNESDAY)
    note_applied(session, WORKSPACE, lines, WEDNESDAY)
    with pytest.raises(Refusal, match=r"^Whoever runs Pacesetter changed .* holidays is now DE\."):
        save(session, teams["West"], edit, ADMIN, seen)
