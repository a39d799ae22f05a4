"""What the tests of the command line share."""

import pytest

from bot.__main__ import main
from tests.cli.commands import Ended, Here
from tests.logging_state import logging_restored


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    """Runs the command in this process, with its error boundary: a fraction of the time."""

    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        with logging_restored(), pytest.raises(SystemExit) as ended:
            main(arguments)
        told = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, told.out, told.err)

    return run
