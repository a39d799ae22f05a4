"""How the async edges open transactions: for a workspace, or in so many words for all of them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.db.reach import EVERYWHERE, Reach
from bot.db.session import Session

T = TypeVar("T")
Work = Callable[[Session], T]


class Transactions(ABC):
    """Runs pieces of work, each inside one transaction of a reach: `of` says for which workspace.

    There is no other way to open one, so no service runs without it.
    """

    def of(self, workspace_id: str) -> "Within":
        """Transactions that read and change this workspace's rows alone.

        The id is one that Slack has signed or the database holds, never a payload's say-so.
        """
        return Within(self, workspace_id)

    @property
    def everywhere(self) -> "Within":
        """Transactions of what serves all workspaces: the agenda, pruning, installing, tokens."""
        return Within(self, EVERYWHERE)

    @abstractmethod
    async def close(self) -> None:
        """Finishes what is under way and gives the connections back."""

    @abstractmethod
    async def _write(self, reach: Reach, work: Work[T]) -> T: ...

    @abstractmethod
    async def _write_alone(self, reach: Reach, work: Work[T]) -> T: ...

    @abstractmethod
    async def _read(self, reach: Reach, work: Work[T]) -> T: ...


@dataclass(frozen=True, slots=True)
class Within:
    """Runs a piece of work in one transaction of a reach. What the work raises rolls it back alone.

    Each call raises `NotSaved` where the database can't be reached, is locked or has no room left.
    """

    _transactions: Transactions
    reach: Reach

    async def write(self, work: Work[T]) -> T:
        """For what a person waits for: short; it may share its commit with others."""
        return await self._transactions._write(self.reach, work)

    async def write_alone(self, work: Work[T]) -> T:
        """For what may take long (planning a team, an import): a thread and a commit of its own."""
        return await self._transactions._write_alone(self.reach, work)

    async def read(self, work: Work[T]) -> T:
        """For what only looks."""
        return await self._transactions._read(self.reach, work)
