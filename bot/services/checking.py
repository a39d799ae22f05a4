"""Whether what is set up in the database can work: zones, teams, people, deliveries."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version

from bot.db.queries import checks
from bot.db.queries.playbooks.workspaces import workspace_ids
from bot.db.session import Session
from bot.domain.checks import Check, fine, problem, warning
from bot.domain.counts import counted
from bot.domain.days.zones import zone_named
from bot.domain.errors import Refusal
from bot.services.retaining import kept_from, limited

_LATELY = timedelta(days=7)
_NAMED = 5


def check_setup(session: Session, now: datetime) -> Iterator[Check]:
    """One check for each thing that a playbook or Slack has told us."""
    yield _zones(session)
    yield from _teams(session)
    yield _people(session)
    yield _deliveries(session, now)
    yield _history(session, now)


def team_channels(session: Session) -> list[tuple[str, str, str]]:
    """Where celebrations go, as (workspace id, team, channel)."""
    return checks.team_channels(session.connection)


def _zones(session: Session) -> Check:
    try:
        database = f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        database = "the system's zones"
    stored = checks.stored_zones(session.connection)
    unknown = [name for name in stored if not _is_known(name)]
    if unknown:
        advice = "Correct them in the playbook, or install a newer tzdata."
        return problem("time zones", f"unknown in {database}: {_listed(unknown)}", advice)
    return fine("time zones", f"{database}; {counted(len(stored), 'zone')} in use, all known")


def _is_known(name: str) -> bool:
    try:
        zone_named(name)
    except Refusal:
        return False
    return True


def _teams(session: Session) -> Iterator[Check]:
    names = checks.team_names(session.connection)
    if not names:
        yield warning("teams", "there are none", "Apply a playbook: `pacesetter playbook apply`.")
        return
    mute = checks.teams_without_channel(session.connection)
    unled = checks.teams_without_manager(session.connection)
    if mute:
        advice = "Give each a `channel` in the playbook, or nothing can be celebrated."
        yield warning("teams", f"no channel: {_told_apart(session, mute)}", advice)
    if unled:
        advice = "Name `managers` in the playbook, or nobody gets the digest."
        yield warning("teams", f"no manager: {_told_apart(session, unled)}", advice)
    if not mute and not unled:
        yield fine("teams", f"{len(names)}, each with a channel and a manager")


def _people(session: Session) -> Check:
    lost = checks.reps_without_zone(session.connection)
    if lost:
        advice = "Their team's zone is used; set `timezone` in the playbook if that is wrong."
        who = _told_apart(session, lost)
        return warning("people", f"no time zone of their own: {who}", advice)
    return fine("people", "every rep has a time zone")


def _deliveries(session: Session, now: datetime) -> Check:
    failed = checks.failures_since(session.connection, now - _LATELY)
    if not failed:
        return fine("deliveries", f"none failed in {_LATELY.days} days")
    total = sum(count for _, count in failed)
    reasons = _listed([f"{count} × {reason}" for reason, count in failed])
    advice = "See each with `pacesetter export deliveries`."
    return warning("deliveries", f"{total} failed in {_LATELY.days} days: {reasons}", advice)


def _history(session: Session, now: datetime) -> Check:
    """How long it is kept is nobody's mistake: said, so that nobody is surprised."""
    said = [f"{each} from {kept_from(years, now)} on" for each, years in limited(session).items()]
    if not said:
        return fine("history", "kept for ever")
    return fine("history", f"kept in {_listed(sorted(said))}; elsewhere for ever")


def _told_apart(session: Session, found: Sequence[checks.InWorkspace]) -> str:
    """The names; where there are several workspaces, each with its own."""
    several = len(workspace_ids(session.connection)) > 1
    return _listed([f"{name} ({where})" if several else name for where, name in found])


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
