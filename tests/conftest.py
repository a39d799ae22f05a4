"""What all tests share."""

import os

os.environ.setdefault("COMMANDS_PER_MINUTE", "0")  # tests type faster than people

pytest_plugins = ["tests.databases", "tests.sessions", "tests.skips"]
