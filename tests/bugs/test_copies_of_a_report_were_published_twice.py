"""Two files of one report: the second went out beside the first where it lacked a number or a table, or had no tables;
a copy that nobody could read held the one that was clean; and a corrected number came back from the copy.
"""

import re
from datetime import date

import pytest

from flows.check import check
from flows.draft import drafts
from tests.flows.reports import SAMPLES, readings
from transforms.decisions import Decision

pytestmark = pytest.mark.usefixtures("one_engine")

FIRST = (SAMPLES / "county-aggregate-clean.html").read_text()
SAME = FIRST + "\n"
WRONG = FIRST.replace(">48213<", ">482130<")
PLANTED = (SAMPLES / "t3-row-planted.html").read_text()
ROW = re.compile(r"<tr>(?:(?!</tr>).)*>198</td></tr>")
SAID = {"who": "L", "decided_on": date(2026, 3, 1), "reason": "R"}


@pytest.fixture
def run(tmp_path):
    def tables(decisions=(), /, **texts):
        read = readings(tmp_path, {name: text.encode() for name, text in texts.items()})
        return check(read, decisions=decisions).tables

    return tables


def sources(tables, name="analytics.facts", **only):
    """Which files the rows of a table come from."""
    named = (
        tables[name].filter(**only).join(tables["quality.reports"].select("report_id", source="source"), "report_id")
    )
    return sorted(set(named["source" if "source" in named.columns else "source_right"]))


def correction(tables):
    cell = tables["quality.cells"].filter(metric="licensing_decisions", value=482130.0).row(0, named=True)
    about = {name: cell[name] for name in ("report_id", "section", "metric", "origin", "locator", "printed")}
    return Decision(decision="correct", source="a", read=482130.0, value=48213.0, **about, **SAID)


@pytest.mark.parametrize(
    "copy",
    [
        SAME,
        FIRST.replace(">61<", ">61 77<"),
        re.sub(r"<table(?:(?!<table).)*>48213<.*?</table>", "", FIRST, flags=re.DOTALL),
        re.sub(r"<p>　　（一）.*?</p>", "", FIRST),
    ],
    ids=["the same", "a cell nobody can read", "a table less", "a paragraph less"],
)
def test_a_copy_that_says_nothing_more_is_not_published(run, copy):
    assert sources(run(a=copy, b=FIRST)) == (["a"] if copy == SAME else ["b"])


def test_reports_of_text_alone_are_copies_too(run):
    text = (SAMPLES / "prose-2012.txt").read_text()
    assert sources(run(a=text, b=text + "\n")) == ["a"]


def test_a_copy_without_its_first_page_takes_the_scope_of_the_one_that_says_it(run):
    bare = re.sub(r"<p>[^<]*2022.*?</p>\n|<p>　　（.*?</p>\n", "", FIRST)
    assert sources(run(a=bare, b=FIRST)) == ["b"]


def test_files_that_lack_different_numbers_say_that_they_stand_beside_each_other(run):
    made = run(a=FIRST.replace(">61<", ">61 77<"), b=FIRST.replace(">12<", ">1 2<"))
    told = made["quality.findings"].filter(identity="XR.RESTATED", outcome="fail")
    assert sources(made) == ["a", "b"]
    assert told.select("section", "left_value").rows() == [("requests", 0.0)] * 2


def test_a_copy_that_reading_holds_does_not_hold_the_clean_one(run):
    more = ROW.sub(lambda row: row[0] + re.sub(r"[^<>/]+(?=</td>)", "7", row[0]), FIRST)
    assert more != FIRST
    made = run(a=more, b=FIRST)
    assert sources(made, "quality.sections", section="requests", status="held") == ["a"]
    assert sources(made) == ["b"]


def test_a_copy_of_an_accepted_report_does_not_take_its_place(run):
    found = run(m=PLANTED)["quality.findings"].filter(outcome="fail", severity="error")
    names = ("report_id", "section", "identity", "instance", "finding_id")
    decisions = [
        Decision(decision="accept", source="m", **{name: row[name] for name in names}, **SAID)
        for row in found.iter_rows(named=True)
    ]
    made = run(decisions, a=PLANTED + "\n")
    assert sources(made) == ["m"]
    assert made["analytics.facts"].filter(review="accepted").height > 0


def test_a_corrected_number_does_not_come_back_from_a_copy(run):
    decided = [correction(run(a=WRONG, b=WRONG + "\n"))]
    licences = run(decided)["analytics.facts"].filter(metric="licensing_decisions")
    assert licences.select("value", "review").rows() == [(48213.0, "corrected")]


def test_nor_from_a_reprint_that_has_it_again(run):
    decided = [correction(run(a=WRONG))]
    made = run(decided, b=WRONG.replace(">6107<", ">6108<"))
    licences = made["analytics.facts"].filter(metric="licensing_decisions")
    assert licences.select("value", "review").rows() == [(48213.0, "corrected")]
    assert sources(made, "quality.findings", identity="corrected_elsewhere") == ["b"]


def test_a_reprint_that_prints_what_the_person_said_is_published(run):
    decided = [correction(run(a=WRONG))]
    made = run(decided, b=FIRST.replace(">6107<", ">6108<"))
    assert made["analytics.facts"].filter(metric="licensing_decisions")["value"].to_list() == [48213.0, 48213.0]
    assert made["quality.findings"].filter(identity="corrected_elsewhere").is_empty()


def test_of_three_files_the_copies_are_not_told_of_each_other(run):
    made = run(a=FIRST.replace(">61<", ">61 77<"), b=FIRST.replace(">12<", ">1 2<"), c=FIRST)
    assert sources(made) == ["c"]
    assert made["quality.findings"].filter(identity="XR.RESTATED", outcome="fail").is_empty()


def test_two_formats_of_one_draft_are_no_fault_of_it(tmp_path):
    (tmp_path / "a.html").write_text(FIRST)
    (tmp_path / "b.html").write_text(SAME)
    assert [draft.status for draft in drafts([str(tmp_path)])] == ["clean", "clean"]
