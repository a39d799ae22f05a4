"""Two teams and two workspaces, and the people who may and may not edit them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import select, update

from bot.db.queries.people.identity import teams_of
from bot.db.session import Session
from bot.db.tables import people
from bot.domain.playbook.edits import Edit
from bot.domain.playbook.plans import Playbook, RepPlan, TeamPlan
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.editing import Saved, save_edits
from bot.services.playbooks.stored import stored_playbook
from bot.services.requests.callers import Caller
from tests.domain.playbook.samples import a_playbook, a_result, west
from tests.reaching import reaching

WORKSPACE, ELSEWHERE = "T01TEST", "T02OTHER"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
WEDNESDAY = MONDAY + timedelta(days=2)
TODAY = WEDNESDAY.date()
RILEY, SAM, ALEX, JO = "U02RILEY", "U03SAM", "U04ALEX", "U05JO"
MORGAN, DANA, ADMIN, STRANGER = "U01MORGAN", "U06DANA", "U07ADMIN", "U09NOBODY"
EAST = TeamPlan(
    "East",
    managers=(DANA,),
    reps=(RepPlan(JO),),
    results=(a_result("Renewals", "Reviews"),),
)
NORTH = TeamPlan("North", managers=(MORGAN,), reps=(RepPlan(RILEY),), results=EAST.results)
_number = count(1)


def two_workspaces(session: Session) -> dict[str, int]:
    """West and East in one workspace, North in another; their ids by name."""
    apply_playbook(session, a_playbook(west(), EAST), MONDAY)
    with reaching(session.connection, ELSEWHERE):
        theirs = Playbook(ELSEWHERE, teams=(NORTH, replace(EAST, name="South")))
        apply_playbook(session, theirs, MONDAY)
    for user in (ADMIN, DANA):
        make_admin(session, user, user == ADMIN)
    with reaching(session.connection):
        for user, name in ((RILEY, "Riley"), (MORGAN, "Morgan"), (DANA, "Dana")):
            named = people.c.user_id == user
            session.connection.execute(update(people).where(named).values(name=name))
        return {name: revision.team_id for _, name, revision in teams_of(session.connection)}


def make_admin(session: Session, user: str, is_admin: bool) -> None:
    """The person, added where unknown, is an admin or none."""
    known = select(people.c.id).where(people.c.workspace_id == WORKSPACE, people.c.user_id == user)
    if session.connection.scalar(known) is None:
        row = {"workspace_id": WORKSPACE, "user_id": user, "created_at": MONDAY}
        session.connection.execute(people.insert().values(**row))
    whose = (people.c.workspace_id == WORKSPACE) & (people.c.user_id == user)
    session.connection.execute(update(people).where(whose).values(is_admin=is_admin))


def caller(user: str = MORGAN, key: str | None = None) -> Caller:
    """Somebody's request, each with a key of its own."""
    return Caller(WORKSPACE, user, key or f"V{next(_number)}")


def save(
    session: Session,
    team_id: int | None,
    edit: Edit,
    user: str = MORGAN,
    seen: str | None = None,
    now: datetime = WEDNESDAY,
) -> Saved:
    """The edit as a request of its own."""
    return save_edits(session, caller(user), team_id, (edit,), seen, now)


def stored(session: Session, name: str = "West") -> TeamPlan:
    """The team as it stands."""
    playbook = stored_playbook(session, WORKSPACE)
    assert playbook is not None
    return next(team for team in playbook.teams if team.name == name)
