"""Drafts before publication: the verdict of a run without a run, told in plain words, with an exit code for scripts."""

import json
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import yaml
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from flows import cli
from flows.draft import Draft, drafts, judge
from flows.position import positions
from flows.reading import read_one
from flows.telling import print_drafts
from flows.terminal import screen
from flows.texts import Phrase
from tests.corpus import labels, pdf, printers, xlsx
from tests.corpus.grids import grids
from tests.corpus.reports import report
from tests.flows.reports import SAMPLES, readings
from transforms.counting import counts, no_counts

EXPECTED = yaml.safe_load((Path(__file__).parents[1] / "corpus" / "samples.yml").read_text("utf-8"))
HANZI = re.compile(r"[\u4e00-\u9fff]")


def gongkai(*words):
    return CliRunner().invoke(cli.app, ["check", *map(str, words)])


@pytest.fixture(scope="module")
def found():
    return {Path(draft.file).name: draft for draft in drafts([str(SAMPLES)])}


@pytest.mark.parametrize("entry", EXPECTED, ids=lambda entry: entry["file"])
def test_what_a_run_holds_or_rejects_is_an_error_in_a_draft(found, entry):
    draft = found[entry["file"]]
    statuses = {
        "rejected": {"unreadable"},
        "held": {"errors"},
        "partly_held": {"errors"},
        "published": {"clean", "warnings", "unchecked"},
    }
    assert draft.status in statuses[entry["status"]]
    assert (draft.status == "unchecked") <= (not (draft.checks or {}).get("pass"))
    assert (draft.reason is not None) == (entry["status"] == "rejected")
    if entry["status"] != "rejected":
        assert (draft.agency, draft.fiscal_year) == (entry["agency"], entry["fiscal_year"])
        assert {name: draft.sections[name] for name in entry["sections"]} == entry["sections"]
    if entry.get("planted"):
        assert entry["planted"]["identity"] in {problem.rule for problem in draft.problems}


def test_one_engine_says_here_what_two_say_in_a_run(tmp_path):
    from flows.check import check

    read = readings(tmp_path, {path.name: path.read_bytes() for path in SAMPLES.iterdir()})
    full = check(read).tables
    alone, sections = judge(read.documents, read.cells, read.notes)
    columns = [name for name in full["quality.findings"].columns if name not in ("finding_id", "decision")]
    assert_frame_equal(alone.select(columns), full["quality.findings"].select(columns), check_row_order=False)
    assert_frame_equal(sections, full["quality.sections"], check_row_order=False)


def test_a_number_that_is_no_count_is_noted_as_in_a_run():
    rows = [("a", "requests", "requests_new", "total", "", value) for value in (1.0, -1.0, 0.5, None)]
    rows += [
        ("a", "narrative", "proactive_items_by_category", "", "甲", 1.5),
        ("a", "narrative", "actual_spending_10k_yuan", "", "", 1.5),
    ]
    names = ["report_id", "section", "metric", "applicant", "item", "value"]
    noted = no_counts(pl.DataFrame(rows, schema=names, orient="row"))
    assert noted["place"].to_list() == ["requests_new/total"] * 2 + ["proactive_items_by_category/甲"]
    assert "requests_new" in counts()


@pytest.mark.parametrize(
    ("names", "code", "said"),
    [
        (["county-aggregate-clean.html"], 0, "没有发现问题"),
        (["prose-received-flagged.html"], 5, "提示（请核对）"),
        (["text-a9-lost.txt"], 5, "没有读到表格"),
        (["t3-row-planted.html"], 6, "错误（发布前须改正）"),
        (["t3-row-planted.html", "prose-received-flagged.html", "county-aggregate-clean.html"], 6, "共检查 3 个文件"),
        (["empty.txt"], 1, "文件为空"),
        (["county-aggregate-clean.html", "binary.txt", "t3-row-planted.html"], 1, "1 个无法检查"),
        (["county-aggregate-clean.html", "nowhere.html"], 1, "nowhere.html"),
        (["nowhere.html"], 2, ""),
    ],
)
def test_exit_codes(names, code, said):
    shown = gongkai(*(SAMPLES / name for name in names))
    assert shown.exit_code == code, shown.output
    assert said in shown.stdout


