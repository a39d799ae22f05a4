"""Layout blocks, and which of them each surface takes."""

from typing import Annotated, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from sandbox.blocks.charts import DataVisualization
from sandbox.blocks.elements import Image, InActions, InContextActions, InInput, InSection
from sandbox.blocks.rich_text import RichText
from sandbox.blocks.shape import AnyText, Identifier, Mrkdwn, Plain, Shape, chars, items, wrong
from sandbox.blocks.tables import DataTable, Table


class Block(Shape):
    block_id: Identifier | None = None


class Section(Block):
    type: Literal["section"]
    text: Annotated[AnyText, chars(3000)] | None = None
    fields: Annotated[list[Annotated[AnyText, chars(2000)]], items(10)] | None = None
    accessory: InSection | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.text is None and self.fields is None:
            raise wrong("missing required field: text or fields", "/text")
        return self


class Divider(Block):
    type: Literal["divider"]


class Header(Block):
    type: Literal["header"]
    text: Annotated[Plain, chars(150)]


class Context(Block):
    type: Literal["context"]
    elements: Annotated[
        list[Annotated[Plain | Mrkdwn | Image, Field(discriminator="type")]], items(10)
    ]


class Actions(Block):
    type: Literal["actions"]
    elements: Annotated[list[InActions], items(25)]


class ContextActions(Block):
    type: Literal["context_actions"]
    elements: Annotated[list[InContextActions], items(5)]


class Input(Block):
    type: Literal["input"]
    label: Annotated[Plain, chars(2000)]
    element: InInput
    hint: Annotated[Plain, chars(2000)] | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None


class ImageBlock(Block):
    type: Literal["image"]
    alt_text: Annotated[str, chars(2000)]
    image_url: Annotated[str, chars(3000)]
    title: Annotated[Plain, chars(2000)] | None = None


class Markdown(Block):
    type: Literal["markdown"]
    text: Annotated[str, chars(12_000)]


Everywhere = Section | Divider | Header | Context | Actions | Input | ImageBlock | RichText
InMessage = Annotated[
    Everywhere | ContextActions | Markdown | Table | DataTable | DataVisualization,
    Field(discriminator="type"),
]
InModal = Annotated[Everywhere, Field(discriminator="type")]
InHome = Annotated[Everywhere | DataVisualization, Field(discriminator="type")]

MESSAGE_BLOCKS: TypeAdapter[list[InMessage]] = TypeAdapter(Annotated[list[InMessage], items(50, 0)])
