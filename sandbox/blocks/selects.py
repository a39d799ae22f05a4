"""Select menus, single and multiple."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sandbox.blocks.options import (
    Confirm,
    ConversationFilter,
    Option,
    OptionGroup,
    Options,
)
from sandbox.blocks.shape import Identifier, Plain, Shape, chars, items, wrong


class Menu(Shape):
    """What every menu may carry."""

    action_id: Identifier | None = None
    placeholder: Annotated[Plain, chars(150)] | None = None
    confirm: Confirm | None = None
    focus_on_load: bool | None = None


class MultiMenu(Menu):
    max_selected_items: Annotated[int, Field(ge=1)] | None = None


class OffersOptions(Shape):
    """Exactly one of `options` and `option_groups`."""

    options: Options | None = None
    option_groups: Annotated[list[OptionGroup], items(100)] | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.options is None) == (self.option_groups is None):
            raise wrong("exactly one of options and option_groups is required", "/options")
        return self

    def offered(self) -> list[Option]:
        groups = self.option_groups or []
        return [*(self.options or []), *(option for group in groups for option in group.options)]


class StaticSelect(OffersOptions, Menu):
    type: Literal["static_select"]
    initial_option: Option | None = None

    @model_validator(mode="after")
    def _initial_is_offered(self) -> Self:
        if self.initial_option is not None and self.initial_option not in self.offered():
            raise wrong("must match one of the provided options", "/initial_option")
        return self


class ExternalSelect(Menu):
    type: Literal["external_select"]
    initial_option: Option | None = None
    min_query_length: Annotated[int, Field(ge=0)] | None = None


class UsersSelect(Menu):
    type: Literal["users_select"]
    initial_user: str | None = None


class ConversationsSelect(Menu):
    type: Literal["conversations_select"]
    initial_conversation: str | None = None
    default_to_current_conversation: bool | None = None
    response_url_enabled: bool | None = None
    filter: ConversationFilter | None = None


class ChannelsSelect(Menu):
    type: Literal["channels_select"]
    initial_channel: str | None = None
    response_url_enabled: bool | None = None


class MultiStaticSelect(OffersOptions, MultiMenu):
    type: Literal["multi_static_select"]
    initial_options: Options | None = None

    @model_validator(mode="after")
    def _initials_are_offered(self) -> Self:
        for index, option in enumerate(self.initial_options or []):
            if option not in self.offered():
                raise wrong("must match one of the provided options", f"/initial_options/{index}")
        return self


class MultiExternalSelect(MultiMenu):
    type: Literal["multi_external_select"]
    initial_options: Options | None = None
    min_query_length: Annotated[int, Field(ge=0)] | None = None


class MultiUsersSelect(MultiMenu):
    type: Literal["multi_users_select"]
    initial_users: list[str] | None = None


class MultiConversationsSelect(MultiMenu):
    type: Literal["multi_conversations_select"]
    initial_conversations: list[str] | None = None
    default_to_current_conversation: bool | None = None
    filter: ConversationFilter | None = None


class MultiChannelsSelect(MultiMenu):
    type: Literal["multi_channels_select"]
    initial_channels: list[str] | None = None


SingleMenu = StaticSelect | ExternalSelect | UsersSelect | ConversationsSelect | ChannelsSelect
MultipleMenu = (
    MultiStaticSelect
    | MultiExternalSelect
    | MultiUsersSelect
    | MultiConversationsSelect
    | MultiChannelsSelect
)
