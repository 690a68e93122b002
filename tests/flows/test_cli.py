"""The command as a user meets it: words, exit codes, and how soon it answers."""

import json
import resource
import subprocess
import sys
import types
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows import cli
from flows.lock import HomeBusy
from flows.outcome import Summary
from flows.reviews import REVIEWS, ReviewsError
from tests.flows.frames import database, tables

HEAVY = ("prefect", "great_expectations", "polars", "duckdb", "pandas", "numpy", "sqlalchemy")


def gongkai(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def test_help_answers_at_once_and_loads_nothing_heavy():
    code = (
        "import sys; sys.argv = ['gongkai', '--help']\n"
        "from flows.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"loaded = [name for name in {HEAVY} if name in sys.modules]\n"
        "assert not loaded, loaded"
    )
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode == 0, done.stderr
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.5
    assert "gongkai run data/samples" in done.stdout


@pytest.mark.parametrize("command", ["run", "sql", "trace", "show", "review"])
def test_each_command_has_help_with_an_example(command):
    shown = gongkai(command, "--help")
    assert shown.exit_code == 0
    assert f"  gongkai {command} " in shown.stdout


def test_exit_codes_are_told_in_help():
    shown = gongkai("--help").stdout
    for code in (0, cli.UNANSWERED, cli.USAGE, cli.STOPPED, cli.BUSY):
        assert f"\n    {code}  " in shown


def test_version(monkeypatch):
    monkeypatch.setattr(cli, "version", lambda name: "1.2.3")
    assert gongkai("--version").stdout == "gongkai 1.2.3\n"


@pytest.fixture
def pipeline(monkeypatch):
    """A pipeline that remembers what it was asked and gives the summary that the test wants."""
    fake = types.ModuleType("flows.pipeline")
    fake.asked = []
    fake.summary = summary()

    def run(sources, home, full, decided, progress):
        fake.asked.append((sources, home, full, decided))
        progress(1, 2)
        if isinstance(fake.summary, Exception):
            raise fake.summary
        return fake.summary

    fake.run = run
    monkeypatch.setitem(sys.modules, "flows.pipeline", fake)
    return fake


def summary(**values):
    counts = {"sources": 7, "read": 3, "reused": 2, "published": 4, "partly_held": 1, "held": 0, "rejected": 0}
    places = {"analytics": Path("h/analytics.duckdb"), "site": Path("h/quality/index.html")}
    rows = {"held_rows": (), "rejected_rows": (), "decided_rows": (), "lost_sections": 5, "facts": 1240, "findings": 6}
    head = {"run_id": "run-1", "outcome": "published", "detail": "", "seconds": 4.21}
    return Summary(**(head | counts | rows | places | values))


@pytest.fixture
def report_file(tmp_path):
    path = tmp_path / "in" / "one.txt"
    path.parent.mkdir()
    path.write_text("x")
    return path


def test_run_tells_what_it_did(pipeline, report_file):
    shown = gongkai("run", report_file)
    assert shown.exit_code == 0
    assert "4.2" in shown.stdout and "1,240" in shown.stdout
    assert "h/analytics.duckdb" in shown.stdout and "h/quality/index.html" in shown.stdout


def test_held_and_rejected_come_with_their_reasons(pipeline, report_file):
    pipeline.summary = summary(
        held_rows=(("in/a.html", "requests", "总计不符", "total off"), ("in/a.html", "remedies", "另一处", "another")),
        rejected_rows=(("in/b.bin", "binary_file", "不是文字", "no text"),),
    )
    shown = gongkai("run", report_file).stdout
    for word in ("in/a.html", "总计不符", "total off", "另一处", "in/b.bin", "不是文字", "no text", "(1)"):
        assert word in shown
    assert shown.count("in/a.html") == 1


def test_what_people_decided_is_told_with_what_became_of_it(pipeline, report_file):
    pipeline.summary = summary(decided_rows=(("in/a.html", "outdated", "更正（李四，2026-03-01，来函）", "corrected"),))
    shown = gongkai("run", report_file).stdout
    for word in ("in/a.html", "须重新决定", "李四，2026-03-01，来函", "corrected"):
        assert word in shown


def test_a_long_list_is_cut_and_says_so(pipeline, report_file):
    pipeline.summary = summary(held_rows=tuple((f"in/{i:03}.html", "requests", "不符", "off") for i in range(33)))
    shown = gongkai("run", report_file).stdout
    assert "in/019.html" in shown and "in/020.html" not in shown
    assert "and 13 more: see h/quality/index.html" in shown


def test_a_report_cannot_steer_the_terminal(pipeline, report_file):
    pipeline.summary = summary(held_rows=(("in/\x1b[2Ja.html", "requests", "[red]\x1b]0;x\x07", "\u202eoff"),))
    shown = gongkai("run", report_file).stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "[red]" in shown


@pytest.mark.parametrize(
    ("arguments", "home"),
    [
        (["run", "{file}"], "data/home"),
        (["--home", "before", "run", "{file}"], "before"),
        (["run", "{file}", "--home", "after"], "after"),
        (["--home", "before", "run", "--home", "after", "{file}"], "after"),  # the nearer one wins
    ],
)
def test_home_may_stand_before_or_after_the_command(pipeline, report_file, arguments, home):
    gongkai(*(argument.format(file=report_file) for argument in arguments))
    assert [asked[1] for asked in pipeline.asked] == [Path(home)]


def test_full_is_passed_on(pipeline, report_file):
    gongkai("run", "--full", report_file)
    assert [asked[2] for asked in pipeline.asked] == [True]


def test_a_missing_path_is_named_and_the_rest_goes_on(pipeline, report_file):
    shown = gongkai("run", "no/such/folder", report_file)
    assert "no/such/folder" in shown.stderr
    assert shown.exit_code == 0 and len(pipeline.asked) == 1


@pytest.mark.parametrize("source", ["{folder}/nothing", "{folder}/*.pdf", "{folder}/empty"])
def test_nothing_to_read_is_a_usage_error(pipeline, tmp_path, source):
    (tmp_path / "empty").mkdir()
    shown = gongkai("run", source.format(folder=tmp_path))
    assert shown.exit_code == cli.USAGE and not pipeline.asked
    assert "Nothing to read" in shown.stderr


@pytest.mark.parametrize("source", ["{folder}", "{folder}/one.*", "{folder}/../**/one.txt"])
def test_folders_and_patterns_are_read(pipeline, report_file, source):
    assert gongkai("run", source.format(folder=report_file.parent)).exit_code == 0
    assert len(pipeline.asked) == 1


def test_a_stopped_run_has_its_own_exit_code(pipeline, report_file):
    pipeline.summary = summary(outcome="stopped", detail="keys not unique")
    shown = gongkai("run", report_file)
    assert shown.exit_code == cli.STOPPED
    assert "keys not unique" in shown.stdout and "Nothing was published" in shown.stdout


def test_a_second_run_at_the_same_time_has_its_own_exit_code(pipeline, report_file, tmp_path):
    pipeline.summary = HomeBusy(tmp_path, 17)
    shown = gongkai("--home", tmp_path, "run", report_file)
    assert shown.exit_code == cli.BUSY and str(tmp_path) in shown.stderr


def test_decisions_are_those_of_the_project_or_of_a_file_that_is_named(pipeline, report_file):
    gongkai("run", report_file)
    gongkai("run", "--reviews", "mine.csv", report_file)
    assert [asked[3] for asked in pipeline.asked] == [REVIEWS, Path("mine.csv")]


def test_decisions_that_cannot_be_read_stop_the_run(pipeline, report_file):
    pipeline.summary = ReviewsError(Path("mine.csv"), "line 7: who")
    shown = gongkai("run", "--reviews", "mine.csv", report_file)
    assert shown.exit_code == cli.STOPPED and "mine.csv: line 7: who" in shown.stderr


@pytest.fixture
def home(tmp_path):
    facts = [{"report_id": f"{i:016}", "metric": "requests_new", "value": float(i)} for i in range(150)]
    database(tmp_path, tables(analytics_facts=facts))
    return tmp_path


def test_sql_prints_a_table(home):
    shown = gongkai("sql", "select metric, value, fiscal_year from analytics.facts where value = 7", "--home", home)
    assert shown.exit_code == 0
    assert shown.stdout.split()[:3] == ["metric", "value", "fiscal_year"]
    assert shown.stdout.split()[-3:] == ["requests_new", "7", "NULL"]  # NULL is not zero and not empty


def test_a_long_answer_is_cut_on_the_screen_only(home):
    shown = gongkai("--home", home, "sql", "from analytics.facts")
    assert shown.stdout.count("requests_new") == cli.SHOWN and "50 more rows" in shown.stderr
    assert gongkai("--home", home, "sql", "--csv", "from analytics.facts").stdout.count("requests_new") == 150


def test_csv_and_json(home):
    question = "select metric, value, fiscal_year, date '2024-01-02' as day from analytics.facts where value = 7"
    csv = gongkai("--home", home, "sql", "--csv", question).stdout
    assert csv == "metric,value,fiscal_year,day\nrequests_new,7.0,,2024-01-02\n"
    answer = json.loads(gongkai("--home", home, "sql", "--json", question).stdout)
    assert answer == [{"metric": "requests_new", "value": 7.0, "fiscal_year": None, "day": "2024-01-02"}]


def test_sql_without_a_statement_lists_the_tables(home):
    shown = gongkai("--home", home, "sql").stdout
    assert "analytics.facts" in shown and "150" in shown and "One row per number that passed the gate." in shown


@pytest.mark.parametrize(
    "statement",
    [
        "drop table analytics.facts",
        "insert into analytics.facts select * from analytics.facts",
        "copy analytics.facts to '{home}/out.csv'",
        "select nothing",
        "selekt 1",
    ],
)
def test_sql_changes_nothing_and_says_what_is_wrong(home, statement):
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    shown = gongkai("--home", home, "sql", statement.format(home=home))
    assert shown.exit_code == cli.UNANSWERED and "The SQL does not run" in shown.stderr
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_without_a_database_it_says_what_to_do(tmp_path):
    shown = gongkai("--home", tmp_path, "sql", "select 1")
    assert shown.exit_code == cli.UNANSWERED and "gongkai run PATH" in shown.stderr
    assert gongkai("--home", tmp_path, "trace", "x", "y").exit_code == cli.UNANSWERED


def test_trace_lists_what_it_could_have_meant(tmp_path):
    reports = [{"report_id": name * 16, "source": f"in/{name}.html"} for name in "ab"]
    database(tmp_path, tables(quality_reports=reports))
    shown = gongkai("--home", tmp_path, "trace", "in/", "requests_new")
    assert shown.exit_code == cli.UNANSWERED
    assert "in/a.html" in shown.stderr and "in/b.html" in shown.stderr


def test_show_of_a_file_that_is_none_is_a_usage_error(tmp_path):
    assert gongkai("show", tmp_path / "none.html").exit_code == cli.USAGE
