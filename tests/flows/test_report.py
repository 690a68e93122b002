import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from selectolax.lexbor import LexborHTMLParser

from flows import report
from flows.report import write_site
from flows.site import reports
from flows.site.limits import limits
from flows.texts import texts
from tests.flows.frames import frame, run, tables
from tests.flows.reports import SAMPLES, checked
from tests.flows.site.faults import faults

XSS = "<script>alert(1)</script>某局"
STATES = ("reported", "blank", "mark")
NAVIGATION = " ".join(f'"nav_{page}"' for page in ("index", "reports", "agencies", "rules", "decisions"))


def one_report(status="published", **values):
    return {
        "report_id": "a" * 16,
        "source": "in/one.html",
        "status": status,
        "agency": "临江市教育局",
        "fiscal_year": 2022,
    } | values


def finding(**values):
    return {
        "report_id": "a" * 16,
        "section": "requests",
        "identity": "T3.ROW",
        "instance": "requests_new",
        "severity": "error",
        "outcome": "fail",
        "cause": "source",
        "sentence": "各列之和为 3，总计为 4。",
        "sentence_en": "The columns add up to 3, the total says 4.",
    } | values


def cell(**values):
    return {
        "report_id": "a" * 16,
        "section": "requests",
        "form": "form_2021",
        "metric": "requests_new",
        "applicant": "natural_person",
        "origin": "table",
        "state": "reported",
        "value": 3.0,
        "printed": "3",
        "locator": "t2/r1/c1",
    } | values


def section(name, status, **values):
    return {"report_id": "a" * 16, "section": name, "status": status} | values


def index(home, **rows):
    return write_site(home, tables(**rows)).read_text(encoding="utf-8")


def page(home, report_id="a" * 16):
    return (home / "quality" / "reports" / f"{report_id}.html").read_text(encoding="utf-8")


def test_a_home_without_runs_has_a_page(tmp_path):
    assert texts()["site"]["never_run"].en in index(tmp_path)


def test_a_held_section_stands_on_top_with_its_finding_in_both_languages(tmp_path):
    shown = index(
        tmp_path,
        quality_reports=[one_report("held")],
        quality_sections=[section("requests", "held", reasons="勾稽不符", reasons_en="sums fail")],
        quality_findings=[finding()],
    )
    held, after = shown.index('id="held"'), shown.index('id="rejected"')
    assert held < shown.index("各列之和为 3，总计为 4。", held) < shown.index("The columns add up to 3", held) < after
    assert "勾稽不符" not in shown, "the sentences of the findings say it better"


def test_a_held_section_without_a_failed_rule_gives_its_reasons(tmp_path):
    shown = index(
        tmp_path,
        quality_reports=[one_report("held")],
        quality_sections=[section("requests", "held", reasons="表格不全", reasons_en="rows missing")],
        quality_findings=[finding(severity="warning")],
    )
    assert "表格不全" in shown and "rows missing" in shown and "各列之和" not in shown


def test_everything_from_reports_is_escaped(tmp_path):
    evil = '"><img src=x onerror=alert(1)>'
    index(
        tmp_path,
        quality_reports=[
            one_report("held", agency=XSS, source=evil, title=XSS),
            one_report("rejected", report_id="b" * 16, source=XSS, sentence=XSS, sentence_en=evil, reason=XSS),
        ],
        quality_sections=[section("requests", "held", reasons=XSS, reasons_en=evil), section(XSS, "lost")],
        quality_findings=[finding(sentence=XSS, sentence_en=evil, identity=XSS, instance=evil)],
        quality_cells=[cell(printed=XSS, locator=evil, metric=XSS, item=evil), cell(state="unreadable", printed=evil)],
        quality_reviews=[decision(who=XSS, reason=XSS, source=evil), CORRECTION | {"printed": XSS, "reason": evil}],
        quality_runs=[run(detail=XSS)],
    )
    pages = list((tmp_path / "quality").rglob("*.html"))
    assert len(pages) == 7
    for path in pages:
        written = path.read_text(encoding="utf-8")
        assert faults(path) == []
        assert "<script>alert" not in written and "<img" not in written
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written