def test_a_problem_is_told_with_its_place_and_what_to_do():
    shown = gongkai(SAMPLES / "t3-row-planted.html").stdout
    told = [line for line in shown.splitlines() if "本机关不掌握相关政府信息 · 自然人：“17”" in line]
    line = told[0]  # the cell stands in two sums
    assert "第 2 张表第 16 行第 4 列" in line
    number = int(re.search(r"文件第 (\d+) 行", line)[1])
    assert "17" in (SAMPLES / "t3-row-planted.html").read_text("utf-8").splitlines()[number - 1]
    assert "建议：" in shown


def test_a_broken_file_does_not_hide_what_is_wrong_in_the_others():
    shown = gongkai(SAMPLES / "binary.txt", SAMPLES / "t3-row-planted.html").stdout
    assert "[T3.ROW]" in shown and "[T3.TOTAL]" in shown


def test_english_is_english():
    shown = gongkai("--english", SAMPLES / "t3-row-planted.html").stdout
    # The agency, and the cells of a proposal, go by their names.
    body = [line for line in shown.splitlines() if "t3-row" not in line and "→" not in line]
    assert not HANZI.search("\n".join(body)) and "the six applicants add up to 18" in shown


def test_json_is_what_the_docs_say():
    told = json.loads(gongkai("--json", SAMPLES / "t3-row-planted.html", SAMPLES / "empty.txt").stdout)
    assert told["version"] == 1
    assert told["summary"] == {"clean": 0, "warnings": 0, "errors": 1, "unchecked": 0, "unreadable": 1}
    wrong, empty = told["files"]
    assert empty["status"] == "unreadable" and empty["reason"]["zh"] == "文件为空。" and empty["problems"] == []
    problem = next(each for each in wrong["problems"] if each["rule"] == "T3.ROW")
    number = next(each for each in problem["numbers"] if each["applicant"] == "natural_person")
    assert (problem["left"], problem["right"], number["printed"], number["value"]) == (18.0, 15.0, "17", 17.0)
    documented = set(
        re.findall(r"^\| `([a-z_]+)`", (SAMPLES.parents[1] / "docs" / "check.md").read_text("utf-8"), re.MULTILINE)
    )
    assert {*told, *wrong, *problem, *number} <= documented


def test_the_same_bytes_under_two_names_are_answered_for_both(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes((SAMPLES / "text-a1.txt").read_bytes())
    assert [Path(draft.file).name for draft in drafts([str(tmp_path)])] == ["a.txt", "b.txt"]


def test_neither_server_nor_database_nor_second_engine_is_loaded():
    code = (
        "import sys; from flows.draft import drafts; from flows import telling, terminal\n"
        f"drafts([{str(SAMPLES / 't3-row-planted.html')!r}])\n"
        "print([name for name in ('prefect', 'great_expectations', 'duckdb', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_draft_cannot_steer_the_terminal(capsys):
    reason = Phrase(zh="\x1b]0;x\x07", en="\u202ex")
    print_drafts([Draft(file="in/\x1b[2Ja.html", status="unreadable", reason=reason)], "zh", screen())
    assert not {"\x1b", "\x07"} & set(capsys.readouterr().out)


def on_paper(made):
    parts = zip(labels.HEADINGS[1:4], grids(made.filled.cells), strict=True)
    return [made.title, made.narrative.preamble.text, *(block for part in parts for block in part)]


PRINTED = {
    "a.html": lambda made: printers.as_html(made, "plain").encode(),
    "a.txt": lambda made: printers.as_text(made, "A7").encode(),
    "a.xlsx": lambda made: xlsx.as_xlsx(made, xlsx.KINDS[0]),
    "a.pdf": lambda made: pdf.as_pdf(on_paper(made)),
}
SHOWS = {"a.html": "line", "a.txt": "line", "a.xlsx": "cell", "a.pdf": "page"}


@pytest.mark.parametrize("name", PRINTED)
def test_every_number_of_a_table_is_shown_where_the_file_has_it(name):
    data = PRINTED[name](report(1))
    find = positions(data, name)
    numbers = [item for item in read_one(data, name).readings if item.origin == "table" and item.printed][:12]
    assert numbers
    for item in numbers:
        position = find(item.locator)
        assert getattr(position, SHOWS[name]), item
        if SHOWS[name] == "line":
            assert item.printed.strip() in data.decode().splitlines()[position.line - 1]


@pytest.mark.parametrize("at", ["", "t99/r0/c0", "p999/1-2", "nonsense"])
def test_a_place_that_is_not_there_is_not_shown(at):
    data = printers.as_html(report(1), "plain").encode()
    assert positions(data, "a.html")(at).line == 0
