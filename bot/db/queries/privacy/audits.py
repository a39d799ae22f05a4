"""What the audit log says."""

from sqlalchemy import Connection, or_, select

from bot.db.tables import audit, people

_LOOKED_AT = 200
"""The newest lines among which somebody's change is looked for."""


def last_to_touch(
    connection: Connection, workspace_id: str, team_id: int | None, about: str
) -> str | None:
    """Who changed the subject last, by name or else by Slack id; None where nobody is known.

    Lines count whose detail names a subject that begins with `about`, or everything ("*").
    """
    rows = connection.execute(
        select(audit.c.actor, audit.c.detail, people.c.name)
        .outerjoin(
            people,
            (people.c.user_id == audit.c.actor) & (people.c.workspace_id == audit.c.workspace_id),
        )
        .where(
            audit.c.workspace_id == workspace_id,
            or_(audit.c.team_id == team_id, audit.c.team_id.is_(None)),
        )
        .order_by(audit.c.id.desc())
        .limit(_LOOKED_AT)
    )
    for row in rows:
        touched = str((row.detail or {}).get("about", ""))
        if touched == "*" or touched.startswith(about):
            return str(row.name or row.actor)
    return None
