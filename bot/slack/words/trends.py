"""Eight weeks of attainment as a chart."""

from typing import Final

from slackblocks.blocks import DataVisualizationBlock

from bot.domain.coaching.trends import Trend
from bot.slack.charts import in_words, line_chart
from bot.slack.rendering import rendered, shortened

_WHOLE: Final = "All behaviours"
_PERCENT: Final = 100
_LONGEST_NAME: Final = 20


def trend_chart(trend: Trend) -> DataVisualizationBlock:
    """The team's line, and the one of the behaviour that is weakest now."""
    series = {_WHOLE: [_PERCENT * share for share in trend.team]}
    if trend.weakest is not None:
        name = shortened(trend.weakest.name, _LONGEST_NAME)
        series.setdefault(name, [_PERCENT * share for share in trend.of_weakest])
    weeks = [f"{monday.day} {monday:%b}" for monday in trend.mondays]
    return line_chart(f"Last {len(weeks)} weeks, % of the targets", "chart:weeks", weeks, series)


def trend_line(trend: Trend) -> str:
    """The same for who doesn't see it."""
    [chart] = rendered(trend_chart(trend))
    return in_words(chart)
