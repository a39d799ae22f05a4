"""`make bench`: a table of all measures, and a list of them in the file that BENCH_JSON names."""

import json
import os
from pathlib import Path

from benchmarks.diagnosis import measure_diagnosis
from benchmarks.digest import measure_digest
from benchmarks.forecast import measure_forecast
from benchmarks.links import measure_links
from benchmarks.log_command import measure_log_command
from benchmarks.planning import measure_planning
from benchmarks.sending import measure_sending
from benchmarks.worker_memory import measure_worker_memory


def main() -> None:
    """Measures, prints, writes."""
    measures = [
        *measure_log_command(),
        *measure_forecast(),
        *measure_diagnosis(),
        *measure_links(),
        *measure_planning(),
        *measure_digest(),
        *measure_sending(),
        *measure_worker_memory(),
    ]
    for measure in measures:
        print(measure)
    if target := os.environ.get("BENCH_JSON"):
        rows = [measure.as_json() for measure in measures]
        Path(target).write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
