"""What somebody filled in, from Slack's `view`: whatever came, only text comes out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, TypeVar

from bot.domain.forms import FormRefused
from bot.slack.views.fields import VALUE

T = TypeVar("T")
_ONE = ("value", "selected_date", "selected_time", "selected_user", "selected_conversation")
_MANY = ("selected_options", "selected_users")


@dataclass(frozen=True, slots=True)
class Filled:
    """Each field's values as text, by its name; none where it was left empty."""

    values: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str | None:
        """What was typed or chosen, without spaces around it; None where that is nothing."""
        given = self.values.get(name) or ("",)
        return " ".join(given[0].split()) or None

    def chosen(self, name: str) -> str | None:
        """What was chosen, exactly as it was offered."""
        return next(iter(self.many(name)), None)

    def many(self, name: str) -> tuple[str, ...]:
        """All that was chosen."""
        return self.values.get(name, ())

    def needed(self, name: str, sentence: str) -> str:
        """Raises FormRefused at the field where it is empty."""
        given = self.text(name)
        if given is None:
            raise FormRefused({name: sentence})
        return given

    def day(self, name: str) -> date | None:
        """Raises FormRefused for what is no date."""
        return self._read(name, date.fromisoformat, "Choose a day.")

    def time(self, name: str) -> time | None:
        """Raises FormRefused for what is no time."""
        return self._read(name, time.fromisoformat, "Choose a time.")

    def _read(self, name: str, reading: Callable[[str], T], sentence: str) -> T | None:
        given = self.text(name)
        try:
            return None if given is None else reading(given)
        except ValueError:
            raise FormRefused({name: sentence}) from None


def filled(view: Mapping[str, Any]) -> Filled:
    """The state of a view that was sent."""
    return Filled({name: _entered(state) for name, state in states(view).items()})


def states(view: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Each field's state as Slack tells it, by the field's name; whatever has another shape is left
    out."""
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    told = {
        str(name): elements.get(VALUE)
        for name, elements in values.items()
        if isinstance(elements, Mapping)
    }
    return {name: each for name, each in told.items() if isinstance(each, Mapping)}


def _entered(entered: Mapping[str, Any]) -> tuple[str, ...]:
    option = entered.get("selected_option")
    if isinstance(option, Mapping):
        return _texts([option.get("value")])
    for name in _MANY:
        if isinstance(entered.get(name), list):
            return _texts(map(_chosen, entered[name]))
    return _texts(entered.get(name) for name in _ONE)


def _chosen(one: Any) -> Any:
    return one.get("value") if isinstance(one, Mapping) else one


def _texts(given: Iterable[Any]) -> tuple[str, ...]:
    return tuple(each for each in given if isinstance(each, str) and each)
