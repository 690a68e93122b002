"""Whole runs as a user starts them: what a second run reads, what a busy home and a broken gate do, and their words."""

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.lock import one_run
from flows.orchestration import server
from tests.flows.reports import SAMPLES


@pytest.fixture(scope="module")
def prefect_url(tmp_path_factory):
    with server(tmp_path_factory.mktemp("prefect")) as url:
        yield url


@pytest.fixture(scope="module")
def gongkai(prefect_url):
    def call(home, *words, **environment):
        return subprocess.run(
            [sys.executable, "-c", "from flows.cli import main; main()", "--home", str(home), *map(str, words)],
            env={**os.environ, "PREFECT_API_URL": prefect_url, "COLUMNS": "200", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    return call


@pytest.fixture(scope="module")
def first(gongkai, tmp_path_factory):
    home = tmp_path_factory.mktemp("run") / "home"
    return home, gongkai(home, "run", SAMPLES)


def fingerprints(home):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (home / "parquet").iterdir()}


def ask(home, sql):
    with duckdb.connect(str(home / "analytics.duckdb"), read_only=True) as base:
        return base.execute(sql).fetchall()


def test_the_first_run_tells_what_was_held_and_rejected(first):
    home, done = first
    assert done.returncode == 0, done.stderr
    assert "t3-row-planted.html" in done.stdout
    assert "empty.txt" in done.stdout
    assert (home / "quality" / "index.html").is_file()
    assert (home / "quality" / "docs" / "gx" / "index.html").is_file()


def test_every_value_in_analytics_has_a_state_that_carries_one(first):
    home, _ = first
    odd = "value IS NULL OR state NOT IN ('reported', 'approximate', 'inferred', 'derived')"
    assert ask(home, f"SELECT count(*) FROM analytics.facts WHERE {odd}") == [(0,)]


def test_no_number_of_a_held_section_is_published(first):
    home, _ = first
    in_held = """
        SELECT count(*) FROM analytics.facts
        JOIN quality.cells USING (report_id, metric, applicant, origin, item, locator)
        SEMI JOIN (FROM quality.sections WHERE status = 'held') USING (report_id, section)"""
    assert ask(home, in_held) == [(0,)]
    assert ask(home, "SELECT count(*) > 0 FROM quality.sections WHERE status = 'held'") == [(True,)]


def test_a_second_run_reads_nothing_and_writes_the_same_bytes(first, gongkai):
    home, _ = first
    before = fingerprints(home)
    done = gongkai(home, "run", SAMPLES)
    assert done.returncode == 0, done.stderr
    assert ask(home, "SELECT documents_read FROM quality.runs ORDER BY started_at DESC LIMIT 1") == [(0,)]
    assert fingerprints(home) == before


def test_new_bytes_of_a_source_replace_the_old_report(gongkai, tmp_path):
    source = tmp_path / "report.html"
    shutil.copy(SAMPLES / "t3-row-planted.html", source)
    gongkai(tmp_path / "home", "run", source)
    shutil.copy(SAMPLES / "county-aggregate-clean.html", source)
    gongkai(tmp_path / "home", "run", source)
    assert ask(tmp_path / "home", "SELECT agency, status FROM quality.reports") == [("海盐县人民政府", "published")]


def test_bad_files_alone_are_named_and_the_run_ends_well(gongkai, tmp_path):
    done = gongkai(tmp_path / "home", "run", SAMPLES / "empty.txt", SAMPLES / "guide.html", tmp_path / "missing")
    assert done.returncode == 0, done.stderr
    assert "missing" in done.stderr + done.stdout
    rows = ask(tmp_path / "home", "SELECT reason FROM quality.reports ORDER BY reason")
    assert rows == [("empty_file",), ("not_a_report_guide",)]


def test_a_second_run_at_the_same_time_says_so(first, gongkai):
    home, _ = first
    with one_run(home):
        done = gongkai(home, "run", SAMPLES)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr


def test_nothing_to_read_is_a_usage_error(gongkai, tmp_path):
    assert gongkai(tmp_path / "home", "run", tmp_path / "nowhere").returncode == 2


def test_a_gate_that_breaks_publishes_nothing_and_leaves_yesterday(first, prefect_url, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(first[0], home, symlinks=True)
    before = (home / "analytics.duckdb").read_bytes()
    broken = tmp_path / "broken.sql"
    broken.write_text(gate_sql().replace("WHEN '=' THEN l - r", "WHEN '=' THEN l - r + 1"), "utf-8")
    code = (
        "import expectations.gate as gate; from pathlib import Path; "
        f"gate.SUMS = Path({str(broken)!r}); from flows.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--home", str(home), "run", str(SAMPLES)],
        env={**os.environ, "PREFECT_API_URL": prefect_url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stderr
    assert "disagree" in done.stdout
    assert (home / "analytics.duckdb").read_bytes() == before


def test_a_file_of_decisions_that_cannot_be_read_publishes_nothing(first, gongkai, tmp_path):
    home, _ = first
    before = (home / "analytics.duckdb").read_bytes()
    (tmp_path / "reviews.csv").write_text("decision,who\naccept,me\n", "utf-8")
    done = gongkai(home, "run", "--reviews", tmp_path / "reviews.csv", SAMPLES)
    assert done.returncode == 3
    assert "line 1" in done.stderr and "Traceback" not in done.stderr
    assert (home / "analytics.duckdb").read_bytes() == before


def test_what_a_person_decided_is_published_by_every_run_until_the_document_changes(gongkai, tmp_path):
    home, mine, source = tmp_path / "home", tmp_path / "reviews.csv", tmp_path / "t4.html"
    shutil.copy(SAMPLES / "t4-reconsideration-planted.html", source)
    gongkai(home, "run", source)
    sql = "SELECT finding_id FROM quality.findings WHERE identity = 'T4.REV'"
    ((finding,),) = ask(home, sql)
    by = ("--who", "me", "--reason", "so", "--reviews", mine)
    assert gongkai(home, "review", "accept", finding, *by).returncode == 0
    section = (
        "SELECT s.status FROM quality.sections s JOIN quality.reports USING (report_id) WHERE section = 'remedies'"
    )
    # Once more after the first time: everything is read anew, in another order.
    for words in ([source], ["--full", SAMPLES / "text-a2.txt", source]):
        done = gongkai(home, "run", *words, "--reviews", mine)
        assert done.returncode == 0, done.stderr
        assert "me" in done.stdout and "已采用" in done.stdout
        assert ask(home, f"{section} AND source LIKE '%t4.html'") == [("accepted",)]
        assert ask(home, "SELECT who, status FROM quality.reviews") == [("me", "applied")]
    source.write_bytes(source.read_bytes() + b"\n")
    assert gongkai(home, "run", source, "--reviews", mine).returncode == 0
    assert ask(home, f"{section} AND source LIKE '%t4.html'") == [("held",)]
    assert ask(home, "SELECT who, status FROM quality.reviews") == [("me", "outdated")]


DOCS = Path(__file__).parents[2]
COMMANDS = [
    line.removeprefix("$ gongkai ")
    for page in (DOCS / "README.md", *sorted((DOCS / "docs").glob("*.md")))
    for line in page.read_text("utf-8").splitlines()
    if line.startswith("$ gongkai ") and not line.startswith("$ gongkai run")
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[:40])
def test_commands_of_the_docs_run(first, gongkai, command, tmp_path):
    done = gongkai(first[0], *shlex.split(command), GONGKAI_REVIEWS=str(tmp_path / "reviews.csv"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def gate_sql():
    return (Path(__file__).parents[2] / "expectations" / "judged.sql").read_text("utf-8")
