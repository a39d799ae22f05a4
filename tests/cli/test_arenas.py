"""All threads share one heap."""

import platform
import re
import subprocess
import sys

import pytest

_THREADS = """
import ctypes, threading
{first}
together = threading.Barrier(4)
def allocate():
    kept = [bytes(2_000) for _ in range(100)]
    together.wait()
threads = [threading.Thread(target=allocate) for _ in range(4)]
for each in threads: each.start()
for each in threads: each.join()
ctypes.CDLL(None).malloc_stats()
"""
_SHARED = "from bot.cli.serving import share_one_arena; share_one_arena()"

pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only glibc has a heap for each thread"
)


def arenas(first: str) -> int:
    """How many heaps a process has after four threads have allocated at once."""
    script = _THREADS.format(first=first)
    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stderr
    return len(re.findall(r"^Arena \d+:$", told, re.MULTILINE))


def test_threads_of_a_bot_share_one_heap() -> None:
    assert arenas("") > 1
    assert arenas(_SHARED) == 1
