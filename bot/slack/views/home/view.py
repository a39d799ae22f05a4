"""The whole Home tab: one's own part first, then the teams that one leads."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.domain.reports.homes import Home, TeamPart
from bot.slack import actions
from bot.slack.message import Message
from bot.slack.quick_blocks import Plain, button, row, section
from bot.slack.views.home.blocks import divider, header
from bot.slack.views.home.own import own_part
from bot.slack.views.home.teams import FIXED, MOST_ROWS, team_part

MOST_BLOCKS: Final = 100
"""Slack's limit for a view (slack-facts, Block Kit)."""
MOST_TOLD: Final = 8
"""Blocks of an answer that is shown at the top; a longer one is shown elsewhere."""
_FEET: Final = 4
_LEAST_ROWS: Final = 2


def home_view(home: Home, told: Message | None = None, *, charts: bool = True) -> dict[str, Any]:
    """The view to publish. `told` is an answer to what was pressed there, shown at the top;
    without `charts` each is there in words alone, for a Slack that doesn't draw them."""
    blocks = [*_told(told), *_parts(home, charts=charts)]
    return {"type": "home", "blocks": blocks}


def fits_at_top(message: Message) -> bool:
    """Whether an answer is short enough, and made of what Home may show."""
    kinds = {block.get("type") for block in message.blocks}
    return len(message.blocks) <= MOST_TOLD and not message.thread and kinds <= _IN_HOME


_IN_HOME: Final = {"section", "context", "actions", "divider", "header"}


def _told(told: Message | None) -> Iterator[Plain]:
    if told is None:
        return
    for block in told.blocks:
        yield {**block, "block_id": f"told/{block.get('block_id', '')}"}
    yield divider("told:line")


def _parts(home: Home, *, charts: bool) -> Iterator[Plain]:
    own = [] if home.own is None else list(own_part(home.own, charts=charts))
    yield from own
    led = list(_led(home.teams, MOST_BLOCKS - MOST_TOLD - 1 - len(own) - _FEET))
    yield from led if own else led[1:]  # without its line above, where nothing stands above it
    if home.teams or (home.is_admin and home.has_teams):
        yield from _set_up(home)
    elif home.own is None:
        yield from _nothing_yet(home)


def _led(teams: Sequence[TeamPart], room: int) -> Iterator[Plain]:
    """As many teams as there is room for, those with the most reps behind in more detail."""
    shown = teams[: max(1, room // (FIXED + 1 + _LEAST_ROWS))]
    rows = min(MOST_ROWS, room // len(shown) - FIXED - 1) if shown else 0
    for team in shown:
        yield divider(f"team:{team.team_id}:line")
        yield from team_part(team, rows)
    if more := len(teams) - len(shown):
        yield section(f"You lead {more} more: `/pace team` shows each.", "teams:more")


def _set_up(home: Home) -> Iterator[Plain]:
    yield divider("coach:line")
    buttons = [_coach("People and targets", "", 0), _coach("Last week's digest", "digest", 1)]
    if home.is_admin:
        buttons.append(button("Set up a team", actions.SETUP, "home"))
    if home.own is None:
        buttons.append(button("My data", actions.MY_DATA, "home"))
    yield row(buttons, "coach")


def _coach(label: str, line: str, number: int) -> Plain:
    """A `/coach` line behind a button."""
    return button(label, actions.with_id(actions.COACH_LINE, number), line)


def _nothing_yet(home: Home) -> Iterator[Plain]:
    yield header("Welcome to Pacesetter", "welcome")
    if not home.has_teams:
        yield section(_NO_TEAM_AT_ALL, "nothing")
        yield row([button("Set up a team", actions.SETUP, "home")], "coach")
        return
    yield section(_IN_NO_TEAM, "nothing")
    if home.is_known:
        yield row([button("My data", actions.MY_DATA, "home")], "mine")


_NO_TEAM_AT_ALL: Final = (
    "Nobody has set up a team here yet. It takes about three minutes: results, the behaviours "
    "that drive them, targets, people and the channel. An admin of Slack can begin right here."
)
_IN_NO_TEAM: Final = (
    "You're in no team yet. Ask your manager, or whoever runs Pacesetter, to add you: they type "
    "`/coach` and choose People. Then this page shows the one thing to do today, your week, "
    "and what your manager sees of it."
)
