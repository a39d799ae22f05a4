"""Values of whatever type, with what somebody typed in every text that may be typed.

So that a property holds for each builder of messages that there is, and for those to come: nobody
has to remember to write an example.
"""

import collections.abc as abc
import inspect
import re
import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from random import Random
from typing import Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from bot.domain.days.periods import Period, PeriodKind, period_of
from bot.domain.quantities import Unit, unit_named
from bot.slack.message import Message

DAY = date(2026, 11, 18)
_IDS = {
    "user": "U02RILEY",
    "channel": "C01WEST",
    "workspace": "T01TEST",
    "url": "https://hooks.slack.com/x",
    "zone": "Europe/London",
    "country": "GB",
    "holidays": "GB-ENG",
    "metadata": "{}",
    "currency": "GBP",
}
_PEOPLE = set(
    "admins giver helper joined learner left manager managers owner receiver rep teacher".split()
)
"""Names of texts that are people's Slack ids."""
_OURS = (
    "action block_id callback_id code key nonce organisation page place prefix recipient revision "
    "seen source template told whose"
).split()
"""Names of texts that only the bot or Slack writes."""


@dataclass
class Sampler:
    """Makes values; `typed` is the text, `random` chooses among kinds, flags and absences."""

    typed: str
    random: Random

    def call(self, function: Any) -> Any:
        """What a function gives for arguments of its own types."""
        hints = _hints(function)
        given = {
            name: self.value(hints[name], name)
            for name, each in inspect.signature(function).parameters.items()
            if each.default is each.empty or self.random.randrange(2)
        }
        return function(**given)

    def value(self, kind: Any, name: str = "") -> Any:
        """A value of a type; the name tells ids from what people type."""
        if kind in _PLAIN:
            return _PLAIN[kind]
        if kind in (int, bool):
            return kind(self.random.randrange(2))
        if kind is str:
            return self._text(name)
        if kind is Unit:
            return unit_named(self.random.choice((self.typed[:40], "hours", "GBP")))
        return self._made(kind) if isinstance(kind, type) else self._generic(kind, name)

    def _made(self, kind: Any) -> Any:
        if issubclass(kind, Enum):
            return self.random.choice(list(kind))
        if is_dataclass(kind):
            return self._dataclass(kind)
        raise TypeError(f"no value of {kind}")

    def _text(self, name: str) -> str:
        if name in ("sentence", "error"):  # ours, to whoever has typed what it quotes
            return re.sub(r"[*_~`\n]|> ", "", self.typed)
        if name.endswith("_at"):
            return "09:00"
        if name == "subject":  # of a form: a person's id, or a name
            return self.random.choice((_IDS["user"], self.typed))
        if name in _PEOPLE:
            return _IDS["user"]
        for part, value in _IDS.items():
            if part in name.removesuffix("s").split("_"):
                return value
        return "x" if name in _OURS else self.typed

    def _dataclass(self, kind: Any) -> Any:
        hints = _hints(kind)
        known = (each.name for each in fields(kind) if each.init)
        return kind(**{name: self.value(hints[name], name) for name in known})

    def _generic(self, kind: Any, name: str) -> Any:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (typing.Union, types.UnionType):
            return self.value(self.random.choice(arguments), name)
        if origin is Literal:
            return self.random.choice(arguments)
        if origin is abc.Callable:
            return lambda *_given: self.value(arguments[-1], name)
        if origin in (abc.Mapping, dict):
            return {key: self.value(arguments[1], name) for key in self._keys(arguments[0], name)}
        return self._several(origin, arguments, name)

    def _several(self, origin: Any, arguments: Any, name: str) -> Any:
        if origin is tuple and arguments[-1] is not Ellipsis:
            return tuple(self.value(each, name) for each in arguments)
        if origin in (tuple, list, set, frozenset):
            return origin([self.value(arguments[0], name)])
        if origin in (abc.Sequence, abc.Iterable, abc.Collection, abc.Iterator, abc.Container):
            return [self.value(arguments[0], name)]
        raise TypeError(f"no value of {origin} for {name}")

    def _keys(self, kind: Any, name: str) -> list[Any]:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return list(kind)
        return [0, 1] if kind is int else [self.value(kind, name)]


@cache
def _hints(of: Any) -> dict[str, Any]:
    return get_type_hints(of)


_PLAIN: dict[Any, Any] = {
    Message: Message("x", ()),
    float: 0.4,
    Decimal: Decimal(3),
    date: DAY,
    datetime: datetime(2026, 11, 18, 12, tzinfo=UTC),
    time: time(9),
    timedelta: timedelta(hours=1),
    ZoneInfo: ZoneInfo("Europe/London"),
    Period: period_of(PeriodKind.WEEK, DAY),
    type(None): None,
    Any: None,
}
