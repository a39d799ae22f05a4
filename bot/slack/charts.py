"""Native charts, and the same in words, for screen readers and for a Slack that draws none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from slackblocks import AxisConfig, DataPoint, DataSeries, LineChart
from slackblocks.blocks import DataVisualizationBlock

from bot.slack.escaping import escaped
from bot.slack.message import Message
from bot.slack.rendering import shortened

CHART: Final = "data_visualization"
LONGEST_LABEL: Final = 20
_LONGEST_TITLE: Final = 50
_LONGEST_SECTION: Final = 3000

Plain = Mapping[str, Any]


def line_chart(
    title: str, block_id: str, categories: Sequence[str], series: Mapping[str, Sequence[float]]
) -> DataVisualizationBlock:
    """Percent by category, a line for each series; a name too long for a label is cut.

    Of two series whose names are cut alike the first is drawn.
    """
    named: dict[str, Sequence[float]] = {}
    for name, values in series.items():
        named.setdefault(shortened(name, LONGEST_LABEL), values)
    lines = [DataSeries(name, _points(categories, values)) for name, values in named.items()]
    chart = LineChart(lines, AxisConfig(list(categories), y_label="%"))
    return DataVisualizationBlock(shortened(title, _LONGEST_TITLE), chart, block_id)


def in_words(chart: Plain) -> str:
    """The chart as plain text: "Calls, %. Team: 5 Oct 62, 12 Oct 70. Demos: …"."""
    return ". ".join((str(chart["title"]), *_series_in_words(chart))) + "."


def has_charts(message: Message) -> bool:
    return any(block["type"] == CHART for block in message.blocks)


def without_charts(message: Message) -> Message:
    """The same message with each chart in words."""
    blocks = tuple(_worded(block) if block["type"] == CHART else block for block in message.blocks)
    return Message(message.text, blocks, message.thread)


def _worded(chart: Plain) -> dict[str, Any]:
    text = escaped(shortened(in_words(chart), _LONGEST_SECTION // 6))
    said = {"type": "mrkdwn", "text": text, "verbatim": True}
    section: dict[str, Any] = {"type": "section", "text": said}
    return section | ({"block_id": chart["block_id"]} if "block_id" in chart else {})


def _series_in_words(chart: Plain) -> Iterator[str]:
    for series in chart["chart"]["series"]:
        points = (f"{point['label']} {point['value']:g}" for point in series["data"])
        yield f"{series['name']}: {', '.join(points)}"


def _points(categories: Sequence[str], values: Sequence[float]) -> list[DataPoint]:
    return [DataPoint(label, round(value)) for label, value in zip(categories, values, strict=True)]
