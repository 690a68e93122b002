"""What people decide, in a run: it is published as they said, and asked again only when what they saw has changed.

Polars alone judges here, which takes a tenth of the time; test_review.py and test_run.py go through the whole gate.
"""

from datetime import date

import polars as pl
import pytest

from flows.check import check
from flows.warehouse import Readings
from tests.flows.reports import SAMPLES, readings
from transforms.decisions import Decision
from transforms.reviews import decided, identified

pytestmark = pytest.mark.usefixtures("one_engine")

PLANTED = "t3-row-planted.html"
OTHER = "t4-reconsideration-planted.html"
SAID = {"who": "李四", "decided_on": date(2026, 3, 1), "reason": "电话核实"}
WRONG = {"metric": "requests_unable_not_held", "applicant": "natural_person", "origin": "table"}
KEY = ["report_id", "section", "identity", "instance"]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Two reports with a planted fault each: a cell of table 3 that is 3 too much, and one of table 4."""
    return readings(tmp_path_factory.mktemp("home"), {name: (SAMPLES / name).read_bytes() for name in (PLANTED, OTHER)})


@pytest.fixture(scope="module")
def report(read):
    return read.documents.filter(source=PLANTED)["report_id"].item()


def tables(given, *decisions):
    return check(given, decisions=decisions).tables


def failures(found, report):
    return found["quality.findings"].filter(
        (pl.col("report_id") == report) & (pl.col("outcome") == "fail") & (pl.col("severity") == "error")
    )


def about(row, decision):
    names = ("report_id", "section", "identity", "instance", "finding_id")
    return Decision(decision=decision, **{name: row[name] for name in names}, **SAID)


def decisions_on(given, report, decision):
    return [about(row, decision) for row in failures(tables(given), report).iter_rows(named=True)]


def correction(given, report, value, **changed):
    cell = given.cells.filter(report_id=report, item="", **WRONG).row(0, named=True)
    seen = {name: cell[name] for name in ("section", "locator", "printed")}
    return Decision(
        decision="correct", report_id=report, read=cell["value"], value=value, **WRONG, **(seen | changed), **SAID
    )


def section(found, report, name="requests"):
    return found["quality.sections"].filter(report_id=report, section=name).row(0, named=True)


def facts(found, report):
    return found["analytics.facts"].filter(
        (pl.col("report_id") == report) & pl.col("metric").str.starts_with("requests_")
    )


def test_without_decisions_the_section_is_held(read, report):
    found = tables(read)
    assert section(found, report)["status"] == "held"
    assert facts(found, report).filter(origin="table").is_empty()
    assert {row["identity"] for row in failures(found, report).to_dicts()} == {"T3.ROW", "T3.TOTAL"}


def test_accepted_as_printed_is_published_and_marked(read, report):
    found = tables(read, *decisions_on(read, report, "accept"))
    assert section(found, report)["status"] == "accepted"
    assert "不等于" in section(found, report)["reasons"]
    assert found["quality.reports"].filter(report_id=report)["status"].item() == "published"
    assert set(facts(found, report).filter(origin="table")["review"]) == {"accepted"}
    wrong = facts(found, report).filter(**WRONG).row(0, named=True)
    assert str(int(wrong["value"])) == wrong["printed"]
    assert set(failures(found, report)["decision"]) == {"accepted"}
    assert set(found["quality.reviews"]["status"]) == {"applied"}


def test_every_error_of_a_section_must_be_decided(read, report):
    first, *_ = decisions_on(read, report, "accept")
    assert section(tables(read, first), report)["status"] == "held"


def test_a_false_alarm_is_dismissed_and_leaves_no_mark_on_the_numbers(read, report):
    found = tables(read, *decisions_on(read, report, "dismiss"))
    assert section(found, report)["status"] == "published"
    assert set(facts(found, report)["review"]) == {""}
    assert set(failures(found, report)["decision"]) == {"dismissed"}


def test_decisions_about_one_report_leave_the_others_alone(read, report):
    other = read.documents.filter(source=OTHER)["report_id"].item()
    found = tables(read, *decisions_on(read, report, "accept"))
    assert section(found, other, "remedies")["status"] == "held"
    assert set(failures(found, other)["decision"]) == {""}


def test_a_correction_is_published_beside_what_is_printed_and_closes_the_sums(read, report):
    given = correction(read, report, value=(value := read.cells.filter(report_id=report, **WRONG)["value"].item()) - 3)
    found = tables(read, given)
    assert section(found, report)["status"] == "published"
    assert failures(found, report).is_empty()
    row = facts(found, report).filter(**WRONG).row(0, named=True)
    assert (row["value"], row["printed_value"], row["printed"]) == (value - 3, value, str(int(value)))
    assert (row["review"], row["state"], row["assurance"]) == ("corrected", "reported", "balanced")
    assert found["quality.cells"].filter(report_id=report, **WRONG)["value"].item() == value
    assert found["quality.reviews"]["status"].item() == "applied"


def test_a_correction_is_held_against_the_sums_like_any_number(read, report):
    found = tables(read, correction(read, report, value=99.0))
    assert section(found, report)["status"] == "held"
    assert facts(found, report).filter(origin="table").is_empty()
    assert "T3.ROW" in set(failures(found, report)["identity"])


@pytest.mark.parametrize("changed", [{"printed": "7"}, {"locator": "t9/r9/c9"}, {"read": 7.0}])
def test_a_correction_of_something_else_is_not_applied_and_holds_the_section(read, report, changed):
    given = correction(read, report, value=1.0).model_copy(update=changed)
    found = tables(read, given)
    (note,) = failures(found, report).filter(identity="correction_not_applied").to_dicts()
    assert WRONG["metric"] in note["sentence_en"] and "不掌握" in note["sentence"]
    assert section(found, report)["status"] == "held"
    assert found["quality.reviews"]["status"].item() == "outdated"


def test_a_correction_that_no_longer_fits_holds_a_section_that_adds_up(read, report):
    clean = read.documents.filter(source=OTHER)["report_id"].item()
    cell = read.cells.filter(report_id=clean, **WRONG).row(0, named=True)
    seen = {name: cell[name] for name in ("section", "locator")}
    given = Decision(decision="correct", report_id=clean, **WRONG, **seen, printed="?", value=1.0, **SAID)
    assert section(tables(read), clean)["status"] == "published"
    assert section(tables(read, given), clean)["status"] == "held"


def another(tmp_path, old=b"", new=b""):
    """What the source holds after the office has changed something."""
    return readings(tmp_path, {PLANTED: (SAMPLES / PLANTED).read_bytes().replace(old, new) + b"\n"})


def by_source(decision):
    return decision.model_copy(update={"source": PLANTED})


def test_another_document_is_asked_about_again(read, report, tmp_path):
    changed = another(tmp_path)
    found = tables(changed, *map(by_source, decisions_on(read, report, "accept")))
    (now,) = changed.documents["report_id"]
    assert section(found, now)["status"] == "held"
    assert set(failures(found, now)["decision"]) == {"outdated"}
    assert set(found["quality.reviews"]["status"]) == {"outdated"}
    assert set(found["quality.reviews"]["report_id"]) == {report}


def test_a_correction_of_a_document_that_has_changed_lets_neither_number_out(read, report, tmp_path):
    changed = another(tmp_path)
    value = read.cells.filter(report_id=report, **WRONG)["value"].item()
    said = by_source(correction(read, report, value=value - 3))
    found = tables(changed, said)
    (now,) = changed.documents["report_id"]
    assert "correction_not_applied" in set(failures(found, now)["identity"])
    assert section(found, now)["status"] == "held"
    assert found["quality.reviews"]["status"].item() == "outdated"
    anew = tables(changed, said, correction(changed, now, value=value - 3))
    assert section(anew, now)["status"] == "published"
    assert sorted(anew["quality.reviews"]["status"]) == ["applied", "idle"]


def test_a_document_that_prints_what_a_person_said_needs_nobody(read, report, tmp_path):
    value = read.cells.filter(report_id=report, **WRONG)["value"].item()
    said = by_source(correction(read, report, value=value - 3))
    changed = another(tmp_path)
    cells = changed.cells.with_columns(
        value=pl.when(**WRONG, section="requests").then(value - 3).otherwise("value"),
    )
    found = tables(Readings(changed.documents, cells, changed.notes), said)
    (now,) = changed.documents["report_id"]
    assert section(found, now)["status"] == "published"
    assert found["quality.reviews"]["status"].item() == "idle"


def test_a_document_whose_source_is_gone_leaves_its_decisions_idle(read, report, tmp_path):
    elsewhere = readings(tmp_path, {OTHER: (SAMPLES / OTHER).read_bytes()})
    found = tables(elsewhere, *map(by_source, decisions_on(read, report, "accept")))
    assert set(found["quality.reviews"]["status"]) == {"idle"}


def reread(given, where, **changed):
    """The readings as another version of the code would give them: the cells at `where` differ."""
    cells = given.cells.with_columns(
        pl.when(where).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in changed.items()
    )
    return Readings(given.documents, cells, given.notes)


CONCERNED = (pl.col("metric") == WRONG["metric"]) & (pl.col("applicant") == "total")


@pytest.mark.parametrize("changed", [{"printed": "15件"}, {"locator": "t9/r9/c9"}, {"value": 16.0}])
def test_another_reading_of_a_cell_concerned_is_asked_about_again(read, report, changed):
    found = tables(reread(read, CONCERNED, **changed), *decisions_on(read, report, "accept"))
    marks = dict(failures(found, report).select("identity", "decision").iter_rows())
    assert marks["T3.ROW"] == "outdated"
    assert section(found, report)["status"] == "held"
    assert "outdated" in set(found["quality.reviews"]["status"])


def test_another_reading_elsewhere_in_the_table_changes_nothing(read, report):
    elsewhere = (pl.col("metric") == "requests_granted") & (pl.col("applicant") == "legal_service")
    accepted = decisions_on(read, report, "accept")
    found = tables(reread(read, elsewhere, locator="t9/r9/c9", printed=" 0"), *accepted)
    assert section(found, report)["status"] == "accepted"


def test_code_that_only_words_or_orders_things_otherwise_changes_nothing(read, report):
    accepted = decisions_on(read, report, "accept")
    shuffled = Readings(
        *(frame.sample(fraction=1.0, shuffle=True, seed=7) for frame in (read.documents, read.cells, read.notes))
    )
    before, after = tables(read, *accepted), tables(shuffled, *reversed(accepted))
    for name in ("quality.findings", "quality.sections", "analytics.facts"):
        key = [
            "report_id",
            *(
                column
                for column in before[name].columns
                if column in ("section", "identity", "instance", "metric", "applicant", "origin", "item")
            ),
        ]
        assert after[name].sort(key).equals(before[name].sort(key)), name
    told = before["quality.findings"].with_columns(sentence=pl.lit("x"), detail=pl.lit(""))
    again = identified(told.drop("finding_id"), read.cells, read.documents)
    assert again["finding_id"].to_list() == before["quality.findings"]["finding_id"].to_list()


def test_reading_everything_anew_in_another_order_and_company_changes_nothing(read, report, tmp_path):
    cell = read.cells.filter(report_id=report, **WRONG).row(0, named=True)
    other = read.documents.filter(source=OTHER)["report_id"].item()
    said = [correction(read, report, value=cell["value"] - 3), *decisions_on(read, other, "dismiss")]
    names = ("text-a2.txt", OTHER, PLANTED)
    again = readings(tmp_path, {f"elsewhere/{name}": (SAMPLES / name).read_bytes() for name in names})
    found = tables(again, *said)
    assert set(found["quality.reviews"]["status"]) == {"applied"}
    assert section(found, report)["status"] == section(found, other, "remedies")["status"] == "published"


def noted(given, report, *details, code="cell_unreadable", where="requests", place="t2/r3/c3"):
    rows = [(report, code, where, place, detail) for detail in details]
    return Readings(given.documents, given.cells, pl.DataFrame(rows, schema=given.notes.schema, orient="row"))


def test_notes_at_one_place_are_told_apart_by_what_they_say_not_by_their_number(read, report):
    def note_ids(*details):
        found = tables(noted(read, report, *details))["quality.findings"].filter(identity="cell_unreadable")
        return dict(found.select("sentence", "finding_id").iter_rows())

    alone, both = note_ids("乙"), note_ids("甲", "乙")
    assert len(set(both.values())) == 2
    assert set(alone.items()) < set(both.items())


def test_an_error_on_a_whole_report_is_accepted_for_all_its_sections(read):
    other = read.documents.filter(source=OTHER)["report_id"].item()
    given = noted(read, other, "2021 ≠ 2022", code="year_conflict", where="", place="p1")
    assert section(tables(given), other)["status"] == "held"
    (conflict,) = (one for one in decisions_on(given, other, "accept") if one.identity == "year_conflict")
    found = tables(given, conflict)
    assert section(found, other)["status"] == "accepted"
    assert section(found, other, "remedies")["status"] == "held"  # its own fault is not decided


def test_a_warning_that_is_dismissed_is_marked_and_the_section_stays_published(read):
    other = read.documents.filter(source=OTHER)["report_id"].item()
    given = noted(read, other, "甲")
    warned = tables(given)["quality.findings"].filter(report_id=other, identity="cell_unreadable").row(0, named=True)
    for decision, mark in (("dismiss", "dismissed"), ("accept", "accepted")):
        found = tables(given, about(warned, decision))
        marks = found["quality.findings"].filter(report_id=other, identity="cell_unreadable")["decision"]
        assert marks.to_list() == [mark]
        assert section(found, other)["status"] == "published"


def test_the_frame_of_decisions_has_a_row_for_each():
    assert decided([]).is_empty()
