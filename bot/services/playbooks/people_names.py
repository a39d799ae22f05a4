"""Sentences about people, by name."""

import re

from bot.db.queries.people.profiles import names_of
from bot.db.session import Session

_USER = re.compile(r"\b[UW][A-Z0-9]{1,31}\b")


def with_names(session: Session, workspace_id: str, told: str) -> str:
    """The text with people's names in the place of their Slack ids, where we know them."""
    names = names_of(session.connection, workspace_id, set(_USER.findall(told)))
    return _USER.sub(lambda found: names.get(found[0], found[0]), told)
