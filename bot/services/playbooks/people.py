"""The people of a playbook: reps, their time off, and managers."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.db.queries.playbooks.revisions import renew_revision
from bot.db.queries.rows import insert_row, update_row
from bot.db.tables import memberships, people, team_managers, time_off
from bot.domain.days.calendar import DateRange
from bot.domain.playbook.plans import RepPlan
from bot.services.playbooks.changes import TeamStep

_ONE_DAY = timedelta(days=1)
_DETAILS = ("name", "timezone", "nudge_at", "segment", "started_on", "leaves_on")


def end_memberships(step: TeamStep) -> None:
    """Whoever was a rep of the team and isn't named any more leaves it today; history stays."""
    kept = {rep.user for rep in step.plan.reps}
    for membership_id, user in _members(step).values():
        if user not in kept:
            update_row(step.connection, memberships, membership_id, left_on=step.today)
            renew_revision(step.connection, step.team_id)
            step.note(f"{user} leaves the team")


def apply_managers(step: TeamStep) -> None:
    """The team's managers, in order: the first one stands for it where one has to."""
    before = step.before.managers if step.before else ()
    if before == step.plan.managers:
        return
    step.connection.execute(delete(team_managers).where(team_managers.c.team_id == step.team_id))
    for position, user in enumerate(step.plan.managers):
        row = {"workspace_id": step.workspace_id, "team_id": step.team_id, "position": position}
        row_of = person_id(step, user)
        step.connection.execute(insert(team_managers).values(**row, person_id=row_of))
    step.note(f"managed by {', '.join(step.plan.managers) or 'nobody'}")


def apply_reps(step: TeamStep) -> None:
    """The team's reps: their settings, membership and time off."""
    members = _members(step)
    before = {rep.user: rep for rep in (step.before.reps if step.before else ())}
    for position, rep in enumerate(step.plan.reps):
        rep_id = person_id(step, rep.user)
        known = before.get(rep.user) if rep_id in members else None
        if known is None:
            step.note(f"{rep.user} joins the team")
        _apply_rep(step, rep, known, rep_id)
        _apply_membership(step, rep, rep_id, members, position)
        _apply_time_off(step, rep, rep_id)


def _members(step: TeamStep) -> Mapping[int, tuple[int, str]]:
    """Active memberships as (id, user), by person id."""
    rows = step.connection.execute(
        select(memberships.c.id, memberships.c.person_id, people.c.user_id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.team_id == step.team_id, memberships.c.left_on.is_(None))
    )
    return {row.person_id: (row.id, row.user_id) for row in rows}


def person_id(step: TeamStep, user: str) -> int:
    """The person's id; somebody new is added."""
    known: int | None = step.connection.scalar(
        select(people.c.id).where(
            people.c.workspace_id == step.workspace_id, people.c.user_id == user
        )
    )
    if known is not None:
        return known
    row = {"workspace_id": step.workspace_id, "user_id": user, "created_at": step.now}
    return insert_row(step.connection, people, **row)


def _apply_rep(step: TeamStep, rep: RepPlan, known: RepPlan | None, rep_id: int) -> None:
    """The person's own settings. A name that the playbook leaves out may come from Slack."""
    if known is not None:
        told = _DETAILS if rep.name else _DETAILS[1:]
        if not step.changes.note_fields(f"{step.plan.name}, {rep.user}", known, rep, told):
            return
    values: dict[str, object] = {"timezone": rep.timezone, "nudge_at": rep.nudge_at}
    if rep.name:
        values["name"] = rep.name
    update_row(step.connection, people, rep_id, **values)


def _apply_membership(
    step: TeamStep,
    rep: RepPlan,
    rep_id: int,
    members: Mapping[int, tuple[int, str]],
    position: int,
) -> None:
    values = {
        "segment": rep.segment,
        "started_on": rep.started_on,
        "leaves_on": rep.leaves_on,
        "position": position,
    }
    if rep_id in members:
        update_row(step.connection, memberships, members[rep_id][0], **values)
        return
    row = {"workspace_id": step.workspace_id, "team_id": step.team_id, "person_id": rep_id}
    insert_row(step.connection, memberships, **row, **values, created_at=step.now)


def _apply_time_off(step: TeamStep, rep: RepPlan, rep_id: int) -> None:
    """Adds what is new, and takes back what is left out as far as it isn't past.

    Days off that have been taken stay: without them targets of the past would change. So does time
    off that was entered in Slack, unless its days are listed.
    """
    stored = step.connection.execute(select(time_off).where(time_off.c.person_id == rep_id)).all()
    known = {DateRange(row.starts_on, row.ends_on) for row in stored}
    for away in rep.away:
        if away not in known:
            owned = {"workspace_id": step.workspace_id, "person_id": rep_id}
            dates = {"starts_on": away.start, "ends_on": away.end}
            insert_row(step.connection, time_off, **owned, **dates, source="playbook")
            step.note(f"{rep.user} is away {_days(away.start, away.end)}")
    for row in stored:
        listed = DateRange(row.starts_on, row.ends_on) in rep.away
        if row.source == "playbook" and not listed and row.ends_on >= step.today:
            _take_back(step, rep, row)


def _take_back(step: TeamStep, rep: RepPlan, row: Row[Any]) -> None:
    if row.starts_on >= step.today:
        step.connection.execute(delete(time_off).where(time_off.c.id == row.id))
    else:
        yesterday = step.today - _ONE_DAY
        step.connection.execute(
            update(time_off).where(time_off.c.id == row.id).values(ends_on=yesterday)
        )
    step.note(f"{rep.user} is no longer away {_days(row.starts_on, row.ends_on)}")


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"
