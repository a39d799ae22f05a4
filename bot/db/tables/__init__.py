"""Every table. Each row belongs to a workspace, and names it in `workspace_id`."""

from bot.db.tables.activity import (
    entries,
    interactions,
    kept_totals,
    kudos,
    milestones,
)
from bot.db.tables.coaching import (
    commitments,
    experiment_members,
    experiments,
    one_to_ones,
    pairings,
)
from bot.db.tables.columns import metadata
from bot.db.tables.installations import installations
from bot.db.tables.ledger import (
    audit,
    deliveries,
    handled_requests,
)
from bot.db.tables.playbook import (
    indicators,
    memberships,
    people,
    setups,
    targets,
    team_managers,
    teams,
    time_off,
    workspaces,
)

__all__ = [
    "audit",
    "commitments",
    "deliveries",
    "entries",
    "experiment_members",
    "experiments",
    "handled_requests",
    "indicators",
    "installations",
    "interactions",
    "kept_totals",
    "kudos",
    "memberships",
    "metadata",
    "milestones",
    "one_to_ones",
    "pairings",
    "people",
    "setups",
    "targets",
    "team_managers",
    "teams",
    "time_off",
    "workspaces",
]
