"""Rich text: sections, lists, quotes and what stands in them."""

from typing import Annotated, Literal

from pydantic import Field

from sandbox.blocks.shape import Identifier, Shape


class Style(Shape):
    bold: bool | None = None
    italic: bool | None = None
    strike: bool | None = None
    code: bool | None = None
    underline: bool | None = None
    highlight: bool | None = None
    client_highlight: bool | None = None
    unlink: bool | None = None


class Run(Shape):
    type: Literal["text"]
    text: Annotated[str, Field(min_length=1)]
    style: Style | None = None


class Link(Shape):
    type: Literal["link"]
    url: str
    text: str | None = None
    unsafe: bool | None = None
    style: Style | None = None


class Emoji(Shape):
    type: Literal["emoji"]
    name: str
    unicode: str | None = None
    style: Style | None = None


class UserMention(Shape):
    type: Literal["user"]
    user_id: str
    style: Style | None = None


class ChannelMention(Shape):
    type: Literal["channel"]
    channel_id: str
    style: Style | None = None


class GroupMention(Shape):
    type: Literal["usergroup"]
    usergroup_id: str
    style: Style | None = None


class Broadcast(Shape):
    type: Literal["broadcast"]
    range: Literal["here", "channel", "everyone"]


class Date(Shape):
    type: Literal["date"]
    timestamp: int
    format: str
    url: str | None = None
    fallback: str | None = None


Inline = Annotated[
    Run | Link | Emoji | UserMention | ChannelMention | GroupMention | Broadcast | Date,
    Field(discriminator="type"),
]


class Section(Shape):
    type: Literal["rich_text_section"]
    elements: list[Inline]


class Listing(Shape):
    type: Literal["rich_text_list"]
    style: Literal["bullet", "ordered"]
    elements: list[Section]
    indent: int | None = None
    offset: int | None = None
    border: int | None = None


class Preformatted(Shape):
    type: Literal["rich_text_preformatted"]
    elements: list[Inline]
    border: int | None = None
    language: str | None = None


class Quote(Shape):
    type: Literal["rich_text_quote"]
    elements: list[Inline]
    border: int | None = None


class RichText(Shape):
    type: Literal["rich_text"]
    elements: list[Annotated[Section | Listing | Preformatted | Quote, Field(discriminator="type")]]
    block_id: Identifier | None = None
