"""Changes of a workspace's playbook take turns."""

from sqlalchemy import Connection, func, select

_PLAYBOOK = 0x9ACE
"""The first half of the lock's key, so that nobody else's lock is meant by it."""


def lock_playbook(connection: Connection, workspace_id: str) -> None:
    """Waits until no other transaction changes the workspace's playbook, and keeps others waiting.

    For the rest of the transaction; whoever waited sees what the other one did. On SQLite a
    transaction that writes is alone anyway. The lock isn't the workspace's row: entries, which
    refer to it, don't wait.
    """
    if connection.dialect.name == "postgresql":
        key = _PLAYBOOK, func.hashtext(workspace_id)
        connection.execute(select(func.pg_advisory_xact_lock(*key)))
