"""The week day by day: a native chart, and the same in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from bot.domain.reports.homes import DayShare
from bot.slack.quick_blocks import Plain

TITLE: Final = "This week, % of its targets"
_DONE, _ASKED = "Done", "Even pace"


def week_chart(week: Sequence[DayShare]) -> Plain:
    """Bars of what each day brought beside what an even pace asks of it (slack-facts, charts)."""
    days = [f"{each.day:%a}" for each in week]
    return {
        "type": "data_visualization",
        "block_id": "week:chart",
        "title": TITLE,
        "chart": {
            "type": "bar",
            "series": [
                {"name": _DONE, "data": _points(days, [each.done for each in week])},
                {"name": _ASKED, "data": _points(days, [each.asked for each in week])},
            ],
            "axis_config": {"categories": days, "y_label": "%"},
        },
    }


def week_words(week: Sequence[DayShare]) -> str:
    """The chart for who doesn't see it: "Mon 25 % (asked 20 %), Tue 10 % (20 %)"."""
    said = [f"{each.day:%a} {each.done:.0%} of {each.asked:.0%}" for each in week]
    total = sum((each.done for each in week), Decimal(0))
    return f"Done each day, of what an even pace asks: {', '.join(said)}. So far {total:.0%}."


def _points(days: Sequence[str], shares: Sequence[Decimal]) -> list[Plain]:
    return [
        {"label": day, "value": round(float(share * 100), 1)}
        for day, share in zip(days, shares, strict=True)
    ]
