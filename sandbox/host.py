"""What the program around a sandbox lends to its page: buttons that move time, and a tour.

The sandbox itself moves no clock and knows no bot; it shows these and calls them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sandbox.errors import JsonObject

Report = Callable[[str], None]
Run = Callable[[Report, date | None], Awaitable[str | None]]
Awaited = Literal["next", "person", "place", "command", "message", "press", "modal", "control"]


@dataclass(frozen=True, slots=True)
class Control:
    """A button of the time bar.

    `run(report, chosen)` does what it says: `report("Riley's nudge")` shows a line while it runs,
    the string that it returns (if any) stays as its result; `chosen` is the date that the person
    picked, where `asks_for_date`, else None. A ValueError or RuntimeError is shown as a sentence.
    """

    id: str
    label: str
    run: Run
    asks_for_date: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the tour, and what the page waits for before the next one:

    - `next`: nothing but its button (every step has one)
    - `person`: the switch is at the user `value`
    - `place`: the conversation `value` is open (an id, `im` for the app's messages, `home`)
    - `command`: a command that begins with `value` was sent and answered (`/log`)
    - `message`: a new message is there, in the conversation `value` (an id, `im`) or anywhere
    - `press`: an element was used whose action id begins with `value`
    - `modal`: a modal opened
    - `control`: the control `value` has finished

    `suggests` is text that a button of the step puts into the composer.
    """

    text: str
    waits_for: Awaited = "next"
    value: str = ""
    suggests: str = ""


@dataclass(frozen=True, slots=True)
class Host:
    """`controls` and `tour` in order; `people` are the users that the switch offers (everybody
    when empty), the first one is who you are when the page opens; `now` tells the time to show
    where it isn't the sandbox's own."""

    controls: tuple[Control, ...] = ()
    tour: tuple[Step, ...] = ()
    people: tuple[str, ...] = ()
    now: Callable[[], datetime] | None = None

    def control(self, control_id: str) -> Control:
        """Raises LookupError."""
        for control in self.controls:
            if control.id == control_id:
                return control
        raise LookupError(control_id)


class Running:
    """The control that runs, or ran last, and the lines that it has shown."""

    def __init__(self) -> None:
        self.control: str | None = None
        self.lines: list[str] = []
        self.is_over = True
        self.failed = False
        self.count = 0

    async def run(self, control: Control, chosen: date | None, shown: Callable[[], None]) -> None:
        """Runs one control to its end; `shown` is called when there is something new to see.
        Raises ValueError while another one runs."""
        if not self.is_over:
            raise ValueError("time is moving already")
        self.control, self.lines, self.is_over, self.failed = control.id, [], False, False

        def report(line: str) -> None:
            self.lines.append(line)
            shown()

        try:
            shown()
            result = await control.run(report, chosen)
            report(result) if result else None
        except (ValueError, RuntimeError, OSError) as error:
            self.failed = True
            report(str(error) or type(error).__name__)
        finally:
            self.is_over = True
            self.count += 1
            shown()

    def as_record(self) -> JsonObject:
        return {
            "control": self.control,
            "lines": self.lines[-50:],
            "over": self.is_over,
            "failed": self.failed,
            "count": self.count,
        }
