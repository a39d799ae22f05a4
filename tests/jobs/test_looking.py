"""What is to be done about messages is found out together, and again once that is a while ago."""

import pytest

from bot.domain.ledger.deliveries import Pending
from bot.slack.message import Message
from jobs.looking import Found, Lookout
from jobs.rendering import Post
from jobs.sending import Sender
from tests.jobs.conftest import IMPATIENT, NOON, Outbox
from tests.teams import WORKSPACE

_A_WHILE_S = 3.0


class Watch:
    """A stopwatch that stands still until it is set."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr("jobs.looking.stopwatch", watch)
    return watch


@pytest.fixture
def lookout(outbox: Outbox) -> Lookout:
    sender = Sender(outbox.wired, outbox.writers, IMPATIENT)
    return Lookout(outbox.wired, sender, WORKSPACE, NOON, None)


async def seen(lookout: Lookout, outbox: Outbox) -> tuple[Found, list[Pending]]:
    """Two recipients' messages, two for the first, and what comes first of each."""
    await outbox.plan_posts(["1", "2"], "C01WEST")
    await outbox.plan_posts(["3"], "C02EAST")
    found = await lookout.look((), ())
    return found, [queue[0] for queue in found.queues]


@pytest.mark.usefixtures("watch")
async def test_what_comes_first_everywhere_is_found_out_with_the_look(
    lookout: Lookout, outbox: Outbox
) -> None:
    found, first = await seen(lookout, outbox)
    assert not found.is_old
    assert [found.order(each) for each in first] == [
        Post(Message("recap:1", ()), ("Calls",)),
        Post(Message("recap:3", ()), ("Calls",)),
    ]


async def test_after_a_while_it_is_good_no_more(
    lookout: Lookout, outbox: Outbox, watch: Watch
) -> None:
    found, first = await seen(lookout, outbox)
    watch.at = _A_WHILE_S
    assert found.is_old
    assert [found.order(each) for each in first] == [None, None]


async def test_then_it_is_found_out_anew_for_all_who_still_wait(
    lookout: Lookout, outbox: Outbox, watch: Watch
) -> None:
    found, (west, east) = await seen(lookout, outbox)
    found.queues.popleft()
    watch.at = _A_WHILE_S
    await lookout.order_anew(found)
    assert not found.is_old
    assert found.order(west) is None
    assert found.order(east) == Post(Message("recap:3", ()), ("Calls",))