def test_a_run_gives_pages_that_lead_only_to_one_another_and_run_no_script_but_ours(tmp_path):
    given = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}
    write_site(tmp_path, {**checked(tmp_path, given).tables, "quality.runs": frame("quality.runs", run())})
    pages = list((tmp_path / "quality").rglob("*.html"))
    assert len(pages) > 40
    assert {path.name: faults(path) for path in pages if faults(path)} == {}


def test_every_number_of_a_sample_leads_to_the_line_that_prints_it(tmp_path):
    source = "t3-row-planted.html"
    tables_read = checked(tmp_path, {source: (SAMPLES / source).read_bytes()}).tables
    write_site(tmp_path, {**tables_read, "quality.runs": frame("quality.runs", run())})
    tree = LexborHTMLParser(next((tmp_path / "quality" / "reports").iterdir()).read_text(encoding="utf-8"))
    links = {node.attributes["id"]: node for node in tree.css(".source a")}
    numbers = tree.css("a.v")
    assert len(numbers) == tables_read["quality.cells"].filter(pl.col("printed") != "").height > 200
    for number in numbers:
        assert "".join(number.text().split()) == "".join(links[number.attributes["href"][1:]].text().split())


def test_rejected_files_come_with_their_reason(tmp_path):
    refused = one_report("rejected", agency="", fiscal_year=None, sentence="文件为空。", sentence_en="It is empty.")
    shown = index(tmp_path, quality_reports=[refused])
    assert "文件为空。" in shown and "It is empty." in shown
    assert not (tmp_path / "quality" / "reports" / f"{'a' * 16}.html").exists()


def test_lost_sections_are_listed(tmp_path):
    index(tmp_path, quality_reports=[one_report()], quality_sections=[section("remedies", "lost")])
    listed = (tmp_path / "quality" / "reports.html").read_text(encoding="utf-8")
    row = listed[listed.index("<tbody>") :]
    assert texts()["section"]["remedies"].zh in row and texts()["status"]["lost"].zh in row and "in/one.html" in row


def test_runs_stand_latest_first(tmp_path):
    stopped = run("run-b", day=9, outcome="stopped", detail="coverage collapsed")
    shown = index(tmp_path, quality_runs=[run("run-a", day=1), stopped, run("run-c", day=3)])
    listed = shown[shown.index('id="runs"') :]
    assert listed.index("run-b") < listed.index("run-c") < listed.index("run-a")
    assert "coverage collapsed" in shown


def test_the_page_of_a_report_keeps_zero_blank_and_mark_apart(tmp_path):
    cells = [
        cell(applicant="natural_person", value=0.0, printed="0"),
        cell(applicant="commercial_enterprise", state="blank", value=None, printed=""),
        cell(applicant="total", state="mark", value=None, printed="/"),
    ]
    sections = [section("requests", "published")]
    index(tmp_path, quality_reports=[one_report()], quality_cells=cells, quality_sections=sections)
    places = LexborHTMLParser(page(tmp_path)).css("table.form tbody tr")[0].css("td")
    zero, blank, mark = (next(place for place in places if state in place.attributes["class"]) for state in STATES)
    assert len(places) == 7 and zero.text().strip() == "0"
    assert "0" not in blank.text() and texts()["state"]["blank"].zh in blank.text()
    assert mark.text().startswith("/") and texts()["state"]["mark"].zh in mark.text()


def test_claims_are_a_list_whoever_applied(tmp_path):
    claim = cell(section="narrative", form="", origin="prose", unit="件", printed="三件")
    cells = [
        claim | {"applicant": "total"},
        claim | {"metric": "proactive_items", "applicant": "", "unit": "条", "item": "人事"},
    ]
    sections = [section("narrative", "published")]
    index(tmp_path, quality_reports=[one_report()], quality_cells=cells, quality_sections=sections)
    body = page(tmp_path)
    assert "3 件" in body and "3 条" in body and body.count("三件") == 2 and "· 人事" in body
    assert texts()["applicant"]["total"].zh not in body


def test_a_finding_names_its_numbers_and_they_name_it(tmp_path):
    index(
        tmp_path,
        quality_reports=[one_report("held")],
        quality_sections=[section("requests", "held")],
        quality_findings=[finding()],
        quality_cells=[cell(), cell(applicant="total", printed="4", value=4.0), cell(metric="requests_granted")],
    )
    tree = LexborHTMLParser(page(tmp_path))
    told = tree.css_first(".finding")
    concerned = [tree.css_first(link.attributes["href"]) for link in told.css("p.soft a")]
    assert [number.text() for number in concerned] == ["3", "4"]
    wrong = tree.css("td.wrong.hard")
    assert [place.css_first("sup a").attributes["href"] for place in wrong] == [f"#{told.id}"] * 2


