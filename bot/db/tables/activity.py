"""What people did, and what came of it."""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.db.tables.columns import metadata, own_id, ref, workspace
from bot.db.types import BigId, Instant, Quantity

entries = Table(
    "entries",
    metadata,
    own_id(),
    workspace(),
    ref("person_id", "people"),
    ref("indicator_id", "indicators"),
    Column("quantity", Quantity, nullable=False),
    Column("local_date", Date, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("source", String(16), nullable=False),  # slack | import
    Column("dedupe_key", String(200), nullable=False),
    Column("external_id", String(200)),
    Column("account", Text),
    Column("note", Text),
    Column("deal", String(64)),  # the rows of one deal share it
    Column("outcome", String(16)),  # won | lost | no_decision
    Column("amount", Quantity),
    Column("reason", Text),
    Column("undone_at", Instant),
    ref("replaced_by", "entries", nullable=True),
    UniqueConstraint("workspace_id", "dedupe_key"),
    Index(
        "ix_entries_person_day",
        "person_id",
        "workspace_id",
        "local_date",
        "indicator_id",
        "occurred_at",
        "quantity",
        "undone_at",  # always empty here, but SQLite would look it up in the table
        sqlite_where=text("undone_at IS NULL"),
        postgresql_where=text("undone_at IS NULL"),
    ),
    Index(  # one indicator's history, however much else was logged: a lifetime, a best week
        "ix_entries_person_indicator",
        "person_id",
        "workspace_id",
        "indicator_id",
        "local_date",
        "occurred_at",
        "quantity",
        "undone_at",  # always empty here, but SQLite would look it up in the table
        sqlite_where=text("undone_at IS NULL"),
        postgresql_where=text("undone_at IS NULL"),
    ),
    Index(  # or all entries would be read for each one that is erased
        "ix_entries_replaced_by",
        "replaced_by",
        sqlite_where=text("replaced_by IS NOT NULL"),
        postgresql_where=text("replaced_by IS NOT NULL"),
    ),
)

milestones = Table(
    "milestones",
    metadata,
    own_id(),
    workspace(),
    ref("team_id", "teams"),
    ref("person_id", "people", nullable=True),  # empty: the whole team's
    ref("indicator_id", "indicators", nullable=True),
    Column("key", String(200), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("threshold", Integer),
    Column("period_start", Date),
    Column("reached_at", Instant, nullable=False),
    Column("reached_on", Date, nullable=False),
    Column("times", Integer, nullable=False, default=1, server_default=text("1")),
    Column("revoked_at", Instant),  # an undo made it untrue
    UniqueConstraint("workspace_id", "key"),
    Index("ix_milestones_team_day", "team_id", "reached_on"),
)

kudos = Table(
    "kudos",
    metadata,
    own_id(),
    workspace(),
    ref("team_id", "teams"),  # the receiver's, whose channel hears it
    ref("giver_id", "people"),
    ref("receiver_id", "people"),
    Column("reason", Text),
    Column("about", String(200)),  # the key of the celebration, or the week, that it is for
    Column("given_on", Date, nullable=False),  # the giver's local date
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),  # the giver took it back
    Column("dedupe_key", String(200), nullable=False),
    UniqueConstraint("workspace_id", "dedupe_key"),
    Index("ix_kudos_about", "workspace_id", "about"),
    Index("ix_kudos_team_day", "team_id", "given_on"),
    Index("ix_kudos_giver_day", "giver_id", "given_on"),
)

interactions = Table(  # what the bot cost a person on a day
    "interactions",
    metadata,
    workspace(),
    Column("person_id", BigId, ForeignKey("people.id"), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),  # line | button | form | view
    Column("times", Integer, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
)

kept_totals = Table(  # what a team had of people who were erased: amounts, of nobody in particular
    "kept_totals",
    metadata,
    workspace(ondelete="CASCADE"),
    Column("team_id", BigId, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column(
        "indicator_id", BigId, ForeignKey("indicators.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("quantity", Quantity, nullable=False),  # logged for the date
    Column("target", Quantity, nullable=False),  # more is asked from it on; below 0: less
    Column("people", Integer, nullable=False),  # a period's first date: who logged in it
    Column("asked", Integer, nullable=False),  # a week's first date: who had a target
    Column("reached", BigInteger, nullable=False),  # their shares of it, in millionths
)
