"""A team's revision: a new random text with every change, by which cached copies are told apart."""

from secrets import token_hex

from sqlalchemy import Connection, bindparam, select, update

from bot.db.tables import memberships, team_managers, teams

_RENEW = update(teams).where(teams.c.id == bindparam("team_id")).values(revision=bindparam("new"))


def renew_revision(connection: Connection, team_id: int) -> str:
    """To be called with every change of a team, its people, time off, behaviours or targets."""
    revision = token_hex(8)
    connection.execute(_RENEW, {"team_id": team_id, "new": revision})
    return revision


def renew_revisions_of(connection: Connection, person_id: int) -> None:
    """The same for whatever teams the person is a rep of or leads, if any."""
    member = select(memberships.c.team_id).where(
        memberships.c.person_id == person_id, memberships.c.left_on.is_(None)
    )
    led = select(team_managers.c.team_id).where(team_managers.c.person_id == person_id)
    for team_id in sorted(connection.scalars(member.union(led))):
        renew_revision(connection, team_id)
