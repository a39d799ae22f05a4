"""Which teams and workspaces there are, and where a person is written to directly."""

from datetime import datetime, timedelta

from bot.db.queries.people.identity import TeamRevision, teams_of
from bot.db.queries.playbooks import workspaces
from bot.db.session import Session
from bot.domain.portions import Portion
from bot.domain.teams import TeamPlaybook

_CHARTS_TRIED_AGAIN_AFTER = timedelta(days=1)


def active_teams(session: Session, workspace_id: str | None = None) -> list[TeamRevision]:
    """The teams that are not retired, of one workspace or of all."""
    return [revision for _, _, revision in teams_of(session.connection, workspace_id)]


def active_playbook(
    session: Session, team_id: int, workspace_id: str | None = None
) -> TeamPlaybook | None:
    """A team's playbook as it stands now; None where the team has been retired.

    Whatever id came from outside is asked for with its workspace: another one's isn't there.
    """
    revision = workspaces.active_revision(session.connection, team_id, workspace_id)
    return None if revision is None else session.team(team_id, revision)


def active_portions(session: Session) -> list[Portion]:
    """All teams that are not retired, as they are planned together."""
    every = teams_of(session.connection)
    return sorted({Portion.of(workspace, revision.team_id) for workspace, _, revision in every})


def portion_of(session: Session, team_id: int) -> Portion | None:
    """The one in which a team is; None where there is no such team."""
    workspace_id = workspaces.workspace_of_team(session.connection, team_id)
    return None if workspace_id is None else Portion.of(workspace_id, team_id)


def playbooks_of(
    session: Session, portion: Portion, team_id: int | None = None
) -> list[TeamPlaybook]:
    """The active teams of a portion, or one of them alone, as they stand now.

    In as few queries for all as for one.
    """
    revisions = workspaces.active_revisions(session.connection, portion)
    if team_id is not None:
        revisions = {each: known for each, known in revisions.items() if each == team_id}
    return list(session.teams(revisions).values())


def workspace_ids(session: Session) -> list[str]:
    """Every workspace in the database."""
    return workspaces.workspace_ids(session.connection)


def keep_direct_channel(session: Session, workspace_id: str, user_id: str, channel: str) -> None:
    """Remembers the conversation (`D…`) in which a person is written to."""
    workspaces.set_direct_channel(session.connection, workspace_id, user_id, channel)


def draws_charts(session: Session, workspace_id: str, wall: datetime) -> bool:
    """Whether charts are worth trying there: not within a day of Slack's having refused one."""
    refused_at = workspaces.charts_refused_at(session.connection, workspace_id)
    return refused_at is None or wall >= refused_at + _CHARTS_TRIED_AGAIN_AFTER


def keep_charts_refused(session: Session, workspace_id: str, wall: datetime) -> None:
    """Remembers for a day that Slack draws no charts there."""
    workspaces.set_charts_refused(session.connection, workspace_id, wall)
