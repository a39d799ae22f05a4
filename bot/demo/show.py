"""The fortnight as one reads it: day by day, what people typed and what the bot said to whom."""

import re
import shutil
import textwrap
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.play import Answered, Scene, Stood, Wrote
from bot.demo.team import CHANNEL, EVERYBODY, LONDON

_BY_ID = {each.user_id: each for each in EVERYBODY}
_CHANNEL = "#harbour"
_TITLES = {
    "nudge": "nudge",
    "roundup": "good news",
    "celebration": "good news",
    "recap": "recap",
    "digest": "digest",
}
_MENTION = re.compile(r"<@(U\w+)>")
_WIDEST = 110
_ANSWER = 220
_INDENT = " " * 15


class Reader:
    """Turns scenes into lines. Times are London's; whoever lives elsewhere has theirs beside it."""

    def __init__(self) -> None:
        self._day = ""

    def lines(self, scene: Scene) -> Iterator[str]:
        """The lines of one scene, the day's header before its first."""
        at = scene.at.astimezone(ZoneInfo(LONDON))
        day = f"{at:%A} {at.day} {at:%B}"
        if day != self._day:
            self._day = day
            yield ""
            yield f"── {day} ".ljust(_width(), "─")
        match scene:
            case Answered():
                yield from _answered(scene)
            case Wrote():
                yield from _wrote(scene)
            case Stood():
                yield f"{at:%H:%M}  ⚠ The bot is {'back' if scene.up else 'down for the night'}."


def _answered(scene: Answered) -> Iterator[str]:
    zone = scene.who.zone
    typed = scene.did if scene.did.startswith("/") else f"[{scene.did.partition(' ')[2]}]"
    elsewhere = "" if zone == LONDON else f"   ({_local(scene.at, zone)} in {_city(zone)})"
    yield f"{_local(scene.at, LONDON)}  {scene.who.first_name:<7} {typed}{elsewhere}"
    if scene.error is not None:
        yield f"{_INDENT}✗ Slack: the app did not respond ({scene.error})"
    else:
        yield from _wrapped(
            f"→ {textwrap.shorten(_plain(scene.answer), _ANSWER, placeholder=' …')}"
        )


def _wrote(scene: Wrote) -> Iterator[str]:
    whom = _CHANNEL if scene.to == CHANNEL else _BY_ID[scene.to].first_name
    if scene.how == "posted":
        title = _TITLES.get((scene.key or "").partition(":")[0], "message")
        yield f"{_local(scene.at, LONDON)}  ● {title} to {whom}"
    else:
        yield f"{_local(scene.at, LONDON)}  ● {scene.how} in {whom}: what is no longer true"
    if scene.text:
        yield from _wrapped(_plain(scene.text))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _width(), initial_indent=_INDENT, subsequent_indent=f"{_INDENT}  ")


def _plain(text: str) -> str:
    """Slack's text as people see it: names for mentions, `&amp;` and its like read."""
    named = _MENTION.sub(lambda found: _name(found[1]), text)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        named = named.replace(entity, character)
    return " ".join(named.split())


def _name(user_id: str) -> str:
    return _BY_ID[user_id].first_name if user_id in _BY_ID else user_id


def _local(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _width() -> int:
    return min(_WIDEST, shutil.get_terminal_size((100, 24)).columns)
