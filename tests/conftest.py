"""What all tests share."""

pytest_plugins = ["tests.databases", "tests.sessions", "tests.skips"]
