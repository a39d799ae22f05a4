"""One service call, one transaction: how the async edges reach the plain, synchronous services.

SQLite has one writer. Short writes that arrive together share one commit, and so one wait for the
disk, each in its own savepoint; an answer is given only after that commit. On PostgreSQL those of a
workspace share a transaction as well, and ask it together; all else has a thread of its own.
"""

from sqlalchemy import Engine

from bot.db.reach import start_nowhere
from bot.db.shared_commits import SharedCommits
from bot.db.shared_round_trips import BeforeCommit, SharedRoundTrips
from bot.db.within import Transactions

__all__ = ["BeforeCommit", "Transactions", "make_transactions"]


def make_transactions(engine: Engine, before_commit: BeforeCommit | None = None) -> Transactions:
    """The kind that suits the engine's database; only PostgreSQL's has a `before_commit`.

    From now on the engine's own transactions see nothing there but what they say they reach.
    """
    start_nowhere(engine)
    if engine.dialect.name == "sqlite":
        return SharedCommits(engine)
    return SharedRoundTrips(engine, before_commit)
