"""What is promised in seconds, added up from the limits that are set: tests with real processes
leave a slow machine more."""

from bot.cli.listening import REQUESTS_FINISH_WITHIN_S
from bot.cli.process import REPLIES_FINISH_WITHIN_S
from jobs.books import Patience
from jobs.distributed import JOBS_END_WITHIN_S, QUEUE_CLOSES_WITHIN_S
from jobs.embedded import CUT_SHORT_WITHIN_S, FINISH_WITHIN_S
from jobs.ticking import Tempo


def test_what_a_killed_worker_was_about_to_send_is_there_in_less_than_30_seconds() -> None:
    tempo, patience = Tempo(), Patience()
    free = max(patience.lease.total_seconds(), tempo.silent)
    assert free + tempo.sweep + patience.settles.total_seconds() < 30


def test_run_ends_in_ten_seconds() -> None:
    sends = FINISH_WITHIN_S + CUT_SHORT_WITHIN_S
    assert REQUESTS_FINISH_WITHIN_S + sends + REPLIES_FINISH_WITHIN_S <= 10


def test_a_worker_ends_in_less_than_ten_seconds() -> None:
    assert Tempo().finish + JOBS_END_WITHIN_S + QUEUE_CLOSES_WITHIN_S < 10
