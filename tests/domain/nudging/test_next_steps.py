"""What now? One behaviour, one number, and why (method.md, belief 5)."""

from dataclasses import replace
from decimal import Decimal

from bot.domain.nudging.next_steps import NextKind, next_step
from bot.domain.progress.pace import Progress
from bot.domain.progress.scorecards import Scorecard
from tests.slack.messages.samples import NOW, TODAY, indicator, progress


def card(*behaviours: Progress) -> Scorecard:
    return Scorecard("U02RILEY", "Riley", "West", NOW, TODAY, behaviours, ())


def test_what_is_furthest_behind_comes_first() -> None:
    step = next_step(card(progress(indicator(1), 10, "3"), progress(indicator(2), 10, "0")))
    assert step.kind is NextKind.CATCH_UP
    assert step.progress is not None
    assert step.progress.indicator.id == 2


def test_with_nothing_behind_it_is_what_today_still_asks() -> None:
    step = next_step(card(progress(indicator(1), 5, "5"), progress(indicator(2), 5, "2")))
    assert step.kind is NextKind.KEEP_PACE
    assert step.progress is not None
    assert step.progress.indicator.id == 2


def test_enough_is_enough() -> None:
    assert next_step(card(progress(indicator(), 5, "3", "1"))).kind is NextKind.ENOUGH


def test_a_day_off_asks_nothing() -> None:
    off = replace(progress(), days_left=0, ask_today=Decimal(0))
    assert next_step(card(off)).kind is NextKind.DAY_OFF


def test_without_targets_nothing_is_expected() -> None:
    assert next_step(card(replace(progress(), target=None))).kind is NextKind.NO_TARGET
    assert next_step(card()).kind is NextKind.NO_TARGET
