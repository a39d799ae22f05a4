"""One claimed delivery on its way to Slack, exactly once whatever happens (design §4).

A claim is committed before Slack is called. Whoever takes up a claim that was never settled looks
for the message first. So a kill between any two steps loses nothing and doubles nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog

from bot.domain.ledger.deliveries import Claim, Pending, Sent
from bot.services import ledger, workspaces
from bot.services.troubles.failures import learn_from
from bot.slack.answers import Posted
from bot.slack.charts import without_charts
from bot.slack.client import CannotOpen, SlackClient
from bot.slack.errors import MessageGone, RateLimited, Refused, SlackFailure, TokenRefused, TryLater
from bot.slack.limits import MalformedMessage
from bot.wiring import Session, Wired
from jobs.books import Books
from jobs.charts import drawable, is_about_charts, remember_refusal
from jobs.rendering import Action, Change, Drop, Post

_LOOK_BACK = timedelta(minutes=10)
"""Clocks differ: looking for a message begins a little before it can be there."""
_NEXT_TOKEN = timedelta(seconds=10)
"""When a message is tried again whose token was refused."""
_MALFORMED = "Pacesetter wrote what Slack would refuse: see the log, please report it."

log = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """What came of one delivery. After `HELD` its channel has to wait.

    After `CONTINUED` the rest of the message, in its thread, is what comes next: to be sent, or to
    be dropped where its beginning failed.
    """

    SENT = "sent"
    CONTINUED = "continued"
    DROPPED = "dropped"
    FAILED = "failed"
    HELD = "held"


@dataclass(slots=True)
class Attempt:
    """One claim's work. `in_doubt` while the message may be in Slack from an earlier attempt.

    `now` tells the instant that the work is done as of.
    """

    wired: Wired
    client: SlackClient
    pending: Pending
    claim: Claim
    order: Action
    now: Callable[[], datetime]
    books: Books
    in_doubt: bool = False
    _posting: bool = False

    def __post_init__(self) -> None:
        self.in_doubt = self.claim.in_doubt

    @property
    def key(self) -> str:
        return self.pending.delivery.occasion.key

    @property
    def _workspace(self) -> str:
        return self.pending.delivery.occasion.workspace_id

    async def carry_out(self) -> Outcome:
        """Does what the order says and records what came of it."""
        try:
            return await self._carry_out()
        except SlackFailure as failure:
            return await self._put_off(failure)
        except MalformedMessage:
            log.exception("malformed_message", key=self.key)
            return await self._fail(_MALFORMED)

    async def _carry_out(self) -> Outcome:
        if isinstance(self.order, Change):
            return await self._change(self.order)
        if isinstance(self.order, Drop) and not self.in_doubt:
            return await self._drop(self.order.reason)
        channel = self.pending.channel or await self._open()
        if self.in_doubt:
            found = await self._look(channel)
            if found is not None:
                return await self._sent(found)
        if isinstance(self.order, Drop):
            return await self._drop(self.order.reason)
        return await self._post(channel, self.order)

    async def _post(self, channel: str, post: Post) -> Outcome:
        if not await self._is_still_ours():
            return Outcome.HELD
        message = await drawable(self.wired, self._workspace, post.message)
        self._posting = True
        self.wired.pace.sends(self._workspace, self.pending.delivery.occasion.recipient)
        try:
            posted = await self.client.post(channel, message, self.key, post.thread_ts)
        except Refused as refused:
            if not is_about_charts(refused, message):
                raise
            await remember_refusal(self.wired, self._workspace)
            if not await self._is_still_ours():
                return Outcome.HELD
            worded = without_charts(message)
            posted = await self.client.post(channel, worded, self.key, post.thread_ts)
        return await self._sent(posted)

    async def _change(self, change: Change) -> Outcome:
        """Doing it again changes nothing more, so an earlier attempt needs no looking for."""
        try:
            if change.message is None:
                await self.client.delete(change.posted)
            else:
                await self.client.update(change.posted, change.message)
        except MessageGone:
            log.info("mended_message_gone", key=self.key)
        return await self._sent(change.posted)

    async def _open(self) -> str:
        """The conversation with a person, kept for the next time; else the person's own id."""
        occasion = self.pending.delivery.occasion
        try:
            channel = await self.client.open_dm(occasion.recipient)
        except CannotOpen as cannot:
            log.warning("no_conversation_opened", key=self.key, code=cannot.code)
            return occasion.recipient
        await self.wired.transactions.of(self._workspace).write(
            lambda session: workspaces.keep_direct_channel(
                session, occasion.workspace_id, occasion.recipient, channel
            )
        )
        return channel

    async def _look(self, channel: str) -> Posted | None:
        """The message of an earlier attempt, if it got there."""
        thread_ts = self.order.thread_ts if isinstance(self.order, Post) else None
        oldest = self.pending.since - _LOOK_BACK
        posted = await self.client.find_posted(channel, self.key, oldest, thread_ts)
        self.in_doubt = False
        self.wired.metrics.reconciliations.labels("yes" if posted else "no").inc()
        log.info("looked_for_message", key=self.key, found=posted is not None)
        return posted

    async def _is_still_ours(self) -> bool:
        """Whether the lease outlasts one more call; it is renewed where it might not."""
        wall, claim, lease = self.wired.clock.now(), self.claim, self.books.patience.lease
        if claim.lease_until - wall > lease / 2:
            return True
        renewed = await self.wired.transactions.of(self._workspace).write(
            lambda session: ledger.renew(session, claim, wall, lease)
        )
        return renewed is not None

    async def _put_off(self, failure: SlackFailure) -> Outcome:
        """What a failure means for the message: final, later, or to be looked for."""
        log.warning("not_sent", key=self.key, code=failure.code, reason=failure.reason)
        if isinstance(failure, TokenRefused) and await self._may_come_back(failure):
            return await self._wait_for_token()
        if isinstance(failure, Refused):
            return await self._fail(failure.reason, failure.code)
        wait, may_be_there = self.books.patience.settles, self.in_doubt or self._posting
        if isinstance(failure, TryLater):  # surely nothing was done by this call
            wait, may_be_there = timedelta(seconds=failure.retry_after), self.in_doubt
        if isinstance(failure, RateLimited):
            self._hold(failure)
        return await self._wait(wait, may_be_there=may_be_there)

    async def _wait(self, span: timedelta, *, may_be_there: bool) -> Outcome:
        """Gives the claim back until then; to be looked for first where it may be there."""
        until, claim = self.wired.clock.now() + span, self.claim
        record = ledger.record_unknown if may_be_there else ledger.record_deferred
        await self.wired.transactions.of(self._workspace).write(
            lambda session: record(session, claim, until)
        )
        return Outcome.HELD

    async def _may_come_back(self, refused: TokenRefused) -> bool:
        """Whether a token is to be expected that Slack takes: the right one in place of a mistaken
        one, or that of the next installation."""
        return refused.is_mistaken or await self.wired.clients.may_come_back(self._workspace)

    async def _wait_for_token(self) -> Outcome:
        """Nothing is lost: it waits until there is a token that Slack takes."""
        recipient = self.pending.delivery.occasion.recipient
        self.wired.pace.hold(self._workspace, recipient, _NEXT_TOKEN.total_seconds())
        return await self._wait(_NEXT_TOKEN, may_be_there=self.in_doubt)

    def _hold(self, failure: RateLimited) -> None:
        occasion = self.pending.delivery.occasion
        self.wired.metrics.rate_limited.inc()
        self.wired.metrics.rate_limit_waits.labels("slack").inc(failure.retry_after)
        self.wired.pace.hold(occasion.workspace_id, occasion.recipient, failure.retry_after)

    async def _sent(self, posted: Posted) -> Outcome:
        sent = Sent(self.pending.delivery.id, posted.channel, posted.ts, self.now())
        await self.books.record_sent(sent)
        return Outcome.SENT

    async def _drop(self, reason: str) -> Outcome:
        claim = self.claim
        await self.wired.transactions.of(self._workspace).write(
            lambda session: ledger.record_dropped(session, claim, reason)
        )
        return Outcome.DROPPED

    async def _fail(self, reason: str, code: str = "") -> Outcome:
        """Ends it, unless it can wait for its channel; what Slack's `code` says of the recipient is
        learnt with it."""
        claim, delivery, now = self.claim, self.pending.delivery, self.now()
        wall = self.wired.clock.now()

        def work(session: Session) -> Outcome:
            if learn_from(session, delivery, code, now):
                ledger.record_deferred(session, claim, wall)
                return Outcome.HELD
            ledger.record_failed(session, claim, reason)
            return Outcome.FAILED

        return await self.wired.transactions.of(self._workspace).write(work)
