"""Connections that died while nobody used them."""

import time

from sqlalchemy import select, text

from bot.db.engine import make_engine

WHO = text("SELECT pg_backend_pid()")
END_THE_OTHERS = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_a_connection_that_died_at_rest_is_replaced(postgresql_url: str) -> None:
    engine, other = make_engine(postgresql_url), make_engine(postgresql_url)
    with engine.connect() as one, engine.connect() as two:
        before = {one.scalar(WHO), two.scalar(WHO)}
    with other.connect() as connection:
        assert connection.scalar(END_THE_OTHERS) == 2
    time.sleep(1.1)
    with engine.connect() as one, engine.connect() as two:
        assert {one.scalar(WHO), two.scalar(WHO)}.isdisjoint(before)
    engine.dispose()
    other.dispose()


def test_a_connection_in_use_again_at_once_is_the_same(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url)
    with engine.connect() as connection:
        before = connection.scalar(WHO)
    with engine.connect() as connection:
        assert connection.scalar(WHO) == before
        assert connection.scalar(select(1)) == 1
    engine.dispose()
