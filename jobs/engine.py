"""What runs the jobs: the seam between one process and many (design §4)."""

from typing import Protocol


class Engine(Protocol):
    """Starts jobs by the clock, and drains when told that there is something to send.

    The jobs themselves (`plan_everything`, `Deliveries.drain`, `prune`) are the same in every
    engine; an engine only decides when and where they run.
    """

    async def start(self) -> None:
        """Begins to work. What was left undone by an earlier process is found by the ledger."""
        ...

    async def stop(self) -> None:
        """Takes nothing new, finishes the sends under way, and returns in under ten seconds."""
        ...

    def wake(self, workspace_id: str) -> None:
        """Something was planned and committed: send it now rather than with the next tick.

        A hint and no more: a wake that is lost costs seconds, not messages.
        """
        ...
