"""What of Procrastinate is ours to keep up with."""

from pathlib import Path

from procrastinate.schema import SchemaManager

import migrations

KEPT = Path(migrations.__file__).parent / "versions" / "procrastinate_3_10.sql"


def test_the_tables_that_are_migrated_are_those_that_procrastinate_expects() -> None:
    """Where this fails, the new version's own migrations are to become one of ours."""
    assert KEPT.read_text(encoding="utf-8") == SchemaManager.get_schema()