def test_a_pass_is_counted_and_a_failure_told(tmp_path):
    passes = [finding(outcome="pass", instance=str(i), sentence="", sentence_en="") for i in range(7)]
    index(tmp_path, quality_reports=[one_report()], quality_findings=[*passes, finding(instance="x")])
    assert texts()["site"]["passed"].fill(count=7).en in page(tmp_path)
    assert "各列之和为 3" in page(tmp_path)


def test_among_many_reports_only_those_with_something_to_say_have_a_page(tmp_path, monkeypatch):
    few = limits().model_copy(update={"pages_for_all": 2})
    monkeypatch.setattr(reports, "limits", lambda: few)
    index(
        tmp_path,
        quality_reports=[one_report(report_id=name * 16, source=f"in/{name}.html") for name in "abcd"],
        quality_sections=[section("requests", "published"), section("requests", "held", report_id="b" * 16)],
        quality_findings=[finding(report_id="c" * 16, severity="error"), finding(report_id="d" * 16, outcome="pass")],
    )
    assert {path.stem[0] for path in (tmp_path / "quality" / "reports").iterdir()} == {"b", "c"}
    shown = (tmp_path / "quality" / "reports.html").read_text(encoding="utf-8")
    assert all(f"in/{name}.html" in shown for name in "abcd")
    assert f"reports/{'a' * 16}.html" not in shown and f"reports/{'b' * 16}.html" in shown


def test_of_a_long_list_the_first_rows_are_shown_and_the_others_wait(tmp_path):
    few, many_reports = limits().rows, [f"{number:016x}" for number in range(limits().rows + 2)]
    index(tmp_path, quality_reports=[one_report(report_id=each, source=f"in/{each}.html") for each in many_reports])
    rows = LexborHTMLParser((tmp_path / "quality" / "reports.html").read_text(encoding="utf-8")).css("#all tbody tr")
    assert len(rows) == few + 2 and ["hidden" in row.attributes for row in rows] == [False] * few + [True] * 2


def test_the_page_of_a_report_that_is_gone_goes_too(tmp_path):
    index(tmp_path, quality_reports=[one_report()])
    index(tmp_path, quality_reports=[one_report(report_id="b" * 16)])
    assert [path.stem for path in (tmp_path / "quality" / "reports").iterdir()] == ["b" * 16]


def test_data_docs_are_linked_when_they_are_there(tmp_path):
    rows = {"quality_runs": [run()]}
    assert report.DATA_DOCS not in index(tmp_path, **rows)
    docs = tmp_path / "quality" / report.DATA_DOCS
    docs.parent.mkdir(parents=True)
    docs.write_text("docs")
    assert f'href="{report.DATA_DOCS}"' in index(tmp_path, **rows)


def test_counts_are_those_of_the_tables(tmp_path):
    shown = index(
        tmp_path,
        quality_reports=[one_report(), one_report("held", report_id="b" * 16)],
        analytics_facts=[{"report_id": "a" * 16, "metric": f"m{i}", "value": 1.0} for i in range(1234)],
    )
    tiles = [tile.text() for tile in LexborHTMLParser(shown).css(".tile b")]
    assert tiles == ["1", "0", "1", "0", "0", "1,234"]


@pytest.mark.parametrize("group", ["site", "cli", "trace", "show"])
def test_every_phrase_is_said_somewhere(group):
    sources = [*Path("flows").rglob("*.py"), *Path("flows/templates").iterdir()]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources).replace('"nav_" ~ page', NAVIGATION)
    unused = [name for name in texts()[group] if not re.search(rf"""["']{name}["']|\.{name}\b""", said)]
    assert not unused


def test_phrases_have_the_same_blanks_in_both_languages():
    for group in texts().values():
        for phrase in group.values():
            assert set(re.findall(r"\{\w+", phrase.zh)) == set(re.findall(r"\{\w+", phrase.en)), phrase


