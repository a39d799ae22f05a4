"""A manager's part of Home: each team in one look, whoever is behind with a way to prepare."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.domain.counts import counted
from bot.domain.reports.digests import TeamResult
from bot.domain.reports.homes import RepLine, TeamPart
from bot.slack import actions
from bot.slack.escaping import escaped
from bot.slack.quick_blocks import Plain, button, row, section
from bot.slack.rendering import paragraphs, shortened
from bot.slack.views.home.blocks import beside, header, menu
from bot.slack.words.amounts import amount, figure, name, number, period_words
from bot.slack.words.progress import MARKS, bar

FIXED: Final = 6
"""Blocks that a team takes at most, those with somebody who is behind aside."""
MOST_ROWS: Final = 8
"""Of those who are behind; who else is, one line names."""
_NAMED: Final = 15
_NAMED_CHARACTERS: Final = 400
_LONGEST_NAME: Final = 30
_GAPS: Final = 3


def team_part(team: TeamPart, rows: int) -> Iterator[Plain]:
    """Blocks for one team: at most `FIXED` and `rows`."""
    key = f"team:{team.team_id}"
    yield header(team.name, key)
    if not team.reps:
        yield section("No reps yet: add some under “People and targets”.", f"{key}:empty")
        return
    yield section(_summary(team), f"{key}:summary")
    shown = team.behind[: min(rows, MOST_ROWS)]
    for rep in shown:
        yield beside(_gaps(rep), f"{key}:rep:{rep.person_id}", _prepare(rep))
    if others := _others(team, team.behind[len(shown) :]):
        yield section(others, f"{key}:others")
    yield from _results(team, key)
    yield row(
        [
            menu(actions.PREP, "Prepare a 1:1 with…", _people(team)),
            button("All numbers", actions.with_id(actions.PICK_TEAM, team.team_id), "home"),
        ],
        f"{key}:do",
    )


def _summary(team: TeamPart) -> str:
    counts = [
        (len(team.on_target), "on target", "✅"),
        (len(team.on_pace), "not behind", "🟢"),
        (len(team.behind), "behind", "🟠"),
        (len(team.away), "away today", "🌴"),
    ]
    said = [f"{mark} {count} {words}" for count, words, mark in counts if count]
    return f"*{counted(len(team.reps), 'rep')}* · {' · '.join(said)}"


def _gaps(rep: RepLine) -> str:
    """ "Riley · 🟠 First meetings 1 of 5, Calls 30 of 100 and 2 more"."""
    gaps = rep.behind
    named = [
        f"{name(each.indicator, _LONGEST_NAME)} {number(each.actual)} of {number(each.target)}"
        for each in gaps[:_GAPS]
        if each.target is not None
    ]
    more = f" and {len(gaps) - _GAPS} more" if len(gaps) > _GAPS else ""
    mark = MARKS[gaps[0].status] if gaps and gaps[0].status else ""
    return f"*{called(rep)}* · {mark} {', '.join(named)}{more}"


def _others(team: TeamPart, behind: Sequence[RepLine]) -> str:
    groups = (
        ("🟠 Behind too", behind),
        ("🟢 Not behind", team.on_pace),
        ("✅ On target", team.on_target),
        ("🌴 Away", team.away),
    )
    return "\n".join(f"*{title}*: {_names(reps)}" for title, reps in groups if reps)


def _names(reps: Sequence[RepLine]) -> str:
    """Some by name; the number says the rest. Few enough for four groups in one section."""
    named: list[str] = []
    for rep in reps[:_NAMED]:
        named.append(called(rep))
        if sum(map(len, named)) > _NAMED_CHARACTERS:
            break
    more = len(reps) - len(named)
    said = ", ".join(named)
    return f"{said} and {more} more" if more > 0 else said


def _results(team: TeamPart, key: str) -> Iterator[Plain]:
    lines = [_result(each, team) for each in team.results]
    for place, text in enumerate(paragraphs(lines)):
        yield section(text, f"{key}:results:{place}")


def _result(result: TeamResult, team: TeamPart) -> str:
    unit, when = result.indicator.unit, period_words(result.period, team.today)
    done = f"*{name(result.indicator)}* {bar(result.actual, result.target)} "
    if result.target is None:
        return f"{done}{escaped(amount(result.actual, unit))} {when}"
    share = "" if result.attainment is None else f" · {result.attainment:.0%}"
    target = escaped(amount(result.target, unit))
    return f"{done}{figure(result.actual, unit)} of {target} {when}{share}"


def _people(team: TeamPart) -> list[tuple[str, str]]:
    return [(str(rep.person_id), rep.name or rep.user_id) for rep in team.reps]


def _prepare(rep: RepLine) -> Plain:
    return button("Prepare 1:1", actions.with_id(actions.PREP, rep.person_id), str(rep.person_id))


def called(rep: RepLine) -> str:
    """A rep's name, escaped; a mention where none is known."""
    if rep.name is None:
        return f"<@{rep.user_id}>"
    return escaped(shortened(rep.name, _LONGEST_NAME))
