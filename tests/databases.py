"""Databases for tests: each test its own, of the newest schema, on SQLite and on PostgreSQL.

The schema is made once a session, by the migrations, and copied for each test.
"""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.postgresql import Cluster, NoServerError, running_cluster

_TEMPLATE = "template_migrated"
_number = count(1)


def _migrate(url: str) -> None:
    from bot.db.migrate import upgrade

    upgrade(url)


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this session's own; its tests are skipped where there is none."""
    try:
        with running_cluster() as cluster:
            yield cluster
    except NoServerError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def _postgresql_template(postgresql_cluster: Cluster) -> str:
    _migrate(postgresql_cluster.create(_TEMPLATE))
    return _TEMPLATE


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def new_postgresql(postgresql_cluster: Cluster) -> Iterator[Callable[[str], str]]:
    """Makes databases, each a copy of a template, that vanish after the test."""
    made: list[str] = []

    def create(template: str) -> str:
        made.append(f"test_{next(_number)}")
        return postgresql_cluster.create(made[-1], template=template)

    yield create
    for database in made:
        postgresql_cluster.drop(database)


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite file."""
    path = tmp_path / "pacesetter.db"
    with sqlite3.connect(_sqlite_template) as template, sqlite3.connect(path) as copy:
        template.backup(copy)
    template.close()
    copy.close()
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_url(_postgresql_template: str, new_postgresql: Callable[[str], str]) -> str:
    """The address of a migrated PostgreSQL database."""
    return new_postgresql(_postgresql_template)


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """The address of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql_url(new_postgresql: Callable[[str], str]) -> str:
    """The address of a PostgreSQL database without tables."""
    return new_postgresql("template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without tables; the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url