def decision(**values):
    return {
        "decision": "accept", "status": "applied", "report_id": "a" * 16, "source": "in/one.html",
        "section": "requests", "identity": "T3.ROW", "instance": "requests_new", "finding_id": "f" * 16,
        "who": "李四", "decided_on": date(2026, 3, 1), "reason": "电话核实",
    } | values  # fmt: skip


CORRECTION = decision(
    decision="correct", identity="", instance="", finding_id="", metric="requests_new", applicant="natural_person",
    origin="table", locator="t2/r1/c1", printed="3", read=3.0, value=4.0, reason="机关书面更正",
)  # fmt: skip


def test_a_decision_stands_with_its_finding_on_its_page_and_in_the_list_of_all(tmp_path):
    decided = finding(finding_id="f" * 16, decision="accepted")
    shown = index(
        tmp_path,
        quality_reports=[one_report()],
        quality_sections=[section("requests", "accepted")],
        quality_findings=[decided, finding(instance="requests_granted", finding_id="e" * 16)],
        quality_cells=[cell()],
        quality_reviews=[decision(), decision(report_id="b" * 16, source="in/gone.html", status="idle")],
    )
    first, second = LexborHTMLParser(page(tmp_path)).css(".finding")
    told = [first, second][first.css_first(".decided") is None]
    for word in ("李四", "2026-03-01", "电话核实", texts()["decided"]["applied"].zh):
        assert word in told.css_first(".decided").text()
    assert len(LexborHTMLParser(page(tmp_path)).css(".finding .decided")) == 1
    everything = LexborHTMLParser((tmp_path / "quality" / "decisions.html").read_text(encoding="utf-8"))
    rows = [row.text() for row in everything.css("#decisions tbody tr")]
    assert len(rows) == 2 and any("in/gone.html" in row for row in rows)
    assert texts()["site"]["decisions_count"].fill(all=2, applied=1, outdated=0, idle=1).en in shown


def test_a_corrected_number_stands_beside_the_printed_one(tmp_path):
    index(
        tmp_path,
        quality_reports=[one_report()],
        quality_sections=[section("requests", "published")],
        quality_cells=[cell(), cell(applicant="total", value=4.0, printed="4")],
        quality_reviews=[CORRECTION],
    )
    tree = LexborHTMLParser(page(tmp_path))
    (given,) = tree.css("table.form b.given")
    place = given.parent
    assert place.css_first("s").text() == "3" and given.text() == "4"
    assert "李四" in given.attributes["title"] and "机关书面更正" in given.attributes["title"]


def test_a_correction_that_is_not_in_force_leaves_the_printed_number_alone(tmp_path):
    index(
        tmp_path,
        quality_reports=[one_report()],
        quality_sections=[section("requests", "held")],
        quality_cells=[cell(printed="5", value=5.0)],
        quality_reviews=[CORRECTION | {"status": "outdated"}],
    )
    tree = LexborHTMLParser(page(tmp_path))
    assert tree.css("b.given") == [] and tree.css("s") == []
    assert texts()["decided"]["outdated"].zh in tree.css_first(".decided").text()


@pytest.mark.parametrize(("mark", "listed"), [("", True), ("accepted", True), ("outdated", True), ("dismissed", False)])
def test_a_false_alarm_is_not_asked_of_the_agency(tmp_path, mark, listed):
    index(
        tmp_path,
        quality_reports=[one_report()],
        quality_findings=[finding(finding_id="f" * 16, decision=mark)],
        quality_reviews=[decision()] if mark == "accepted" else [],
    )
    asked = (tmp_path / "quality" / "issues" / "all.csv").read_text(encoding="utf-8-sig")
    assert ("各列之和为 3" in asked) == listed
    assert ("李四" in asked) == (mark == "accepted")


@pytest.mark.parametrize(("status", "listed"), [("applied", True), ("outdated", False)])
def test_what_a_person_corrected_here_the_agency_is_asked_to_correct_in_its_document(tmp_path, status, listed):
    index(tmp_path, quality_reports=[one_report()], quality_reviews=[CORRECTION | {"status": status}])
    asked = (tmp_path / "quality" / "issues" / "all.csv").read_text(encoding="utf-8-sig")
    assert ("原文“3”，更正为 4" in asked and "机关书面更正" in asked) == listed
