"""`/coach` as far as it goes today: the digest on request, and help."""

from dataclasses import dataclass
from datetime import datetime

from bot.db.session import Session
from bot.domain.digests import Digest, last_full_week
from bot.domain.grammar.coach import CoachTopic, parse_coach
from bot.domain.grammar.log import ShowHelp
from bot.services.digesting import digest
from bot.services.membership import standing
from bot.services.requests.callers import Caller
from bot.services.requests.helping import HelpWanted, help_wanted
from bot.services.requests.team_numbers import team_led


@dataclass(frozen=True, slots=True)
class NotYet:
    """A topic that isn't there yet."""

    topic: CoachTopic


CoachOutcome = Digest | HelpWanted | NotYet


def coach_command(session: Session, caller: Caller, text: str, now: datetime) -> CoachOutcome:
    """Does what `/coach` with this text asks for. Raises Refusal.

    The digest is the one that goes out by itself, about the last full week in the manager's zone.
    """
    asked = parse_coach(text)
    wanted = help_wanted(session, caller)
    if isinstance(asked, ShowHelp) or asked.topic is CoachTopic.HUB or not wanted.leads:
        return wanted
    if asked.topic is not CoachTopic.DIGEST:
        return NotYet(asked.topic)
    asking = standing(session, caller.workspace_id, caller.user_id)
    playbook = team_led(session, asking, asked.rest or None)
    week = last_full_week(asking.person.zone, now)
    return digest(session, playbook, caller.user_id, week, now)
