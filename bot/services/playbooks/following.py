"""Edits made so, one after the other, in one transaction; rows follow their new names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.db.queries.playbooks.indicator_rows import team_rows
from bot.db.session import Session
from bot.domain.days.zones import local_date_in, zone_named
from bot.domain.errors import Refusal
from bot.domain.permissions import Actor
from bot.domain.playbook.edits import AddTeam, ChangeIndicator, Edit, RenameTeam, edited
from bot.domain.playbook.edits.parts import indicator_of, team_named, tidied
from bot.domain.playbook.plans import Playbook
from bot.services.membership import actor, standing
from bot.services.playbooks.apply import apply_playbook
from bot.services.playbooks.people_names import with_names
from bot.services.playbooks.renaming import (
    keep_indicator_under,
    keep_team_under,
    require_same_measures,
)
from bot.services.playbooks.stored import stored_playbook
from bot.services.requests.callers import Caller

_GONE = "That team isn't there any more."


@dataclass(slots=True)
class Editing:
    """Who edits what: the playbook as it is, and then as the edits make it.

    `team` is the team's name and `team_id` its id, "" and None for one that is not there yet;
    `active` the workspace's teams, names by id.
    """

    actor: Actor
    playbook: Playbook
    team_id: int | None
    team: str
    active: Mapping[int, str]
    lines: list[str] = field(default_factory=list)

    @property
    def ids(self) -> Mapping[str, int]:
        """The ids of the teams by their names in lower case."""
        return {name.casefold(): key for key, name in self.active.items()}

    def today(self, now: datetime) -> date:
        """The team's local date, the workspace's for a team to be."""
        zones = (each.timezone for each in self.playbook.teams if each.name == self.team)
        return local_date_in(zone_named(next(zones, None) or self.playbook.timezone), now)


def begin(session: Session, caller: Caller, team_id: int | None) -> Editing:
    """Raises UnknownPerson, and Refusal for a team that isn't the workspace's or is retired."""
    asking = standing(session, caller.workspace_id, caller.user_id)
    playbook = stored_playbook(session, caller.workspace_id)
    rows = team_rows(session.connection, caller.workspace_id)
    active = {key: name for key, (name, is_retired) in rows.items() if not is_retired}
    if playbook is None or (team_id is not None and team_id not in active):
        raise Refusal(_GONE)
    name = "" if team_id is None else active[team_id]
    return Editing(actor(asking), playbook, team_id, name, active)


def follow(
    session: Session, editing: Editing, edits: Sequence[Edit], now: datetime
) -> tuple[str, ...]:
    """Makes the edits so; gives back what is different. Raises FormRefused, Refusal."""
    today = editing.today(now)
    for edit in edits:
        after = edited(editing.playbook, editing.team, edit, today)
        _rename(session, editing, edit)
        editing.playbook = after
    for team in editing.playbook.teams:
        if team.name == editing.team and editing.team_id is not None:
            require_same_measures(session, editing.team_id, team)
    lines = (*editing.lines, *apply_playbook(session, editing.playbook, now))
    rows = team_rows(session.connection, editing.playbook.workspace)
    editing.team_id = next(
        (key for key, (name, _) in rows.items() if name == editing.team), editing.team_id
    )
    return tuple(with_names(session, editing.playbook.workspace, line) for line in lines)


def _rename(session: Session, editing: Editing, edit: Edit) -> None:
    """What has a new name keeps its row, and what is new is edited from now on."""
    match edit:
        case AddTeam():
            editing.team = str(tidied(edit.name))
            rows = team_rows(session.connection, editing.playbook.workspace)
            keys = {name.casefold(): key for key, (name, _) in rows.items()}
            editing.team_id = keys.get(editing.team.casefold())
        case RenameTeam():
            _rename_team(session, editing, str(tidied(edit.name)))
        case ChangeIndicator(name=str()):
            _rename_indicator(session, editing, edit.indicator, str(tidied(edit.name)))
        case _:
            pass


def _rename_team(session: Session, editing: Editing, new: str) -> None:
    old = editing.team
    if editing.team_id is not None and new != old:
        workspace = editing.playbook.workspace
        editing.lines.append(keep_team_under(session, workspace, editing.team_id, old, new))
    editing.team = new


def _rename_indicator(session: Session, editing: Editing, said: str, new: str) -> None:
    old = indicator_of(team_named(editing.playbook, editing.team), said).name
    if editing.team_id is None or new == old:
        return
    line = keep_indicator_under(session, editing.team_id, editing.team, old, new)
    editing.lines += [line] if line else []
