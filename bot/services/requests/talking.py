"""Words in a direct message as a use case: taken once, answered like the command they stand for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.db.queries.ledger.handled import take
from bot.db.session import Session
from bot.domain.grammar.sentences import (
    SmallTalk,
    ToLog,
    ToPace,
    line_to_log,
    read_sentence,
)
from bot.services.membership import member, rep_standing
from bot.services.requests.callers import Caller
from bot.services.requests.helping import HelpWanted, help_wanted
from bot.services.requests.log_command import LogOutcome, log_command
from bot.services.requests.pace_command import PaceOutcome, pace_command

_WORDS_OF_LOG: Final = frozenset({"undo", "list"})


@dataclass(frozen=True, slots=True)
class Chatted:
    """Words that ask for nothing, and what help for whoever wrote them needs."""

    about: SmallTalk
    help: HelpWanted


TalkOutcome = LogOutcome | PaceOutcome | Chatted


def answer_words(session: Session, caller: Caller, text: str, now: datetime) -> TalkOutcome | None:
    """Does what a message asks for, once for the caller's key; None where it was done before.

    Raises Refusal, `NotUnderstood` with corrected lines among them; nothing is recorded then, nor
    that the message was heard: see `heard_first`.
    """
    if not heard_first(session, caller, now):
        return None
    match read_sentence(text):
        case ToPace(words):
            return pace_command(session, caller, words, now)
        case ToLog(line):
            return log_command(session, caller, _careful(session, caller, line, now), now)
        case SmallTalk() as about:
            return Chatted(about, help_wanted(session, caller))


def heard_first(session: Session, caller: Caller, now: datetime) -> bool:
    """Whether this message is heard for the first time; from now on it is not."""
    return take(session.connection, caller.workspace_id, caller.key, now)


def _careful(session: Session, caller: Caller, text: str, now: datetime) -> str:
    if text in _WORDS_OF_LOG:
        return text
    who = member(session, rep_standing(session, caller.workspace_id, caller.user_id))
    return line_to_log(text, who.playbook.indicators, who.rep.today(now))
