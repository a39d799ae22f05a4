"""Rules about people: Slack ids, one team for each rep, and dates in order."""

import re
from collections.abc import Iterable

from bot.domain.days.zones import zone_named
from bot.domain.errors import Refusal
from bot.domain.playbook.faults import Fault, Faults, Path
from bot.domain.playbook.names import text_faults
from bot.domain.playbook.plans import Playbook, RepPlan, TeamPlan

WORKSPACE_ID = re.compile(r"[TE][A-Z0-9]{2,31}")
USER_ID = re.compile(r"[UW][A-Z0-9]{1,31}")
CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{1,31}")

_WORKSPACE = "is no workspace id: it starts with T, like T01ABCDEF"
_USER = (
    "is no user id: it starts with U, like U01ABCDEF (in Slack: the person's profile, "
    "the three dots, Copy member ID)"
)
_CHANNEL = (
    "is no channel id: it starts with C, like C01ABCDEF "
    "(in Slack: the channel's name, at the foot of About)"
)


def id_faults(path: Path, given: str, pattern: re.Pattern[str], sentence: str) -> Faults:
    """An id that is not of the form that Slack gives out."""
    if not pattern.fullmatch(given):
        yield Fault(path, f"“{given}” {sentence}")


def workspace_faults(playbook: Playbook) -> Faults:
    """The workspace's own lines."""
    yield from id_faults(("workspace",), playbook.workspace, WORKSPACE_ID, _WORKSPACE)
    yield from text_faults(("name",), playbook.name)
    yield from zone_faults(("timezone",), playbook.timezone)


def zone_faults(path: Path, name: str | None) -> Faults:
    """A time zone that nobody knows."""
    if name is None:
        return
    try:
        zone_named(name)
    except Refusal as refusal:
        yield Fault(path, refusal.sentence)


def people_faults(path: Path, team: TeamPlan) -> Faults:
    """The team's channel, managers and reps, each by themselves."""
    if team.channel is not None:
        yield from id_faults((*path, "channel"), team.channel, CHANNEL_ID, _CHANNEL)
    for n, user in enumerate(team.managers):
        yield from id_faults((*path, "managers", n), user, USER_ID, _USER)
    yield from _twice((*path, "managers"), team.managers)
    for n, rep in enumerate(team.reps):
        yield from _rep_faults((*path, "reps", n), rep)
    yield from _twice((*path, "reps"), [rep.user for rep in team.reps], "user")


def one_team_faults(playbook: Playbook) -> Faults:
    """A rep belongs to one team at a time: the rep's targets and calendar are that team's."""
    teams: dict[str, int] = {}
    for t, team in enumerate(playbook.teams):
        for n, rep in enumerate(team.reps):
            first = teams.setdefault(rep.user, t)
            if first != t:
                other = playbook.teams[first].name
                sentence = f"{rep.user} is already a rep of {other}: a rep is in one team at a time"
                yield Fault(("teams", t, "reps", n, "user"), sentence)


def _rep_faults(path: Path, rep: RepPlan) -> Faults:
    yield from id_faults((*path, "user"), rep.user, USER_ID, _USER)
    yield from text_faults((*path, "name"), rep.name)
    yield from text_faults((*path, "segment"), rep.segment)
    yield from zone_faults((*path, "timezone"), rep.timezone)
    if rep.started_on and rep.leaves_on and rep.leaves_on < rep.started_on:
        sentence = f"is before started_on, {rep.started_on}: the last day comes after the first"
        yield Fault((*path, "leaves_on"), sentence)


def _twice(path: Path, users: Iterable[str], *key: str) -> Faults:
    seen: set[str] = set()
    for n, user in enumerate(users):
        if user in seen:
            yield Fault((*path, n, *key), f"{user} is already in this list: once is enough")
        seen.add(user)
