"""Native tables: `table`, and `data_table`, which sorts and pages."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sandbox.blocks.rich_text import RichText
from sandbox.blocks.shape import Identifier, Shape, chars, items, wrong


class RawText(Shape):
    type: Literal["raw_text"]
    text: Annotated[str, chars(10_000)]


class RawNumber(Shape):
    type: Literal["raw_number"]
    value: float
    text: Annotated[str, chars(10_000)]


class ColumnSettings(Shape):
    align: Literal["left", "center", "right"] | None = None
    is_wrapped: bool | None = None


Cell = Annotated[RawText | RawNumber | RichText, Field(discriminator="type")]
Row = Annotated[list[Cell], items(20)]


class Table(Shape):
    type: Literal["table"]
    block_id: Identifier | None = None
    rows: Annotated[list[Row], items(100)]
    column_settings: Annotated[list[ColumnSettings | None], items(20, 0)] | None = None


class DataTable(Shape):
    type: Literal["data_table"]
    block_id: Identifier | None = None
    caption: Annotated[str, Field(min_length=1)]
    rows: Annotated[list[Row], items(101, 2)]
    page_size: Annotated[int, Field(ge=1, le=100)] | None = None
    row_header_column_index: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _header_and_widths(self) -> Self:
        width = len(self.rows[0])
        for index, row in enumerate(self.rows):
            if len(row) != width:
                raise wrong("all rows must have the same number of cells", f"/rows/{index}")
        for column, cell in enumerate(self.rows[0]):
            if cell.type == "rich_text":
                raise wrong("unsupported type: rich_text in a header", f"/rows/0/{column}")
        if (self.row_header_column_index or 0) >= width:
            raise wrong("no such column", "/row_header_column_index")
        return self
