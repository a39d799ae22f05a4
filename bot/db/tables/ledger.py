"""What is on its way to people, and which requests were handled already."""

from sqlalchemy import JSON, Column, Index, Integer, String, Table, UniqueConstraint, text

from bot.db.tables.columns import metadata, own_id, ref, workspace
from bot.db.types import Instant

deliveries = Table(
    "deliveries",
    metadata,
    own_id(),
    workspace(),
    Column("key", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    ref("team_id", "teams", nullable=True),  # empty: about the workspace
    ref("person_id", "people", nullable=True),
    Column("recipient", String(32), nullable=False),  # U… or C…
    Column("payload", JSON, nullable=False),  # what the message is about, for rendering
    Column("due_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("state", String(16), nullable=False),  # planned | sending | sent | dropped | failed
    Column("reason", String(80)),
    Column("not_before", Instant),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, default=0, server_default=text("0")),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("channel", String(32)),  # where it went
    Column("ts", String(32)),  # and under which timestamp
    UniqueConstraint("workspace_id", "key"),
    Index(
        "ix_deliveries_pending",
        "workspace_id",
        "due_at",
        sqlite_where=text("state IN ('planned', 'sending')"),
        postgresql_where=text("state IN ('planned', 'sending')"),
    ),
    Index(
        "ix_deliveries_sent",
        "workspace_id",
        "sent_at",
        sqlite_where=text("sent_at IS NOT NULL"),
        postgresql_where=text("sent_at IS NOT NULL"),
    ),
    Index("ix_deliveries_person_kind", "person_id", "workspace_id", "kind", "due_at", "state"),
)

handled_requests = Table(
    "handled_requests",
    metadata,
    Column("workspace_id", String(32), primary_key=True),  # an event may name one unknown to us
    Column("key", String(200), primary_key=True),
    Column("handled_at", Instant, nullable=False, index=True),
    Column("answer", JSON),  # what was said to it, for one that is sent twice
)

audit = Table(  # who changed what, and who read somebody's notes
    "audit",
    metadata,
    own_id(),
    workspace(),
    Column("at", Instant, nullable=False),
    Column("actor", String(32), nullable=False),  # U…, or "operator" for the command line
    Column("action", String(40), nullable=False),
    Column("subject", String(32)),  # the U… that it is about
    ref("team_id", "teams", nullable=True),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_workspace_at", "workspace_id", "at"),
)
