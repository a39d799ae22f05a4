"""What a person has set for themselves."""

from datetime import datetime, time

from sqlalchemy import Connection, select, update

from bot.db.tables import people


def keep_settings(
    connection: Connection,
    person_id: int,
    *,
    nudge_at: time | None,
    snoozed_until: datetime | None,
    paused: bool,
    quiet_weekdays: list[int],
    celebrate_alone: bool,
    off_leaderboard: bool,
) -> None:
    """Stores them all."""
    connection.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(
            nudge_at=nudge_at,
            snoozed_until=snoozed_until,
            paused=paused,
            quiet_weekdays=quiet_weekdays or None,
            celebrate_alone=celebrate_alone,
            off_leaderboard=off_leaderboard,
        )
    )


def own_zone(connection: Connection, person_id: int) -> tuple[str | None, str | None]:
    """The zone set for the person, and the one that Slack says."""
    row = connection.execute(
        select(people.c.timezone, people.c.slack_timezone).where(people.c.id == person_id)
    ).one()
    return row.timezone, row.slack_timezone
