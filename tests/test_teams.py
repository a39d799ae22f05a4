"""The builder of teams writes what the bot reads."""

from bot.db.session import Session
from tests.teams import MORGAN, RILEY, SAM, TeamRows


def test_a_built_team_is_read_back_whole(session: Session, west: TeamRows) -> None:
    book = west.playbook(session)
    assert [rep.user_id for rep in book.reps][:2] == [RILEY, SAM]
    assert [person.user_id for person in book.managers] == [MORGAN]
    assert [result.name for result in book.results] == ["New customers", "Revenue"]
    calls = west.indicator(session, "Prospecting calls")
    assert calls.drives == west.indicators["New customers"]
    assert book.settings(west.rep(session), calls)[0].amount == 20


def test_a_person_stands_as_rep_or_as_manager(session: Session, west: TeamRows) -> None:
    assert west.standing(session, SAM).team == west.as_revision()
    assert west.standing(session, MORGAN).team is None
    assert west.standing(session, MORGAN).leads == (west.as_revision(),)
