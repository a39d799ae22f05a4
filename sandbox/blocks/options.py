"""Composition objects: options, groups, confirmations, filters."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sandbox.blocks.shape import AnyText, Plain, Shape, chars, items, wrong


class Confirm(Shape):
    title: Annotated[Plain, chars(100)]
    text: Annotated[AnyText, chars(300)]
    confirm: Annotated[Plain, chars(30)]
    deny: Annotated[Plain, chars(30)]
    style: Literal["primary", "danger"] | None = None


class Option(Shape):
    """An option of a select menu."""

    text: Annotated[Plain, chars(75)]
    value: Annotated[str, chars(150)]
    description: Annotated[Plain, chars(75)] | None = None


class BoxOption(Shape):
    """An option of checkboxes or radio buttons, where mrkdwn is allowed."""

    text: Annotated[AnyText, chars(75)]
    value: Annotated[str, chars(150)]
    description: Annotated[AnyText, chars(75)] | None = None


class OverflowOption(Option):
    url: Annotated[str, chars(3000)] | None = None


def _distinct(options: list[Option]) -> list[Option]:
    values = [option.value for option in options]
    for index, value in enumerate(values):
        if value in values[:index]:
            raise wrong(f"duplicate option value: {value}", f"/{index}/value")
    return options


Options = Annotated[list[Option], items(100), AfterValidator(_distinct)]


class OptionGroup(Shape):
    label: Annotated[Plain, chars(75)]
    options: Options


class ConversationFilter(Shape):
    include: Annotated[list[Literal["im", "mpim", "private", "public"]], items(4)] | None = None
    exclude_external_shared_channels: bool | None = None
    exclude_bot_users: bool | None = None


class DispatchConfig(Shape):
    trigger_actions_on: Annotated[
        list[Literal["on_enter_pressed", "on_character_entered"]], Field(min_length=1, max_length=2)
    ]
