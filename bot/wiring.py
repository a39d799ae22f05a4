"""Settings → engine, transactions, clients: everything that has to be put together, once."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiohttp
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.clients import Clients, SingleToken, Tokens
from bot.clock import Clock, SystemClock
from bot.db.engine import conninfo, for_writing, make_engine
from bot.db.failures import missing_rights_told
from bot.db.migrate import LATEST, current_revision, upgrade
from bot.db.moving.source import WAS_MOVED, is_moved
from bot.db.reach import EVERYWHERE, enter
from bot.db.session import Session, TeamPlaybooks
from bot.db.transactions import BeforeCommit, Transactions, make_transactions
from bot.db.within import Within
from bot.domain.errors import NotSaved, Refusal
from bot.metrics import Metrics
from bot.services.agenda import Agenda
from bot.settings import Settings
from bot.slack.client import SlackClient, open_session
from bot.slack.pace import Pace

if TYPE_CHECKING:
    from bot.tokens import Installing

# For the edges, which leave bot.db alone.
__all__ = ["BeforeCommit", "Session", "Transactions", "Within"]


@dataclass(frozen=True, slots=True)
class Wired:
    """The parts of a running bot. `clock` tells the edges the time.

    `installing` is there where the app may be installed by OAuth.
    """

    settings: Settings
    engine: Engine
    transactions: Transactions
    clients: Clients
    http: aiohttp.ClientSession
    clock: Clock = field(default_factory=SystemClock)
    pace: Pace = field(default_factory=Pace)
    metrics: Metrics = field(default_factory=Metrics)
    installing: "Installing | None" = None
    agenda: Agenda = field(default_factory=Agenda)

    @property
    def conninfo(self) -> str:
        """Where PostgreSQL is, for a connection of one's own; with its password."""
        return conninfo(self.engine)

    @property
    def bot_token(self) -> str | None:
        """The token of a single-workspace install."""
        token = self.settings.slack_bot_token
        return None if token is None else token.get_secret_value()


@asynccontextmanager
async def wired(
    settings: Settings,
    *,
    clock: Clock | None = None,
    pace: Pace | None = None,
    before_commit: BeforeCommit | None = None,
    tokens: Tokens | None = None,
) -> AsyncIterator[Wired]:
    """The parts, put together; taken apart again at the end, with what is under way finished."""
    engine = make_engine(settings.database_url)
    transactions = make_transactions(engine, before_commit)
    now = clock or SystemClock()
    try:
        async with open_session() as http:
            single = _single(settings, transactions, http)
            installing = _installing(settings, transactions, http, now, single)
            installed = installing.tokens if installing else None
            given = tokens or installed or single
            yield Wired(
                settings=settings,
                engine=engine,
                transactions=transactions,
                clients=Clients(given, settings.slack_api_url, http, installed),
                http=http,
                clock=now,
                pace=pace or Pace(),
                installing=installing,
            )
            if installed is not None:
                await installed.close()
    finally:
        await transactions.close()


def _single(
    settings: Settings, transactions: Transactions, http: aiohttp.ClientSession
) -> SingleToken:
    token = settings.slack_bot_token
    return SingleToken(
        None if token is None else token.get_secret_value(),
        transactions,
        lambda value: SlackClient(value, settings.slack_api_url, http).auth_test(),
        beside_others=settings.oauth is not None,
    )


def _installing(
    settings: Settings,
    transactions: Transactions,
    http: aiohttp.ClientSession,
    clock: Clock,
    single: SingleToken,
) -> "Installing | None":
    app = settings.oauth
    if app is None:
        return None
    from bot.services.installing.keys import TokenKeys  # noqa: PLC0415  cryptography: 7 MB
    from bot.services.installing.states import States  # noqa: PLC0415  the same
    from bot.slack.oauth import OAuth  # noqa: PLC0415  of use for this alone
    from bot.tokens import InstalledTokens, Installing  # noqa: PLC0415  the same

    keys = TokenKeys.parse(app.token_keys)
    oauth = OAuth(app.client_id, app.client_secret, settings.slack_api_url, http)
    return Installing(
        InstalledTokens(transactions, keys, oauth, clock, single.token_for),
        oauth,
        keys,
        States(app.state_secret),
    )


@contextmanager
def session_for(settings: Settings, *, url: str | None = None) -> Iterator[Session]:
    """One transaction for a synchronous command, on a database that is up to date.

    It reaches everywhere, as the operator does; `Session.of` narrows it to whom a command is about.
    Committed at the end of the block, rolled back where the block raises. Raises `Refusal` with a
    sentence for the operator where the database can't be used.
    """
    address = url or settings.database_url
    prepare_database(address)
    engine = make_engine(address, busy_timeout=30.0)
    try:
        with engine.connect() as connection, for_writing(connection).begin():
            yield Session(enter(connection, EVERYWHERE), TeamPlaybooks())
    except OperationalError as error:
        raise NotSaved from error
    finally:
        engine.dispose()


def prepare_database(url: str) -> None:
    """Makes sure that the schema is there: migrates SQLite, refuses a PostgreSQL that is behind."""
    engine = make_engine(url)
    try:
        problem = schema_problem(engine)
    finally:
        engine.dispose()
    if problem is None:
        return
    if engine.dialect.name != "sqlite":
        raise Refusal(problem)
    migrate(url)


def migrate(url: str) -> str | None:
    """Brings the schema up to this version, all or nothing; returns the one that it found. Raises
    `NotSaved`, and `Refusal` where the role may not."""
    try:
        with missing_rights_told():
            return upgrade(url)
    except OperationalError as error:
        raise NotSaved from error


def schema_problem(engine: Engine) -> str | None:
    """Why the database isn't fit for this version; None where it is.

    A newer schema is fine: versions side by side work on the newer one. Raises `Refusal` where the
    database can't be reached, and for a file that was left behind by a move.
    """
    try:
        if is_moved(engine):
            raise Refusal(WAS_MOVED)
        revision = current_revision(engine)
    except DBAPIError as error:
        detail = str(error.orig).strip().splitlines()[0]
        raise Refusal(f"The database can't be opened: {detail}. Check DATABASE_URL.") from error
    if revision is None:
        return "The database is empty: run `pacesetter migrate` first."
    if revision < LATEST:
        return "The database's schema is behind this version: run `pacesetter migrate` first."
    return None
