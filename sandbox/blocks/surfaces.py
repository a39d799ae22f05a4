"""The rules of a whole message, modal or Home tab. Raises SlackError with Slack's names."""

from typing import Annotated, Any, Literal, Self

from pydantic import TypeAdapter, ValidationError, model_validator

from sandbox.blocks.identity import duplicates, with_ids
from sandbox.blocks.layout import MESSAGE_BLOCKS, InHome, InModal
from sandbox.blocks.places import at, messages
from sandbox.blocks.shape import Plain, Shape, chars, items, wrong
from sandbox.errors import JsonObject, SlackError

# How many blocks of one type a message or a Home tab may have (slack-facts, Block Kit).
MOST_OF_A_TYPE = {"table": 1, "data_visualization": 2}
MESSAGE_CHARACTERS = 12_000
TABLE_CHARACTERS = 10_000
TABLES = {"table", "data_table"}
VIEW_BYTES = 250_000


class View(Shape):
    callback_id: Annotated[str, chars(255, 0)] | None = None
    private_metadata: Annotated[str, chars(3000, 0)] | None = None
    external_id: Annotated[str, chars(255, 0)] | None = None


class Modal(View):
    type: Literal["modal"]
    title: Annotated[Plain, chars(24)]
    blocks: Annotated[list[InModal], items(100, 0)]
    submit: Annotated[Plain, chars(24)] | None = None
    close: Annotated[Plain, chars(24)] | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None
    submit_disabled: bool | None = None

    @model_validator(mode="after")
    def _inputs_need_submit(self) -> Self:
        if self.submit is None and any(block.type == "input" for block in self.blocks):
            raise wrong("`submit` is required when an `input` block is within `blocks`", "/submit")
        return self


class Home(View):
    type: Literal["home"]
    blocks: Annotated[list[InHome], items(100, 0)]


MODAL = TypeAdapter(Modal)
HOME = TypeAdapter(Home)


def message_blocks(blocks: Any) -> tuple[JsonObject, ...]:
    """Blocks of a message, checked and with all ids. Raises `invalid_blocks`,
    `invalid_blocks_format` or `msg_blocks_too_long`."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    _check(MESSAGE_BLOCKS, blocks, "/blocks", "invalid_blocks")
    _refuse("invalid_blocks", [*duplicates(blocks, "/blocks"), *_too_many(blocks, "/blocks")])
    if sum(map(characters, blocks)) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    return with_ids(blocks)


def modal(view: Any) -> JsonObject:
    """A modal, checked and with all ids. Raises `invalid_arguments` or `view_too_large`."""
    return _view(MODAL, view)


def home(view: Any) -> JsonObject:
    """A Home tab, checked and with all ids. Raises `invalid_arguments` or `view_too_large`."""
    return _view(HOME, view)


def option_list(answer: Any) -> list[JsonObject]:
    """What an app offers for an `external_select`: its options, groups flattened."""
    groups = answer.get("option_groups") or [{"options": answer.get("options") or []}]
    return [option for group in groups for option in group["options"]]


def characters(part: Any) -> int:
    """All text characters below a piece of Block Kit."""
    if isinstance(part, list):
        return sum(map(characters, part))
    if not isinstance(part, dict):
        return 0
    own = len(part["text"]) if isinstance(part.get("text"), str) else 0
    return own + sum(characters(value) for value in part.values())


def _view(adapter: TypeAdapter[Any], view: Any) -> JsonObject:
    _check(adapter, view, "/view", "invalid_arguments")
    if len(str(view).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    blocks = view["blocks"]
    places = [*duplicates(blocks, "/view/blocks"), *_too_many(blocks, "/view/blocks")]
    _refuse("invalid_arguments", places)
    return {**view, "blocks": list(with_ids(blocks))}


def _check(adapter: TypeAdapter[Any], data: Any, root: str, code: str) -> None:
    try:
        adapter.validate_python(data)
    except ValidationError as error:
        raise SlackError(code, messages=messages(error, data, root)) from None


def _refuse(code: str, places: list[str]) -> None:
    if places:
        raise SlackError(code, messages=places)


def _too_many(blocks: list[JsonObject], root: str) -> list[str]:
    found = []
    for kind, most in MOST_OF_A_TYPE.items():
        indexes = [index for index, block in enumerate(blocks) if block["type"] == kind]
        found += [at(f"{root}/{i}", f"only_{most}_{kind}_allowed") for i in indexes[most:]]
    if sum(characters(b) for b in blocks if b["type"] in TABLES) > TABLE_CHARACTERS:
        found.append(at(root, f"tables must be less than {TABLE_CHARACTERS + 1} characters"))
    return found
