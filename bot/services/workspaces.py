"""Which teams and workspaces there are, and where a person is written to directly."""

from bot.db.queries import workspaces
from bot.db.queries.people import TeamRevision, teams_of
from bot.db.session import Session
from bot.domain.teams import TeamPlaybook


def active_teams(session: Session, workspace_id: str | None = None) -> list[TeamRevision]:
    """The teams that are not retired, of one workspace or of all."""
    return [revision for _, _, revision in teams_of(session.connection, workspace_id)]


def active_playbook(session: Session, team_id: int) -> TeamPlaybook | None:
    """A team's playbook as it stands now; None where the team has been retired."""
    revision = workspaces.active_revision(session.connection, team_id)
    return None if revision is None else session.team(team_id, revision)


def workspace_ids(session: Session) -> list[str]:
    """Every workspace in the database."""
    return workspaces.workspace_ids(session.connection)


def keep_direct_channel(session: Session, workspace_id: str, user_id: str, channel: str) -> None:
    """Remembers the conversation (`D…`) in which a person is written to."""
    workspaces.set_direct_channel(session.connection, workspace_id, user_id, channel)
