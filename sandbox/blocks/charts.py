"""Native charts: `data_visualization` (line, bar, area, pie)."""

from math import isfinite
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from sandbox.blocks.shape import Identifier, Shape, chars, items, wrong

Label = Annotated[str, chars(20)]


def _finite(value: float) -> float:
    if not isfinite(value):
        raise PydanticCustomError("number", "must be a number")
    return value


class Segment(Shape):
    label: Label
    value: Annotated[float, Field(gt=0), AfterValidator(_finite)]


class Point(Shape):
    label: Label
    value: Annotated[float, AfterValidator(_finite)]


class Series(Shape):
    name: Label
    data: Annotated[list[Point], items(20)]


class Axis(Shape):
    categories: Annotated[list[Label], items(20)]
    x_label: Annotated[str, chars(50)] | None = None
    y_label: Annotated[str, chars(50)] | None = None


class Pie(Shape):
    type: Literal["pie"]
    segments: Annotated[list[Segment], items(6)]


class AxisChart(Shape):
    """A line, bar or area chart: every series has one value for every category, in order."""

    type: Literal["line", "bar", "area"]
    series: Annotated[list[Series], items(6)]
    axis_config: Axis

    @model_validator(mode="after")
    def _series_match_categories(self) -> Self:
        for index, series in enumerate(self.series):
            if [point.label for point in series.data] != self.axis_config.categories:
                raise wrong("labels must match axis_config.categories", f"/series/{index}/data")
        return self

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        if len({series.name for series in self.series}) != len(self.series):
            raise wrong("series names must be unique", "/series")
        if len(set(self.axis_config.categories)) != len(self.axis_config.categories):
            raise wrong("categories must be unique", "/axis_config/categories")
        return self


class DataVisualization(Shape):
    type: Literal["data_visualization"]
    block_id: Identifier | None = None
    title: Annotated[str, chars(50)]
    chart: Annotated[Pie | AxisChart, Field(discriminator="type")]
