"""A PostgreSQL cluster of our own, for tests and benchmarks: made, used, thrown away.

pytest-postgresql would do, but it can't start a server as root, and CI is root.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

STARTS_WITHIN_SECONDS = 30
OWNER = "pacesetter"
SETTINGS = {
    "autovacuum": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "listen_addresses": "",
    "timezone": "UTC",
}
# Durability buys a throwaway database nothing; a benchmark pays for it as an operator does.
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class NoServerError(Exception):
    """This machine has no PostgreSQL server's programs."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server, reached through a socket in its directory and so by nobody else.

    `restart` kills it without a word to anybody, and returns once it serves again.
    """

    directory: Path
    restart: Callable[[], None] = field(compare=False, repr=False)

    def url(self, database: str) -> str:
        """The SQLAlchemy address of one database, as an operator would write it.

        Its role owns the database and may do no more: policies hold for it.
        """
        return f"postgresql://{OWNER}@/{database}?host={self.directory}"

    def create(self, database: str, *, template: str = "template0") -> str:
        """Makes a database, a copy of the template where one is named, and returns its address."""
        self._run("CREATE DATABASE {} OWNER {} TEMPLATE {}", database, OWNER, template)
        return self.url(database)

    def drop(self, database: str) -> None:
        """Removes a database, whoever is still connected to it."""
        self._run("DROP DATABASE {} WITH (FORCE)", database)

    def _run(self, statement: LiteralString, *names: str) -> None:
        with psycopg.connect(as_superuser(self.url("postgres")), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def admit_owner(self) -> None:
        """Makes the role that databases belong to."""
        self._run("CREATE ROLE {} LOGIN", OWNER)


def as_superuser(url: str) -> str:
    """The same database, as whoever may do everything in it."""
    return url.replace(f"//{OWNER}@", "//postgres@")


def server_programs() -> Path:
    """The folder of initdb and postgres; Debian keeps it off PATH. Raises NoServerError."""
    places = [Path(which).parent] if (which := shutil.which("initdb")) else []
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        places.append(Path(answer.stdout.strip()))
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoServerError("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")


@contextmanager
def running_cluster(*, is_durable: bool = False) -> Iterator[Cluster]:
    """A fresh cluster until the block ends. Raises NoServerError."""
    programs = server_programs()
    # Not under pytest's tmp_path: that is root's alone, and too long a path for a socket.
    directory = Path(tempfile.mkdtemp(prefix="pacesetter-pg-"))
    owner = _owner()
    if owner:
        shutil.chown(directory, owner)
    data = directory / "data"
    try:
        _initialise(programs, data, owner)
        settings = SETTINGS if is_durable else SETTINGS | NOT_DURABLE
        with _serving(programs, data, owner, settings) as cluster:
            yield cluster
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _owner() -> str | None:
    """Who the server runs as: it refuses to be root. None stands for whoever we are."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _initialise(programs: Path, data: Path, owner: str | None) -> None:
    command = [str(programs / "initdb"), "--pgdata", str(data), "--username", "postgres"]
    command += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    subprocess.run(
        command, user=owner, cwd=data.parent, check=True, stdout=subprocess.DEVNULL, timeout=120
    )


@contextmanager
def _serving(
    programs: Path, data: Path, owner: str | None, settings: Mapping[str, str]
) -> Iterator[Cluster]:
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(data.parent)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    if setpriv := shutil.which("setpriv"):  # no server outlives a killed test run
        command = [setpriv, "--pdeathsig", "INT", "--", *command]
    servers: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        with (data.parent / "log").open("ab") as log:
            servers.append(
                subprocess.Popen(command, user=owner, cwd=data.parent, stdout=log, stderr=log)
            )
        _wait(cluster, servers[-1])

    def restart() -> None:
        servers[-1].send_signal(signal.SIGQUIT)  # "immediate": as if the power had gone
        servers[-1].wait(timeout=30)
        start()

    cluster = Cluster(data.parent, restart)
    try:
        start()
        cluster.admit_owner()
        yield cluster
    finally:
        servers[-1].send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
        servers[-1].wait(timeout=30)


def _wait(cluster: Cluster, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            psycopg.connect(as_superuser(cluster.url("postgres"))).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (cluster.directory / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from None
            time.sleep(0.05)
        else:
            return
