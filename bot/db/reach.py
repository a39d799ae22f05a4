"""How far a transaction reaches: one workspace, or the whole installation.

It is said once, as a transaction begins, and kept on its connection: for the check of every
statement (`bot.db.apart`) and, on PostgreSQL, for row-level security (`migrations`, v0005).
"""

from enum import Enum
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from bot.db.apart import OutOfReach, tied
from bot.db.prepared import run_values

SETTING: Final = "pacesetter.workspace"
"""PostgreSQL's setting that the policies compare with each row's workspace."""
_NOBODYS: Final = "-"
_SET: Final = f"SELECT set_config('{SETTING}', %s, true)"


class Everywhere(Enum):
    """The reach of what serves the installation, and not somebody in a workspace."""

    EVERYWHERE = "*"


EVERYWHERE: Final = Everywhere.EVERYWHERE
Reach = str | Everywhere
"""A workspace's id, or all of them."""


def start_nowhere(engine: Engine) -> None:
    """Has the engine's connections to PostgreSQL see no row until a transaction says its reach."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "connect", _see_nothing)


def _see_nothing(raw: Any, _record: object) -> None:
    raw.execute(f"SELECT set_config('{SETTING}', '{_NOBODYS}', false)")
    raw.commit()


def enter(connection: Connection, reach: Reach) -> Connection:
    """Keeps the transaction that has just begun to this reach, until it ends."""
    if connection.dialect.name == "postgresql":
        text = reach.value if isinstance(reach, Everywhere) else reach
        run_values(connection, _SET, (text,))
    if reach_of(connection) == reach:
        return connection
    plain = connection.engine.dialect
    connection.dialect = plain if isinstance(reach, Everywhere) else tied(plain)
    return connection.execution_options(reach=reach)


def reach_of(connection: Connection) -> Reach | None:
    """None outside all that `Transactions` opens: migrations, backups, a move."""
    found: Reach | None = connection.get_execution_options().get("reach")
    return found


def workspace_of(connection: Connection) -> str:
    """The workspace that the transaction was opened for. Raises OutOfReach where there is none."""
    reach = reach_of(connection)
    if not isinstance(reach, str):
        raise OutOfReach("this is asked for one workspace: open the transaction for it")
    return reach
