"""Who may read and write what (design §2.8)."""

from dataclasses import dataclass

from bot.domain.errors import NotPermitted


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something: a person's id, the ids of the teams led, and the role."""

    person_id: int
    leads: frozenset[int] = frozenset()
    is_admin: bool = False


def may_see_rep(actor: Actor, person_id: int, team_id: int | None) -> bool:
    """A rep's own numbers: for the rep, the team's managers and admins."""
    return actor.person_id == person_id or may_run_team(actor, team_id)


def may_run_team(actor: Actor, team_id: int | None) -> bool:
    """Reading the team, writing its targets, people and time off: its managers and admins."""
    return actor.is_admin or (team_id is not None and team_id in actor.leads)


def may_name_managers(actor: Actor) -> bool:
    """Who leads a team is for admins to say."""
    return actor.is_admin


def require_own_or_led(actor: Actor, person_id: int, team_id: int | None, what: str) -> None:
    """Raises NotPermitted unless it is the actor's own, or a rep's whom the actor leads.

    `what` completes the sentence: "time off".
    """
    if not may_see_rep(actor, person_id, team_id):
        raise NotPermitted(f"Only the rep, the team's manager or an admin may change {what}.")


def require_team(actor: Actor, team_id: int | None) -> None:
    """Raises NotPermitted unless the actor leads the team or is an admin."""
    if not may_run_team(actor, team_id):
        raise NotPermitted("Only the team's manager or an admin may do that.")


def may_read_notes(actor: Actor, person_id: int, team_id: int | None) -> bool:
    """What was noted at a rep's one-to-ones: for who leads the team now, never for the rep."""
    return actor.person_id != person_id and may_run_team(actor, team_id)


def require_notes(actor: Actor, person_id: int, team_id: int | None) -> None:
    """Raises NotPermitted unless the actor may prepare and note one-to-ones with the rep."""
    if not may_read_notes(actor, person_id, team_id):
        raise NotPermitted(
            "One-to-ones are prepared and noted by whoever leads the rep's team. `/pace` shows "
            "what you have agreed yourself."
        )


def may_settle(actor: Actor, rep_id: int, owner_id: int, team_id: int | None) -> bool:
    """Saying that a commitment is done: the rep for the rep's own, the team's manager for all."""
    own = actor.person_id == rep_id == owner_id
    return own or may_read_notes(actor, rep_id, team_id)
