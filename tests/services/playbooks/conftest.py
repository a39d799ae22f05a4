"""A database with West and East in it, and North elsewhere."""

import pytest

from bot.db.session import Session
from tests.services.playbooks.editors import two_workspaces


@pytest.fixture
def teams(session: Session) -> dict[str, int]:
    """The ids of all teams by name, in the session's transaction."""
    return two_workspaces(session)
