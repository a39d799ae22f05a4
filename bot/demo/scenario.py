"""The fortnight: what everybody types and presses, each at their own local time.

It has a holiday (Good Friday), a day off (Tom), a forgotten day logged late (Sam), a deal that was
somebody else's, taken back (Maria), a snooze (Hannah), somebody who never answers (Kiri), and a
night in which the bot is down while Auckland works. London changes to summer time in the middle.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.team import EVERYBODY, LONDON, Cast

YEAR: Final = 2026

FORTNIGHT: Final = """
Mon 23 Mar
12:00 Sam     /log 10 calls, 1 meeting
12:00 Maria   /log 10 calls, 1 meeting
16:30 Riley   /log 12 calls, 1 meeting
16:45 Priya   /log 10 calls
17:00 Tom     /log 10 calls, 1 meeting, 1 proposal

Tue 24 Mar
09:20 Hannah  choose For 3 days
10:00 Alex    /log 10 calls, 1 meeting yesterday
12:00 Sam     /log 1 meeting, 1 proposal
12:00 Maria   /log 10 calls, 1 meeting, 1 proposal
13:00 Maria   /log won 4200 with Bluewater
15:00 Alex    /log 10 calls, 1 meeting, 1 proposal
16:30 Riley   /log 12 calls, 1 meeting, 1 proposal
16:45 Priya   /log 10 calls, 1 proposal
17:00 Tom     /log 10 calls, 1 meeting

Wed 25 Mar
10:00 Sam     /log 10 calls yesterday
11:30 Priya   press Log 2 × First meetings
12:00 Sam     /log 10 calls, 1 meeting
12:00 Maria   /log 10 calls, 1 meeting
15:00 Alex    /log 10 calls, 1 meeting
16:30 Riley   /log 12 calls, 1 meeting
16:45 Priya   /log 10 calls, 1 meeting
17:30 Riley   /pace

Thu 26 Mar
12:00 Sam     /log 10 calls, 1 meeting, 1 proposal
12:00 Maria   /log 10 calls, 1 meeting, 1 proposal
13:00 Maria   /log won 6800 with Acme
13:10 Maria   press Undo
15:00 Alex    /log 10 calls, 1 meeting, 1 proposal
16:30 Riley   /log 12 calls, 1 meeting, 1 proposal
16:45 Priya   /log 10 calls, 1 meeting, 1 proposal
17:00 Tom     /log 10 calls, 1 meeting, 1 proposal

Fri 27 Mar
09:10 Hannah  /pace now
12:00 Sam     /log 10 calls
12:00 Maria   /log 10 calls
15:00 Alex    /log 10 calls
16:00 Hannah  /log 15 calls, 2 meetings
16:30 Riley   /log 12 calls, 1 meeting
16:45 Priya   /log 10 calls, 1 meeting
17:00 Tom     /log 10 calls, 1 meeting
17:30 Morgan  /pace team

Mon 30 Mar
12:00 Sam     /log 10 calls, 1 meeting, 1 proposal
12:00 Maria   /log 10 calls, 1 meeting, 1 proposal
15:00 Alex    /log 10 calls, 1 meeting
16:15 Hannah  /log 10 calls, 2 meetings
16:30 Riley   /log 12 calls, 1 meeting, 1 proposal
16:45 Priya   /log 10 calls, 1 meeting, 1 proposal
17:00 Tom     /log 10 calls, 1 meeting, 1 proposal

Tue 31 Mar
11:00 Maria   /log won 5100 with Kestrel
12:00 Sam     /log 10 calls, 1 meeting
12:00 Maria   /log 10 calls, 1 meeting
15:00 Alex    /log 10 calls
16:15 Hannah  /log 10 calls, 1 meeting, 1 proposal
16:30 Riley   /log 12 calls, 1 meeting
16:45 Priya   /log 10 calls
17:00 Tom     /log 10 calls, 1 meeting
20:30 London  the bot goes down

Wed 1 Apr
09:40 London  the bot is back
12:00 Sam     /log 10 calls, 1 meeting, 1 proposal
12:00 Maria   /log 10 calls, 1 meeting
15:00 Alex    /log 10 calls, 1 meeting, 1 proposal
16:15 Hannah  /log 10 calls, 1 meeting
16:30 Riley   /log 12 calls, 1 meeting, 1 proposal
16:45 Priya   /log 10 calls, 2 meetings, 1 proposal
17:00 Tom     /log 10 calls, 1 meeting, 1 proposal

Thu 2 Apr
08:30 Alex    /log 10 calls, 1 meeting, 1 proposal yesterday
12:00 Sam     /log 10 calls, 1 meeting
12:00 Maria   /log 10 calls, 1 meeting
15:00 Alex    /log 10 calls, 2 meetings
16:15 Hannah  /log 10 calls
16:30 Riley   /log 12 calls, 1 meeting
16:45 Priya   /log 10 calls, 1 meeting
17:00 Tom     /log 10 calls
"""
_LINE: Final = re.compile(r"(\d\d:\d\d) (\w+) +(.+)")
_BY_NAME: Final = {each.first_name: each for each in EVERYBODY}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens. `who` is None for what happens to the bot itself."""

    at: datetime
    who: Cast | None
    does: str


def local(zone: str, words: str) -> datetime:
    """The instant of "Mon 23 Mar 08:45" in a zone."""
    naive = datetime.strptime(f"{words} {YEAR}", "%a %d %b %H:%M %Y")  # noqa: DTZ007 (zone below)
    return naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


SET_UP: Final = local(LONDON, "Mon 23 Mar 08:45")
"""When the manager applies the playbook."""
OVER: Final = local(LONDON, "Sun 5 Apr 23:00")


def steps(script: str = FORTNIGHT) -> Iterator[Step]:
    """What the script says, in the order of time."""
    return iter(sorted(_read(script), key=lambda step: step.at))


def _read(script: str) -> Iterator[Step]:
    day = ""
    for line in filter(None, script.splitlines()):
        found = _LINE.fullmatch(line)
        if found is None:
            day = line
            continue
        clock, name, does = found.groups()
        who = _BY_NAME.get(name)
        yield Step(local(who.zone if who else LONDON, f"{day} {clock}"), who, does)
