"""What the bot wrote in a fortnight, in the words of `fortnight.txt`."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.demo.play import Scene, Wrote
from bot.demo.team import EVERYBODY, LONDON, REPS

EXPECTED = Path(__file__).with_name("fortnight.txt")
Days = dict[str, list[str]]
Told = Mapping[str, list[str]]
_BY_ID = {each.user_id: each for each in EVERYBODY}
_ORDER = [each.first_name for each in REPS]
_GAP = re.compile(r"(Prospecting calls|First meetings|Proposals): (\d+ of \d+)")
_ON_TARGET = re.compile(r"\d of \d(?=[\w ]* on target)")


def expected_days() -> Days:
    """The lines of each day of the file, sorted."""
    text = EXPECTED.read_text(encoding="utf-8").partition("What stands in the books")[0]
    days: Days = {}
    day: list[str] = []
    for line in text.splitlines():
        if re.fullmatch(r"\w{3} \d+ \w{3}", line):
            day = days.setdefault(line, [])
        elif line.startswith("  ") and line.strip()[0] != "#":
            day.append(line.strip())
    return {name: sorted(lines) for name, lines in days.items() if lines}


def expected_books() -> dict[str, tuple[str, str]]:
    """By first name "60 + 5 + 2" of either week."""
    text = EXPECTED.read_text(encoding="utf-8").partition("What stands in the books")[2]
    rows = (re.split(r"\s{2,}", line.strip()) for line in text.splitlines()[1:])
    return {name: (first, second) for name, first, second in rows}


def diary(scenes: Iterable[Scene], told: Told, indicators: Mapping[str, str]) -> Days:
    """The same form, from what happened.

    `told` has the milestones that a round-up tells of, by its key; `indicators` names by id.
    """
    days: defaultdict[str, list[str]] = defaultdict(list)
    posted: dict[str, Wrote] = {}
    for scene in scenes:
        if not isinstance(scene, Wrote):
            continue
        zone = _BY_ID[scene.to].zone if scene.to in _BY_ID else LONDON
        at = scene.at.astimezone(ZoneInfo(zone))
        whom = _BY_ID[scene.to].first_name if scene.to in _BY_ID else "#harbour"
        for what in _what(scene, told, indicators, posted):
            days[f"{at:%a} {at.day} {at:%b}"].append(f"{at:%H:%M} {whom} {what}")
    return {day: sorted(lines) for day, lines in days.items()}


def _what(
    wrote: Wrote, told: Told, indicators: Mapping[str, str], posted: dict[str, Wrote]
) -> Iterator[str]:
    key = wrote.key or ""
    kind, _, rest = key.partition(":")
    if kind == "nudge":
        gaps = (f"{name} {progress}" for name, progress in _GAP.findall(wrote.text))
        yield f"nudge: {', '.join(gaps)}"
    elif "#part" in key:
        return  # the details in a digest's thread
    elif kind in {"digest", "recap"}:
        on_target = _ON_TARGET.search(wrote.text)
        yield f"{kind}: {on_target.group() if on_target else wrote.text} on target"
    elif kind == "roundup":
        yield from _good_news(told[key], indicators)
    elif kind == "celebration":
        posted["last"] = wrote
        yield f"posted: {_alone(rest, indicators)}"
    else:
        yield f"{wrote.how}: {_alone((posted['last'].key or '').partition(':')[2], indicators)}"


def _good_news(milestones: Iterable[str], indicators: Mapping[str, str]) -> Iterator[str]:
    who: defaultdict[str, list[str]] = defaultdict(list)
    for milestone in milestones:
        name, what = _read(milestone.partition(":")[2], indicators)
        who[what].append(name)
    for what, names in who.items():
        yield f"good news: {what}: {', '.join(sorted(names, key=_ORDER.index))}"


def _alone(milestone: str, indicators: Mapping[str, str]) -> str:
    name, what = _read(milestone.partition("#")[0], indicators)
    joint = "made a" if what == "clean sweep" else "at"
    return f"{name} {joint} {what}" + (", again" if "#" in milestone else "")


def _read(milestone: str, indicators: Mapping[str, str]) -> tuple[str, str]:
    """Whose milestone a key is, and what was reached."""
    kind, user, *rest = milestone.split(":")
    indicator = indicators.get(rest[0], "") if rest else ""
    match kind, rest:
        case "target", _:
            what = f"target of {indicator}"
        case "streak", (_, length, _):
            what = f"{length} in a row of {indicator}"
        case "lifetime", (_, amount):
            what = f"{amount} in all of {indicator}"
        case "result", (_, _, percent):
            what = f"{percent} % of {indicator}"
        case _:
            what = {"first_entry": "first entry", "sweep": "clean sweep"}[kind]
    return _BY_ID[user].first_name, what
