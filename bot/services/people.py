"""What Slack knows of people and we want to know too: their names and time zones."""

from bot.db.queries.people.profiles import Profile, find_profile, keep_profile
from bot.db.queries.playbooks.revisions import renew_revisions_of
from bot.db.session import Session
from bot.domain.days.zones import zone_named
from bot.domain.errors import Refusal
from bot.domain.playbook.names import MAX_NAME


def lacks_zone(session: Session, workspace_id: str, user_id: str) -> bool:
    """Whether we know the person, but not the zone that Slack has for that person."""
    known = find_profile(session.connection, workspace_id, user_id)
    return known is not None and known.zone is None


def keep_profile_of(
    session: Session, workspace_id: str, user_id: str, name: str | None, zone: str | None
) -> bool:
    """Takes over what Slack says of a person; False where nothing changes.

    A zone that we don't know, and a person we don't know, leave everything as it was.
    """
    known = find_profile(session.connection, workspace_id, user_id)
    if known is None:
        return False
    kept_name = _in_one_line(name or "") or known.name
    told = Profile(known.person_id, kept_name, _known_zone(zone) or known.zone)
    if told == known:
        return False
    keep_profile(session.connection, told)
    renew_revisions_of(session.connection, known.person_id)
    return True


def _in_one_line(name: str) -> str:
    """A name as a playbook file may say it, too: short enough, and nothing that can't be seen."""
    seen = "".join(letter for letter in name if letter.isprintable() or letter.isspace())
    return " ".join(seen.split())[:MAX_NAME].rstrip()


def _known_zone(zone: str | None) -> str | None:
    if not zone:
        return None
    try:
        return zone_named(zone).key
    except Refusal:
        return None
