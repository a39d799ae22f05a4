"""`/log` as a use case: from the line that a rep typed to what came of it, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.db.queries.people.identity import Standing
from bot.db.session import Session
from bot.domain.entries import Entry, Origin, Recorded, Undone
from bot.domain.errors import Refusal
from bot.domain.grammar.log import (
    ListRecent,
    OpenForm,
    ShowHelp,
    UndoLast,
    is_help,
    parse_log_command,
)
from bot.domain.grammar.refusals import NothingKnown, NotUnderstood
from bot.domain.grammar.requests import LogRequest
from bot.domain.grammar.words import from_slack
from bot.domain.indicators import Indicator
from bot.domain.quantities import Measure
from bot.domain.retired import retired_match, retired_sentence
from bot.domain.teams import TeamPlaybook
from bot.services.membership import Member, member, rep_standing, require_indicators
from bot.services.recording import SLACK, recent, record, undo_last
from bot.services.requests.callers import Caller
from bot.services.requests.helping import HelpWanted, help_wanted


@dataclass(frozen=True, slots=True)
class FormWanted:
    """A form to fill in: what the team counts, and the rep's local date."""

    indicators: tuple[Indicator, ...]
    today: date


@dataclass(frozen=True, slots=True)
class RecentEntries:
    """The rep's recent entries, recorded last first, and the rep's local date."""

    entries: tuple[Entry, ...]
    today: date


LogOutcome = Recorded | Undone | RecentEntries | FormWanted | HelpWanted


def log_command(session: Session, caller: Caller, text: str, now: datetime) -> LogOutcome:
    """Does what `/log` with this text asks for.

    Raises Refusal, `NotUnderstood` with corrected lines among them; nothing is recorded then.
    """
    if is_help(text):
        return help_wanted(session, caller)
    standing = rep_standing(session, caller.workspace_id, caller.user_id)
    who = member(session, standing)
    command = _understood(session, standing, who, text, now)
    match command:
        case LogRequest():
            return record(session, standing, command, Origin(SLACK, caller.key), now)
        case UndoLast():
            return undo_last(session, standing, now)
        case ListRecent():
            return RecentEntries(recent(session, standing, now), who.rep.today(now))
        case OpenForm():
            require_indicators(who.playbook)
            return FormWanted(who.playbook.indicators, who.rep.today(now))
        case ShowHelp():
            return help_wanted(session, caller)


def _understood(
    session: Session, standing: Standing, who: Member, text: str, now: datetime
) -> LogRequest | UndoLast | ListRecent | OpenForm | ShowHelp:
    try:
        return parse_log_command(text, who.playbook.indicators, who.rep.today(now))
    except NotUnderstood as puzzled:
        retired = retired_match(who.playbook, from_slack(text))
        if retired is not None:
            raise Refusal(retired_sentence(who.playbook, retired)) from puzzled
        unknown = isinstance(puzzled, NothingKnown) and not puzzled.choices
        if unknown and not recent(session, standing, now, limit=1):
            raise NotUnderstood(_welcome(who.playbook)) from puzzled
        raise


def _welcome(playbook: TeamPlaybook) -> str:
    """One sentence for somebody who has never logged anything: what to type."""
    require_indicators(playbook)
    first = (*playbook.behaviours, *playbook.indicators)[0]
    amount = "1h30" if first.unit.measure is Measure.HOURS else "2"
    return f"Type how much of what you did, like `/log {amount} {first.name}`, and I'll count it."
