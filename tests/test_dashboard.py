"""The Grafana dashboard asks for what the bot tells, and shows all of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.metrics_core import Metric

from bot.metrics import Metrics

DASHBOARD = Path(__file__).parents[1] / "docs" / "grafana" / "pacesetter.json"
_NAME = re.compile(r"\b(?:pacesetter|process)_[a-z_]+")
_LABELS = re.compile(r"by \(([a-z, ]+)\)|\{([a-z]+)=")
_OF_SCRAPING = {"le", "job", "instance"}


def expressions() -> list[str]:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return [target["expr"] for panel in panels for target in panel["targets"]]


def families() -> list[Metric]:
    return list(Metrics().registry.collect())


def samples_of(family: Metric) -> Iterator[str]:
    """The names under which Prometheus keeps a metric."""
    endings = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"], "gauge": [""]}
    yield from (family.name + ending for ending in endings[family.type])


def test_every_expression_names_a_metric_that_exists() -> None:
    known = {name for family in families() for name in samples_of(family)}
    for expression in expressions():
        named = set(_NAME.findall(expression))
        assert named, expression
        assert named <= known, expression


def test_every_metric_of_ours_is_shown() -> None:
    shown = {name for expression in expressions() for name in _NAME.findall(expression)}
    for family in families():
        if family.name.startswith("pacesetter_"):
            assert shown & set(samples_of(family)), family.name


def test_every_label_is_one_of_its_metric() -> None:
    labels = {
        collector._name: set(collector._labelnames)
        for collector in vars(Metrics()).values()
        if hasattr(collector, "_labelnames")
    }
    for expression in expressions():
        named = " ".join(_NAME.findall(expression))
        theirs = set[str]().union(*(own for name, own in labels.items() if name in named))
        used = {each for some in _LABELS.findall(expression) for each in "".join(some).split(", ")}
        assert used <= theirs | _OF_SCRAPING, expression


def test_panels_have_numbers_titles_and_words_of_their_own() -> None:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    assert [panel["id"] for panel in panels] == list(range(1, len(panels) + 1))
    assert len({panel["title"] for panel in panels}) == len(panels)
    assert all(panel["description"] for panel in panels)
