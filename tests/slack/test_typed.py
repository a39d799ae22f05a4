"""What somebody typed is text in everything that others are shown: no mention, link or formatting.

Every builder of messages and views is found by itself; one that is added is held to it, too.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from html import unescape
from random import Random
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refusal
from bot.slack import messages, views
from bot.slack.escaping import characters, escaped, sentence
from bot.slack.message import Message
from bot.slack.messages.digest import digest_message
from tests.slack.messages.good_news import digest_of
from tests.slack.sampling import Sampler

_PIECES = (
    *("<!channel>", "<!here|here>", "@here", "<@U0EVIL>", "<#C0EVIL>", "<http://evil.test|here>"),
    *("http://evil.test", "www.evil.test", "*evil*", "_evil_", "~evil~", "`evil`", "```evil```"),
    *("\n> evil", "\u202ecod", "&lt;!channel&gt;", "evil & <evil>", "north_west", "שלום"),
)
_LIVE = (
    "<!",
    "<@U0EVIL",
    "<#C0EVIL",
    "<http://evil",
    "<evil",
    "*evil*",
    "_evil_",
    "~evil~",
    "`evil`",
)
TYPED = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4).map(" ".join)
PASSED_ON = {"commitments.settled_in", "pressed.with_answer", "welcome.with_claim"}
"""These put their own part into blocks that they are given."""
SAID_ALREADY = ("coach.parts.", "home.blocks.", "setup.frame.")
"""Parts that others' sentences are put into, as mrkdwn: it is those that escape."""
BY_HAND = {
    *("coach.targets.sure_form", "digest.digest_message", "pairing.pairs"),
    *("setup.ending.preview_view", "setup.people.times_view"),
}
"""Their facts have to fit together: `test_a_digest_…` below, messages/test_coaching_limits.py, and
test_limits.py of views/coach and views/setup."""


def _builders() -> Iterator[tuple[str, Any]]:
    for package in (messages, views):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, each in vars(module).items():
                is_own = inspect.isfunction(each) and each.__module__ == module.__name__
                called = f"{found.name.removeprefix(f'{package.__name__}.')}.{name}"
                is_public = not name.startswith("_") and not called.startswith(SAID_ALREADY)
                if is_own and is_public and _builds(each):
                    yield called, each


def _builds(function: Any) -> bool:
    kind = get_type_hints(function).get("return")
    return kind is Message or "dict[str, typing.Any]" in str(kind)


BUILDERS = dict(_builders())


def live(made: Any) -> list[str]:
    """Each text of a message or a view in which something typed would act on Slack's readers."""
    if isinstance(made, Message):
        parts = [made, *made.thread]
        said = [text for part in parts for text in live(list(part.blocks))]
        return [*said, *(part.text for part in parts if _acts(part.text))]
    if isinstance(made, list | tuple):
        return [text for each in made for text in live(each)]
    if not isinstance(made, dict):
        return []
    if made.get("type") == "mrkdwn":
        is_link = "evil.test" in made["text"] and not made.get("verbatim")
        return [made["text"]] if is_link or _acts(made["text"]) else []
    return live(list(made.values()))


def _acts(text: str) -> bool:
    quotes = any(line.lstrip().startswith(("> evil", "&gt; evil")) for line in text.splitlines())
    return quotes or "\u202e" in text or any(piece in text for piece in _LIVE)


@pytest.mark.parametrize("name", sorted(set(BUILDERS) - PASSED_ON - BY_HAND))
def test_nothing_that_was_typed_is_live(name: str) -> None:
    drawn = 0

    @settings(max_examples=15, deadline=None, database=None)
    @given(TYPED, st.randoms(use_true_random=False))
    def holds(typed: str, random: Random) -> None:
        nonlocal drawn
        try:
            made = Sampler(typed, random).call(BUILDERS[name])
        except _UNFIT:
            return  # a sample whose parts don't fit together
        drawn += 1
        assert live(made) == []

    holds()
    assert drawn > 0, "no sample was drawn: give it one by hand"


_UNFIT = (Refusal, LookupError, RuntimeError, ValueError, TypeError, AttributeError)


@settings(max_examples=30, deadline=None)
@given(TYPED)
def test_a_digest_of_typed_names_is_text(typed: str) -> None:
    assert live(digest_message(digest_of(5, 3, name=typed[:80], team=typed[:80]))) == []


@given(TYPED)
def test_what_was_typed_can_still_be_read(typed: str) -> None:
    plain = str.maketrans({"∗": "*", "ˍ": "_", "∼": "~", "ˋ": "`", "›": ">"})
    shown = unescape(escaped(typed)).translate(plain)
    assert shown == typed.replace("\u202e", "")


@pytest.mark.parametrize("typed", ["north_west", "3*", "a_b_c", "Müller_öffnet"])
def test_an_underscore_inside_a_word_stays(typed: str) -> None:
    assert escaped(typed).replace("∗", "*") == typed


@pytest.mark.parametrize("typed", [piece for piece in _PIECES if set(piece) & set("<>*_~`\u202e")])
def test_a_text_that_is_not_escaped_would_be_found(typed: str) -> None:
    if typed != "north_west":
        said = {"type": "mrkdwn", "text": f"By\n{typed.strip()}", "verbatim": True}
        assert live([{"type": "section", "text": said}])


@pytest.mark.parametrize("typed", ["http://evil.test", "www.evil.test"])
def test_an_address_that_slack_would_link_would_be_found(typed: str) -> None:
    assert live([{"type": "section", "text": {"type": "mrkdwn", "text": typed}}])


def test_a_sentence_of_ours_keeps_its_own_formatting_and_nothing_else() -> None:
    assert sentence("“<!here>”: type `/log 2 calls`") == "“&lt;!here&gt;”: type `/log 2 calls`"


@given(TYPED)
def test_what_is_cut_between_characters_is_the_same_text(typed: str) -> None:
    assert "".join(characters(typed)) == escaped(typed)
