"""Behaviours and results that a team no longer counts, and how to say so."""

from bot.domain.grammar.names import names_of, spans
from bot.domain.grammar.refusals import listed
from bot.domain.grammar.words import line
from bot.domain.indicators import Indicator
from bot.domain.teams import TeamPlaybook


def retired_match(playbook: TeamPlaybook, text: str) -> Indicator | None:
    """The retired indicator whose whole name or alias stands in what was typed, if one does.

    For a line that the grammar, which knows the active ones only, has not understood.
    """
    names = names_of(playbook.retired)
    words = line(text, loose=True)
    for start in range(len(words.tokens)):
        for spelled, _ in spans(words, start, names):
            found = names.find(spelled)
            if found.exact:
                return found.indicators[0]
    return None


def retired_sentence(playbook: TeamPlaybook, indicator: Indicator) -> str:
    """Why it can't be logged, and what can."""
    team = playbook.team.name
    active = listed([each.name for each in playbook.behaviours], last="and")
    counted = f" It counts {active} now." if active else ""
    return f"{team} no longer counts {indicator.name}; what was logged before stays.{counted}"
