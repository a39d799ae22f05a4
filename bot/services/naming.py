"""Whom an operator means: a rep or a team by name, in any workspace unless one is said."""

from collections.abc import Sequence

from bot.db.queries.people.identity import find_standing, teams_of
from bot.db.queries.people.naming import workspaces_of_user
from bot.db.session import Session
from bot.domain.errors import Refusal, UnknownPerson
from bot.domain.teams import TeamPlaybook
from bot.services.membership import Member, find_member, team_of


def rep_named(session: Session, user_id: str, workspace_id: str | None = None) -> Member:
    """The rep with this Slack user id.

    Raises UnknownPerson for somebody unknown or in no team, Refusal where it isn't clear who.
    """
    known = workspaces_of_user(session.connection, user_id)
    if workspace_id is not None:
        known = [each for each in known if each == workspace_id]
    if not known:
        raise UnknownPerson(f"Nobody here is {user_id}. `pacesetter playbook show` lists everyone.")
    whose = _only(known, user_id)
    with session.of(whose) as theirs:
        standing = find_standing(theirs.connection, whose, user_id)
        who = find_member(theirs, standing) if standing else None
    if who is None:
        raise UnknownPerson(f"{user_id} is not a rep of any team.")
    return who


def team_named(session: Session, name: str, workspace_id: str | None = None) -> TeamPlaybook:
    """The team of this name, in any case. Raises Refusal for none, or for several."""
    listed = teams_of(session.connection, workspace_id)
    exact = [each for each in listed if each[1] == name]
    found = exact or [each for each in listed if each[1].casefold() == name.casefold()]
    if not found:
        names = ", ".join(sorted({each[1] for each in listed}))
        hint = f"Teams: {names}." if names else "There are no teams: `pacesetter playbook apply`."
        raise Refusal(f"There is no team “{name}”. {hint}")
    with session.of(_only([each[0] for each in found], f"The team “{name}”")) as theirs:
        return team_of(theirs, found[0][2])


def _only(workspaces: Sequence[str], what: str) -> str:
    if len(workspaces) > 1:
        raise Refusal(
            f"{what} is in several workspaces ({', '.join(workspaces)}): "
            f"say which, like --workspace {workspaces[0]}."
        )
    return workspaces[0]
