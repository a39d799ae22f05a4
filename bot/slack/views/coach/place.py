"""Where somebody is in `/coach`: carried by buttons and by each view, and never trusted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

_MARK: Final = "|"
_MOST_METADATA: Final = 3000
_LONGEST_NUMBER: Final = 18
_LONGEST_SUBJECT: Final = 120


@dataclass(frozen=True, slots=True)
class Place:
    """A page or a form: of which team, about whom or what (`subject`), and the list's page."""

    page: str = ""
    team_id: int = 0
    number: int = 0
    subject: str = ""

    @property
    def code(self) -> str:
        """The value of a button; at most 150 characters, as an option takes."""
        return _MARK.join((self.page, str(self.team_id), str(self.number), self.subject))

    def to(self, page: str, subject: str = "", number: int = 0) -> "Place":
        """Another place of the same team."""
        return Place(page, self.team_id, number, subject)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a view carries along: its place, the page below it, what its subject looked like when
    it was opened (`seen`), where an answer may be shown, and what an earlier step filled in."""

    place: Place = field(default_factory=Place)
    back: Place | None = None
    seen: str = ""
    url: str = ""
    draft: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def at(self, place: Place) -> "Kept":
        """The same at another place."""
        return replace(self, place=place)

    @property
    def metadata(self) -> str:
        """A view's `private_metadata`; without the address of answers where it is too long."""
        back = None if self.back is None else self.back.code
        parts = {"at": self.place.code, "back": back, "seen": self.seen, "url": self.url}
        said = json.dumps(parts | {"draft": dict(self.draft)}, ensure_ascii=False)
        if len(said) <= _MOST_METADATA or not self.url:
            return said
        return replace(self, url="").metadata


def read_place(code: str) -> Place:
    """A place from a button's value; the hub for whatever makes no sense."""
    page, team_id, number, subject, *_ = (*code.split(_MARK, 3), "", "", "", "")
    return Place(page, _number(team_id), _number(number), subject[:_LONGEST_SUBJECT])


def read_kept(view: Mapping[str, Any]) -> Kept:
    """What a view carries along; nothing for whatever makes no sense."""
    try:
        parts = json.loads(view.get("private_metadata") or "{}")
        back, draft = parts.get("back"), parts.get("draft") or {}
        return Kept(
            place=read_place(str(parts.get("at", ""))),
            back=read_place(str(back)) if back else None,
            seen=str(parts.get("seen", "")),
            url=str(parts.get("url", "")),
            draft={str(name): tuple(map(str, given)) for name, given in draft.items()},
        )
    except (ValueError, TypeError, AttributeError):
        return Kept()


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
    return int(text) if is_number else 0
