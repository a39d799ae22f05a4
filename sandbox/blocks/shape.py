"""What all Block Kit models share: strictness, lengths, and text objects.

Each field's annotation *is* Slack's limit for it (docs.slack.dev, reference/block-kit).
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError


class Shape(BaseModel):
    """An object in which only the documented properties may stand."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Plain(Shape):
    type: Literal["plain_text"]
    text: str
    emoji: bool = True


class Mrkdwn(Shape):
    type: Literal["mrkdwn"]
    text: str
    verbatim: bool = False


AnyText = Annotated[Plain | Mrkdwn, Field(discriminator="type")]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=255)]


def chars(most: int, least: int = 1) -> AfterValidator:
    """Between `least` and `most` characters in a text object (or a bare string)."""

    def check(value: Any) -> Any:
        length = len(getattr(value, "text", value))
        inside = "" if isinstance(value, str) else "/text"
        if length > most:
            raise PydanticCustomError(
                "chars", "must be less than {limit} characters", {"limit": most + 1, "at": inside}
            )
        if length < least:
            raise PydanticCustomError(
                "chars", "must be more than {limit} characters", {"limit": least - 1, "at": inside}
            )
        return value

    return AfterValidator(check)


def items(most: int, least: int = 1) -> Any:
    """Between `least` and `most` elements in a list."""
    return Field(min_length=least, max_length=most)


def wrong(message: str, at: str = "") -> PydanticCustomError:
    """A rule about several fields that is broken; `at` is the pointer below the object."""
    return PydanticCustomError("rule", "{message}", {"message": message, "at": at})
