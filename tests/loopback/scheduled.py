"""`python -m tests.loopback.scheduled`: a worker on loopback executes a scheduled run of prefect.yaml's nightly.

Everything happens in a folder of its own under the system's temporary folder; takes two to five minutes.
"""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import duckdb

from tests.loopback.stage import REPOSITORY, Stage, background, server, until

EVERY_MINUTE = ("--cron", "* * * * *", "--timezone", "Asia/Shanghai")
RUN_SECONDS = 600
COUNTS = """
SELECT (SELECT count(*) FROM quality.reports) AS files,
       (SELECT count(*) FROM analytics.reports) AS reports,
       (SELECT count(*) FROM analytics.facts) AS facts,
       (SELECT count(*) FROM quality.sections WHERE status = 'held') AS sections_held
"""


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-loopback-") as folder:
        home = Path(folder) / "home"
        with server(Path(folder)) as bare:
            stage = with_sources(bare, home)
            say(f"server       {stage.url}")
            stage.prefect("work-pool", "create", "local-proc", "--type", "process")
            stage.prefect("--no-prompt", "deploy", "--name", "nightly", *EVERY_MINUTE)
            say("deployed     nightly of prefect.yaml, its schedule set to every minute")
            with background(stage, "worker", "worker", "start", "--pool", "local-proc", "--limit", "1"):
                show(completed(stage))
        show_tables(home / "analytics.duckdb")


def with_sources(stage: Stage, home: Path) -> Stage:
    """The stage with the places that prefect.yaml asks the environment for."""
    places = {"GONGKAI_SOURCES": str(REPOSITORY / "data" / "samples"), "GONGKAI_HOME": str(home)}
    return replace(stage, environment=stage.environment | places)


def completed(stage: Stage) -> dict:
    """The first scheduled run that a worker completed; raises with the server's word when one failed."""

    def ended() -> list[dict]:
        wrong = stage.in_state("FAILED") + stage.in_state("CRASHED")
        if wrong:
            worker = (stage.folder / "worker.log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"{wrong[0]['name']}: {wrong[0]['state']['message']}\n{worker}")
        return stage.in_state("COMPLETED")

    first = until("a run is scheduled", lambda: stage.in_state("SCHEDULED"))[-1]
    say(f"scheduled    {first['name']} for {first['expected_start_time']}")
    return until("a scheduled run is completed", ended, RUN_SECONDS)[-1]


def show(run: dict) -> None:
    by = run["created_by"] or {}
    say(f"completed    {run['name']} created by {by.get('type')}, worker process {run['infrastructure_pid']}")
    say(f"             expected {run['expected_start_time']}, started {run['start_time']}, ended {run['end_time']}")


def show_tables(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as database:
        found = database.sql(COUNTS)
        counts = dict(zip(found.columns, found.fetchone(), strict=True))
        last = database.sql("SELECT run_id, started_at, outcome FROM quality.runs ORDER BY started_at").fetchone()
    say(f"in DuckDB    {counts}")
    say(f"             run {last}")
    if not counts["facts"]:
        raise SystemExit("the scheduled run published nothing")


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)


if __name__ == "__main__":
    main()
