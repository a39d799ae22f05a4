"""The ledger as all sends of a process write it: claims and what was sent, many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.ledger.deliveries import Claim, Sent
from bot.domain.ledger.occasions import Delivery, Payload
from bot.services import ledger
from bot.wiring import Session, Wired
from jobs.together import Together

_PAUSE_S = 0.04
"""Between two of their transactions while there is much to do: each takes more with it so."""
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
        self._entries: Together[int | Sent, Claim | None] = Together(self._enter_all, _PAUSE_S)

    async def claim(self, delivery: Delivery, parts: Sequence[Payload] = ()) -> Claim | None:
        """Takes it up, and plans what goes on in its thread: committed before Slack is called.

        None where somebody else has it.
        """
        if not parts:
            return await self._entries.ask(delivery.id)
        wall, lease = self._wired.clock.now(), self.patience.lease

        def work(session: Session) -> Claim | None:
            claim = ledger.claim(session, delivery.id, wall, lease)
            if claim is not None:
                ledger.add_parts(session, delivery, parts, wall)
            return claim

        return await self._wired.transactions.of(delivery.occasion.workspace_id).write(work)

    async def record_sent(self, sent: Sent) -> None:
        """It is there."""
        await self._entries.ask(sent)

    async def _enter_all(self, entries: Sequence[int | Sent]) -> list[Claim | None]:
        """What is there is recorded, and what has an id is taken up, in one transaction."""
        wall, lease = self._wired.clock.now(), self.patience.lease
        sent = [each for each in entries if isinstance(each, Sent)]
        ids = [each for each in entries if not isinstance(each, Sent)]

        def work(session: Session) -> dict[int, Claim]:
            ledger.record_sent(session, sent)
            return ledger.claim_all(session, ids, wall, lease)

        taken = await self._wired.transactions.everywhere.write(work)
        return [None if isinstance(each, Sent) else taken.get(each) for each in entries]
