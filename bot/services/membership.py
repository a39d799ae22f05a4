"""Who is asking, and as a member of which team; refused kindly where the answer is nobody."""

from dataclasses import dataclass

from bot.db.queries.people.identity import Standing, TeamRevision, find_rep, find_standing, teams_of
from bot.db.session import Session
from bot.domain.errors import NothingSetUp, Refusal, UnknownPerson
from bot.domain.permissions import Actor
from bot.domain.teams import Rep, TeamPlaybook

_NO_TEAM = "You're not in a team yet. Ask your manager or a Pacesetter admin to add you to one."

_NOTHING_YET = (
    "No team has been set up here yet, so there is nothing to log. Ask a Pacesetter admin, or an "
    "admin of this Slack, to type `/coach setup`: it takes three minutes."
)
_SET_ONE_UP = (
    "No team has been set up here yet, so there is nothing to log. Set one up: it takes about "
    "three minutes and starts from a template."
)


@dataclass(frozen=True, slots=True)
class Member:
    """A rep and the team that the rep belongs to."""

    rep: Rep
    playbook: TeamPlaybook


def rep_standing(session: Session, workspace_id: str, user_id: str) -> Standing:
    """Who the user is, as a rep only: one query, for the hot path. Raises UnknownPerson."""
    standing = find_rep(session.connection, workspace_id, user_id)
    if standing is None:
        raise _in_no_team(session, workspace_id)
    return standing


def standing(session: Session, workspace_id: str, user_id: str) -> Standing:
    """Who the user is, as a rep and as a manager. Raises UnknownPerson."""
    found = find_standing(session.connection, workspace_id, user_id)
    if found is None:
        raise _in_no_team(session, workspace_id)
    return found


def team_of(session: Session, team: TeamRevision) -> TeamPlaybook:
    """The team at this revision, from memory where it is there."""
    return session.team(team.team_id, team.revision)


def member(session: Session, standing: Standing) -> Member:
    """The person as a rep. Raises UnknownPerson for somebody in no team, a manager among them."""
    found = find_member(session, standing)
    if found is None:
        raise _no_rep(session, standing)
    return found


def find_member(session: Session, standing: Standing) -> Member | None:
    """The person as a rep, None where that person is in no team."""
    if standing.team is None:
        return None
    playbook = team_of(session, standing.team)
    rep = playbook.rep(standing.person.id)
    return None if rep is None else Member(rep, playbook)


def actor(standing: Standing) -> Actor:
    """The person as the rules of permission see one; from `standing`, which knows teams led."""
    leads = frozenset(team.team_id for team in standing.leads)
    return Actor(standing.person.id, leads, standing.person.is_admin)


def require_indicators(playbook: TeamPlaybook) -> None:
    """Refuses for a team that hasn't chosen what it counts."""
    if not playbook.indicators:
        raise Refusal(
            f"{playbook.team.name} has no behaviours yet, so there is nothing to log. "
            "Its manager can choose some with `/coach setup`."
        )


def _in_no_team(session: Session, workspace_id: str, *, is_admin: bool = False) -> UnknownPerson:
    """What to do about it: wait to be added, or, where there is no team at all, set one up."""
    if teams_of(session.connection, workspace_id):
        return UnknownPerson(_NO_TEAM)
    if is_admin:
        return NothingSetUp(_SET_ONE_UP, may_set_up=True)
    return NothingSetUp(_NOTHING_YET, may_set_up=False)


def _no_rep(session: Session, standing: Standing) -> UnknownPerson:
    person = standing.person
    found = find_standing(session.connection, person.workspace_id, person.user_id)
    if found is None or not found.leads:
        return _in_no_team(session, person.workspace_id, is_admin=person.is_admin)
    led = " and ".join(team_of(session, team).team.name for team in found.leads)
    return UnknownPerson(
        f"You lead {led} but aren't a rep, so nothing is counted for you. "
        "`/pace team` shows your team's numbers."
    )
