"""The pages before Morgan's one-to-ones on the demo's Monday, as somebody would read them."""

from pathlib import Path
from typing import Any

import pytest

from bot.demo.live import LiveBot
from bot.demo.sample import MORGAN, REPS, WORKSPACE
from bot.demo.team import Cast
from bot.services.one_to_ones.preparing import prep_asked
from bot.services.requests.callers import Caller
from bot.slack.messages.prep import prep_message

GOLDEN = Path(__file__).parent / "golden"


def as_read(block: dict[str, Any]) -> str:
    """A block's text, its buttons in brackets."""
    texts = [block.get("text", {}).get("text", "")]
    texts += [each.get("text", "") for each in block.get("elements", ()) if "value" not in each]
    presses = [block.get("accessory"), *block.get("elements", ())]
    texts += [f"[{each['text']['text']}]" for each in presses if each and "value" in each]
    return " ".join(text for text in texts if text)


async def page_about(demo: LiveBot, rep: Cast) -> str:
    caller = Caller(WORKSPACE, MORGAN.user_id, "golden")
    now = demo.clock.now()
    prep = await demo.read(lambda session: prep_asked(session, caller, rep.user_id, now))
    text = "\n\n".join(as_read(block) for block in prep_message(prep).blocks)
    for each in (MORGAN, *REPS):
        text = text.replace(f"<@{each.user_id}>", f"@{each.first_name}")
    return f"{text}\n"


async def test_every_page_is_as_it_was_read_last(demo: LiveBot, subtests: pytest.Subtests) -> None:
    for rep in REPS:
        with subtests.test(rep.first_name):
            wanted = GOLDEN / f"prep_{rep.first_name.lower()}.txt"
            assert await page_about(demo, rep) == wanted.read_text(encoding="utf-8")
