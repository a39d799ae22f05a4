"""What only chances are reckoned with takes 33 MB: `/log` alone never loads it."""

import json
import subprocess
import sys

import pytest

CHANCES_ALONE = {"numpy", "scipy"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.mark.usefixtures("team")
def test_log_alone_leaves_unloaded_what_only_chances_need(sqlite_url: str) -> None:
    """Another request does load it: the name is right, and the look is, too."""
    command = [sys.executable, "-m", "tests.handlers.logging_alone", sqlite_url]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    after_log, after_pace = map(set, json.loads(ended.stdout))
    assert CHANCES_ALONE.isdisjoint(after_log)
    assert after_pace >= CHANCES_ALONE
