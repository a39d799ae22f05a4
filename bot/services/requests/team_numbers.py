"""`/pace team`: one team's numbers, for those who lead it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.queries.people.identity import Standing, TeamRevision
from bot.db.session import Session
from bot.domain.errors import NotPermitted, Refusal
from bot.domain.progress.scorecards import Scorecard
from bot.domain.teams import Person, TeamPlaybook
from bot.services.membership import team_of
from bot.services.scorecards import team_scorecards
from bot.services.workspaces import active_teams


@dataclass(frozen=True, slots=True)
class TeamNumbers:
    """One team's scorecards; `others` are the further teams that the same person may see."""

    playbook: TeamPlaybook
    scorecards: tuple[Scorecard, ...]
    others: tuple[TeamPlaybook, ...]


def team_numbers(
    session: Session,
    asking: Standing,
    now: datetime,
    *,
    name: str | None = None,
    team_id: int | None = None,
) -> TeamNumbers:
    """The numbers of the team with this name or id, else of the first that the person leads.

    Raises NotPermitted for somebody who leads none (an admin may see all), and Refusal for a name
    that none of them has.
    """
    teams = teams_seen(session, asking)
    chosen = _chosen(teams, name, team_id)
    others = tuple(team for team in teams if team is not chosen)
    return TeamNumbers(chosen, team_scorecards(session, chosen, now, chosen.present), others)


def team_led(session: Session, asking: Standing, name: str | None) -> TeamPlaybook:
    """The team of this name, else the first, of those that the person leads; raises as above."""
    return _chosen(teams_seen(session, asking), name, None)


def teams_seen(session: Session, asking: Standing) -> list[TeamPlaybook]:
    """Those that the person leads, for an admin all. Raises NotPermitted where there is none."""
    teams = [team_of(session, each) for each in _seen_by(session, asking)]
    if not teams:
        raise NotPermitted(
            "A team's numbers are for its manager. `/pace` shows your own, `/pace now` what to do."
        )
    return teams


def rep_meant(reps: Sequence[Person], typed: str) -> Person | None:
    """The one whose name was typed, or the beginning of it, where somebody didn't pick it from
    Slack's list; None where that is nobody, or several."""
    wanted = " ".join(typed.removeprefix("@").split()).casefold()
    named = [each for each in reps if (each.name or "").casefold() == wanted]
    named = named or [each for each in reps if (each.name or "").casefold().startswith(wanted)]
    return named[0] if wanted and len(named) == 1 else None


def _seen_by(session: Session, asking: Standing) -> list[TeamRevision]:
    led = list(asking.leads)
    if asking.person.is_admin:
        known = {team.team_id for team in led}
        every = active_teams(session, asking.person.workspace_id)
        led += [team for team in every if team.team_id not in known]
    return led


def _chosen(teams: list[TeamPlaybook], name: str | None, team_id: int | None) -> TeamPlaybook:
    if team_id is not None:
        found = [team for team in teams if team.team.id == team_id]
        if not found:
            raise NotPermitted("Only the team's manager or an admin may see its numbers.")
        return found[0]
    if name is None:
        return teams[0]
    wanted = name.casefold()
    named = [team for team in teams if team.team.name.casefold() == wanted]
    named = named or [team for team in teams if team.team.name.casefold().startswith(wanted)]
    if len(named) != 1:
        known = ", ".join(team.team.name for team in teams[:10])
        raise Refusal(f"Which team? You can see {known}: type the command again with its name.")
    return named[0]
