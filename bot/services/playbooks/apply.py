"""Makes the database say what a playbook says: idempotent, and all or nothing for its caller."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from sqlalchemy import Connection, insert, select

from bot.db.queries.playbooks.celebrating import kept_celebrations
from bot.db.queries.playbooks.channels import move
from bot.db.queries.playbooks.locks import lock_playbook
from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.queries.rows import insert_row, update_row
from bot.db.session import Session
from bot.db.tables import teams, workspaces
from bot.domain.days.zones import local_date_in, zone_named
from bot.domain.playbook.plans import Playbook, TeamPlan
from bot.services.playbooks.changes import Changes, TeamStep
from bot.services.playbooks.indicators import apply_indicators
from bot.services.playbooks.people import apply_managers, apply_reps, end_memberships
from bot.services.playbooks.stored import stored_playbook
from bot.services.playbooks.targets import apply_targets

_SETTINGS = (
    "channel",
    "timezone",
    "workdays",
    "holidays",
    "nudge_at",
    "day_ends_at",
    "digest_at",
    "ramp",
    "ramp_results",
    "leaderboard",
    "celebrations",
)


def apply_playbook(session: Session, playbook: Playbook, now: datetime) -> tuple[str, ...]:
    """Applies a playbook without faults; gives back what changed, empty where nothing did.

    What it leaves out (a team, a person, a behaviour, an override) is retired from today; history
    stays. "Today" is the team's local date. A changed target counts from today, so that it never
    rewrites the past; the first target of a new indicator has always been so (design §2.2).
    Two that come at once take turns.
    """
    lock_playbook(session.connection, playbook.workspace)
    changes = Changes()
    stored = stored_playbook(session, playbook.workspace)
    _apply_workspace(session.connection, stored, playbook, now, changes)
    known = {_key(team): team for team in (stored.teams if stored else ())}
    steps = [
        _step(session.connection, playbook, team, known.get(_key(team)), now, changes)
        for team in (*_left_out(playbook, known), *playbook.teams)
    ]
    for step in steps:  # a rep may move between teams: first everybody leaves, then joins
        end_memberships(step)
    for step in steps:
        _apply_team(step) if step.plan in playbook.teams else _retire_team(step)
    return tuple(changes.lines)


def _key(team: TeamPlan) -> str:
    return team.name.casefold()


def _left_out(playbook: Playbook, known: Mapping[str, TeamPlan]) -> Iterator[TeamPlan]:
    """The teams that there were and shall not be, without their people."""
    kept = {_key(team) for team in playbook.teams}
    return (replace(team, reps=()) for key, team in known.items() if key not in kept)


def _apply_workspace(
    connection: Connection,
    stored: Playbook | None,
    playbook: Playbook,
    now: datetime,
    changes: Changes,
) -> None:
    subject = f"Workspace {playbook.workspace}"
    if stored is None:
        row = {"id": playbook.workspace, "name": playbook.name, "timezone": playbook.timezone}
        connection.execute(insert(workspaces).values(**row, created_at=now))
        changes.note(subject, f"new, in {playbook.timezone}")
        return
    values = changes.note_fields(subject, stored, playbook, ("name", "timezone"))
    if values:
        update_row(connection, workspaces, playbook.workspace, **values)
        for team_id in _team_ids(connection, playbook.workspace).values():
            renew_revision(connection, team_id)


def _step(
    connection: Connection,
    playbook: Playbook,
    team: TeamPlan,
    before: TeamPlan | None,
    now: datetime,
    changes: Changes,
) -> TeamStep:
    today = local_date_in(zone_named(team.timezone or playbook.timezone), now)
    team_id = _team_ids(connection, playbook.workspace).get(_key(team))
    if team_id is None:
        row = {"workspace_id": playbook.workspace, "name": team.name, "created_at": now}
        team_id = insert_row(connection, teams, **row, **_columns(team), revision=token_hex(8))
        changes.note(team.name, "new team")
    elif before is None:
        changes.note(team.name, "is back")
    return TeamStep(connection, playbook.workspace, team_id, team, before, now, today, changes)


def _team_ids(connection: Connection, workspace_id: str) -> Mapping[str, int]:
    """Every team, retired or not, by its key."""
    rows = connection.execute(
        select(teams.c.id, teams.c.name).where(teams.c.workspace_id == workspace_id)
    )
    return {row.name.casefold(): row.id for row in rows}


def _retire_team(step: TeamStep) -> None:
    update_row(step.connection, teams, step.team_id, retired_on=step.today)
    renew_revision(step.connection, step.team_id)
    step.note(f"retired from {step.today}; its history stays")


def _apply_team(step: TeamStep) -> None:
    changes_so_far = len(step.changes.lines)
    if step.before is not None:
        step.changes.note_fields(step.plan.name, step.before, step.plan, ("name", *_SETTINGS))
        if step.before.channel is not None and step.before.channel != step.plan.channel:
            move(step.connection, step.team_id, step.before.channel, step.plan.channel)
    apply_managers(step)
    apply_reps(step)
    apply_targets(step, apply_indicators(step))
    if step.before is None or len(step.changes.lines) > changes_so_far:
        columns = _columns(step.plan) | {"name": step.plan.name, "retired_on": None}
        update_row(step.connection, teams, step.team_id, **columns, revision=token_hex(8))


def _columns(team: TeamPlan) -> dict[str, object]:
    return {
        "channel": team.channel,
        "timezone": team.timezone,
        "workdays": sorted(team.workdays),
        "holidays": team.holidays,
        "nudge_at": team.nudge_at,
        "day_ends_at": team.day_ends_at,
        "digest_weekday": team.digest_at.weekday,
        "digest_time": team.digest_at.time,
        "ramp": [str(share) for share in team.ramp],
        "ramp_results": team.ramp_results,
        "leaderboard": team.leaderboard,
        "celebrations": kept_celebrations(team.celebrations),
    }
