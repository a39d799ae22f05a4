"""Progress as people see it: a bar, a status in a mark and in words, and what today asks for."""

from datetime import date
from decimal import Decimal
from typing import Final

from bot.domain.nudging.nudges import is_done_today
from bot.domain.progress.pace import Progress, Status
from bot.domain.quantities import ZERO
from bot.slack.escaping import escaped
from bot.slack.words.amounts import (
    amount,
    figure,
    is_daily,
    name,
    number,
    period_words,
    streak_unit,
)
from bot.slack.words.chances import chance_words, steadiness

CELLS: Final = 10
_FULL, _EMPTY = "▓", "░"

MARKS: Final = {
    Status.DONE: "✅",
    Status.AHEAD: "🚀",
    Status.ON_PACE: "🟢",
    Status.BEHIND: "🟠",
    Status.NOT_STARTED: "⚪",
}
WORDS: Final = {
    Status.DONE: "done",
    Status.AHEAD: "ahead",
    Status.ON_PACE: "on pace",
    Status.BEHIND: "behind",
    Status.NOT_STARTED: "not started",
}
_SHORTEST_STREAK = 2


def bar(actual: Decimal, target: Decimal | None) -> str:
    """Ten cells; full only when the target is reached, empty only when nothing is logged."""
    if not target:
        return ""
    cells = int(actual * CELLS / target)
    if actual < target:
        cells = min(cells, CELLS - 1)
    if actual > ZERO:
        cells = max(cells, 1)
    cells = min(cells, CELLS)
    return _FULL * cells + _EMPTY * (CELLS - cells)


def status_words(progress: Progress) -> str:
    """Mark and words, for those who see the one or hear the other: "🟠 behind"."""
    status = progress.status
    return "" if status is None else f"{MARKS[status]} {status_in_words(progress)}"


def status_in_words(progress: Progress) -> str:
    """The status as one says it. On a period's first day nothing is due yet (design §2.3), but who
    has logged something has started all the same."""
    if progress.status is Status.NOT_STARTED and progress.actual > ZERO:
        return "under way"
    return "no target" if progress.status is None else WORDS[progress.status]


def of_target(progress: Progress) -> str:
    """ "3 of 5 meetings", escaped; "3 meetings" where there is no target."""
    unit = progress.indicator.unit
    if progress.target is None:
        return escaped(amount(progress.actual, unit))
    return f"{figure(progress.actual, unit)} of {escaped(amount(progress.target, unit))}"


def ask_words(progress: Progress) -> str:
    """What today still asks for: "today's ask: 4", "3 more today", "enough for today"; or none."""
    if not progress.ask_today or progress.indicator.is_result:
        return ""
    if is_done_today(progress):
        return "enough for today"
    if progress.today_actual > ZERO:
        left = progress.ask_this_morning - progress.today_actual
        return f"{figure(left, progress.indicator.unit)} more today"
    return f"today's ask: {figure(progress.ask_today, progress.indicator.unit)}"


def streak_words(progress: Progress) -> str:
    """ "🔥 3 weeks in a row"; nothing below two."""
    if progress.streak < _SHORTEST_STREAK:
        return ""
    return f"🔥 {progress.streak} {streak_unit(progress.indicator)}s in a row"


def standing(progress: Progress, today: date) -> str:
    """One line: how much, over which period, status, chance, ask, what was before; escaped."""
    judged = (status_words(progress), chance_words(progress), ask_words(progress))
    before = (streak_words(progress), steadiness(progress))
    return " · ".join(part for part in (*_measured(progress, today), *judged, *before) if part)


def titled(progress: Progress, today: date) -> str:
    """An indicator's name, and below it how it stands; mrkdwn, escaped."""
    return f"*{name(progress.indicator)}*\n{standing(progress, today)}"


def spoken(progress: Progress, today: date) -> str:
    """The same in words alone, for notifications and screen readers; escaped."""
    when = period_words(progress.period, today)
    judged = (status_in_words(progress), chance_words(progress), ask_words(progress))
    parts = (f"{of_target(progress)} {when}", *judged)
    return f"{name(progress.indicator)}: {', '.join(part for part in parts if part)}"


def _measured(progress: Progress, today: date) -> tuple[str, ...]:
    over = f"{of_target(progress)} {period_words(progress.period, today)}"
    if not is_daily(progress) or not progress.today_target:
        return (f"{bar(progress.actual, progress.target)} {_bold(over)}".strip(),)
    done, target = progress.today_actual, progress.today_target
    return f"{bar(done, target)} {_bold(f'{number(done)} of {number(target)} today')}", over


def _bold(text: str) -> str:
    return f"*{text}*"
