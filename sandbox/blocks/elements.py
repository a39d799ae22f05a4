"""Buttons, pickers, boxes and inputs, and in which kind of block each may stand."""

from typing import Annotated, Literal

from pydantic import Field

from sandbox.blocks.options import BoxOption, Confirm, DispatchConfig, OverflowOption
from sandbox.blocks.selects import MultipleMenu, SingleMenu
from sandbox.blocks.shape import Identifier, Plain, Shape, chars, items

Placeholder = Annotated[Plain, chars(150)]
Date = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Time = Annotated[str, Field(pattern=r"^\d{2}:\d{2}$")]
TextLength = Annotated[int, Field(ge=0, le=3000)]


class Element(Shape):
    action_id: Identifier | None = None
    confirm: Confirm | None = None


class Focusable(Shape):
    action_id: Identifier | None = None
    focus_on_load: bool | None = None


class Typed(Focusable):
    """An input with a keyboard."""

    placeholder: Placeholder | None = None
    dispatch_action_config: DispatchConfig | None = None


class Button(Element):
    type: Literal["button"]
    text: Annotated[Plain, chars(75)]
    url: Annotated[str, chars(3000)] | None = None
    value: Annotated[str, chars(2000, 0)] | None = None
    style: Literal["primary", "danger"] | None = None
    accessibility_label: Annotated[str, chars(75)] | None = None


class Overflow(Element):
    type: Literal["overflow"]
    options: Annotated[list[OverflowOption], items(5)]


class DatePicker(Element, Focusable):
    type: Literal["datepicker"]
    initial_date: Date | None = None
    placeholder: Placeholder | None = None


class TimePicker(Element, Focusable):
    type: Literal["timepicker"]
    initial_time: Time | None = None
    placeholder: Placeholder | None = None
    timezone: str | None = None


class DateTimePicker(Element, Focusable):
    type: Literal["datetimepicker"]
    initial_date_time: int | None = None


class Checkboxes(Element, Focusable):
    type: Literal["checkboxes"]
    options: Annotated[list[BoxOption], items(10)]
    initial_options: Annotated[list[BoxOption], items(10)] | None = None


class RadioButtons(Element, Focusable):
    type: Literal["radio_buttons"]
    options: Annotated[list[BoxOption], items(10)]
    initial_option: BoxOption | None = None


class PlainTextInput(Typed):
    type: Literal["plain_text_input"]
    initial_value: Annotated[str, chars(3000, 0)] | None = None
    multiline: bool | None = None
    min_length: TextLength | None = None
    max_length: Annotated[int, Field(ge=1, le=3000)] | None = None


class NumberInput(Typed):
    type: Literal["number_input"]
    is_decimal_allowed: bool
    initial_value: str | None = None
    min_value: str | None = None
    max_value: str | None = None


class EmailInput(Typed):
    type: Literal["email_text_input"]
    initial_value: str | None = None


class UrlInput(Typed):
    type: Literal["url_text_input"]
    initial_value: str | None = None


class Image(Shape):
    type: Literal["image"]
    alt_text: Annotated[str, chars(2000)]
    image_url: Annotated[str, chars(3000)]


class FeedbackButton(Shape):
    text: Annotated[Plain, chars(75)]
    value: Annotated[str, chars(2000)]
    accessibility_label: Annotated[str, chars(75)] | None = None


class FeedbackButtons(Shape):
    type: Literal["feedback_buttons"]
    action_id: Identifier | None = None
    positive_button: FeedbackButton
    negative_button: FeedbackButton


class IconButton(Element):
    type: Literal["icon_button"]
    icon: Literal["trash"]
    text: Annotated[Plain, chars(75)]
    value: Annotated[str, chars(2000)] | None = None
    accessibility_label: Annotated[str, chars(75)] | None = None
    visible_to_user_ids: Annotated[list[str], items(10)] | None = None


Picker = DatePicker | TimePicker | DateTimePicker
Boxes = Checkboxes | RadioButtons
Keyboard = PlainTextInput | NumberInput | EmailInput | UrlInput

InActions = Annotated[
    Button | Overflow | Picker | Boxes | SingleMenu | MultipleMenu, Field(discriminator="type")
]
InSection = Annotated[
    Button | Overflow | DatePicker | TimePicker | Boxes | SingleMenu | MultipleMenu | Image,
    Field(discriminator="type"),
]
InInput = Annotated[
    Picker | Boxes | Keyboard | SingleMenu | MultipleMenu, Field(discriminator="type")
]
InContextActions = Annotated[FeedbackButtons | IconButton, Field(discriminator="type")]
