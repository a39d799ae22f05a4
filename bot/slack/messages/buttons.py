"""Buttons that several messages share."""

from decimal import Decimal
from typing import Final

from slackblocks import Button, Option, StaticSelectMenu, TimePicker

from bot.domain.indicators import Indicator
from bot.domain.quantities import plain
from bot.slack import actions
from bot.slack.rendering import plain_text
from bot.slack.words.amounts import logged

_LONGEST_LABEL: Final = 70
_ROOM_FOR_AMOUNT: Final = 24
SNOOZES: Final = {
    "today": "For today",
    "3 days": "For 3 days",
    "until next week": "Until next week",
    "2 weeks": "For 2 weeks",
}
"""What the menu offers, by what stands behind `/pace snooze`."""


def log_button(indicator: Indicator, quantity: Decimal) -> Button:
    """One tap that logs exactly the amount it shows."""
    label = f"Log {logged(quantity, indicator, _LONGEST_LABEL - _ROOM_FOR_AMOUNT)}"
    return Button(
        plain_text(label),
        action_id=actions.with_id(actions.LOG, indicator.id),
        value=plain(quantity),
        style="primary",
    )


def plan_picker(indicator: Indicator) -> TimePicker:
    """When will you do it? Choosing a time plans one reminder."""
    return TimePicker(
        action_id=actions.with_id(actions.PLAN, indicator.id),
        placeholder=plain_text("When will you do it?"),
    )


def snooze_menu() -> StaticSelectMenu:
    """Quiet for a while."""
    options = [Option(plain_text(label), value) for value, label in SNOOZES.items()]
    return StaticSelectMenu(
        action_id=actions.SNOOZE, options=options, placeholder=plain_text("Snooze nudges")
    )
