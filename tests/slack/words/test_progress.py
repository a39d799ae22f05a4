"""How progress is put into words."""

from decimal import Decimal

from bot.domain.days.periods import PeriodKind
from bot.domain.progress.pace import Progress, assess
from bot.slack.words.progress import ask_words, status_words
from tests.domain.samples import CALLS, MEETINGS, MONDAY, RILEY, WEDNESDAY, setting


def meetings(actual: int, today: int = 0, *, on_monday: bool = False) -> Progress:
    day = MONDAY if on_monday else WEDNESDAY
    settings = [setting(10, PeriodKind.WEEK)]
    return assess(MEETINGS, settings, RILEY, day, Decimal(actual), Decimal(today))


def test_on_the_first_day_who_has_logged_something_has_started() -> None:
    assert status_words(meetings(0, on_monday=True)) == "⚪ not started"
    assert status_words(meetings(1, 1, on_monday=True)) == "⚪ under way"


def test_what_today_asks_for_shrinks_with_what_was_logged_today() -> None:
    assert ask_words(meetings(1)) == "today's ask: 3"
    assert ask_words(meetings(2, 1)) == "2 more today"
    assert ask_words(meetings(4, 3)) == "enough for today"
    assert ask_words(meetings(10)) == ""


def test_a_daily_behaviours_ask_is_what_is_left_of_this_mornings() -> None:
    progress = assess(CALLS, [setting(10, PeriodKind.DAY)], RILEY, MONDAY, Decimal(4), Decimal(4))
    assert ask_words(progress) == "6 more today"
