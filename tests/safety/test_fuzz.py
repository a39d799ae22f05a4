"""Signed requests that Slack would never send: no 5xx, no accident in the log, and no row changed
that the person may not change. `FUZZ_REQUESTS=100000` (`make fuzz`) sends more than usual."""

import os
from random import Random

import pytest

from tests.handlers.conftest import Running
from tests.safety.fuzzing import Fuzz
from tests.safety.mutations import name_of
from tests.safety.recorded import every_name, recorded
from tests.safety.twins import Twins

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "600"))
SEED = int(os.environ.get("FUZZ_SEED", "7"))


@pytest.fixture
async def fuzz(running: Running, twins: Twins) -> Fuzz:
    return Fuzz(running, twins, await recorded(running), Random(SEED))


async def test_every_handle_is_among_what_is_mutated(fuzz: Fuzz) -> None:
    assert every_name(fuzz.running) - {name_of(body) for body in fuzz.real} == set()


async def test_no_request_breaks_the_bot_or_reaches_what_is_not_the_persons(fuzz: Fuzz) -> None:
    await fuzz.send(REQUESTS)
