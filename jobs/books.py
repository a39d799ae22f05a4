"""The ledger as all sends of a process write it: claims and what was sent, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.domain.ledger.deliveries import Claim, Sent
from bot.domain.ledger.occasions import Delivery, Payload
from bot.services import ledger
from bot.wiring import Session, Wired
from jobs.together import Together

LEASE = timedelta(seconds=20)
"""How long a claim is good for: twice the time that a call to Slack may take."""
SETTLES = timedelta(seconds=5)
"""How long Slack may take to show a message whose post was cut off."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long claims last, and how long Slack has to show what it took."""

    lease: timedelta = LEASE
    settles: timedelta = SETTLES


class Books:
    """Takes deliveries up and records those that are there, whichever workspaces they are of.

    What is asked for at once shares a transaction; by ids alone, which the ledger has given out.
    """

    def __init__(self, wired: Wired, patience: Patience | None = None) -> None:
        self.patience = patience or Patience()
        self._wired = wired
        self._claims: Together[int, Claim | None] = Together(self._claim_all)
        self._sent: Together[Sent, None] = Together(self._record_all)

    async def claim(self, delivery: Delivery, parts: Sequence[Payload] = ()) -> Claim | None:
        """Takes it up, and plans what goes on in its thread: committed before Slack is called.

        None where somebody else has it.
        """
        if not parts:
            return await self._claims.ask(delivery.id)
        wall, lease = self._wired.clock.now(), self.patience.lease

        def work(session: Session) -> Claim | None:
            claim = ledger.claim(session, delivery.id, wall, lease)
            if claim is not None:
                ledger.add_parts(session, delivery, parts, wall)
            return claim

        return await self._wired.transactions.of(delivery.occasion.workspace_id).write(work)

    async def record_sent(self, sent: Sent) -> None:
        """It is there."""
        await self._sent.ask(sent)

    async def _claim_all(self, ids: Sequence[int]) -> list[Claim | None]:
        wall, lease = self._wired.clock.now(), self.patience.lease
        work = partial(ledger.claim_all, ids=ids, wall=wall, lease=lease)
        taken = await self._wired.transactions.everywhere.write(work)
        return [taken.get(each) for each in ids]

    async def _record_all(self, sent: Sequence[Sent]) -> list[None]:
        work = partial(ledger.record_sent, sent=sent)
        await self._wired.transactions.everywhere.write(work)
        return [None] * len(sent)
