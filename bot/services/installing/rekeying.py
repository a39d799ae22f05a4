"""Encrypting tokens anew, with the newest key."""

from bot.db.queries import installations
from bot.db.session import Session
from bot.services.installing.keys import LostKey, TokenKeys


def all_ids(session: Session) -> list[str]:
    """Every installation that has a token."""
    rows = installations.every(session.connection)
    return [row.workspace_id for row in rows if row.token is not None]


def rekey(session: Session, keys: TokenKeys, workspace_id: str) -> bool:
    """Encrypts one installation's tokens with the newest key, both or none.

    False where they are already. Raises LostKey where no key opens them.
    """
    row = installations.find_for_update(session.connection, workspace_id)
    if row is None:  # uninstalled for good meanwhile
        return False
    stored = {name: getattr(row, name) for name in ("token", "refresh_token")}
    stored = {name: text for name, text in stored.items() if text is not None}
    opened = {name: keys.decrypt(workspace_id, text) for name, text in stored.items()}
    if all(keys.is_newest(text) for text in stored.values()):
        return False
    anew = {name: keys.encrypt(workspace_id, secret) for name, secret in opened.items()}
    return installations.change(session.connection, workspace_id, anew)


def opens(session: Session, keys: TokenKeys, workspace_id: str) -> bool:
    """Whether the keys open an installation's tokens."""
    row = installations.find(session.connection, workspace_id)
    try:
        for text in (row.token, row.refresh_token) if row is not None else ():
            if text is not None:
                keys.decrypt(workspace_id, text)
    except LostKey:
        return False
    return True
