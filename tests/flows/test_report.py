import re
from pathlib import Path

import pytest

from flows import report
from flows.report import write_site
from flows.texts import texts
from tests.flows.frames import run, tables

XSS = "<script>alert(1)</script>某局"


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
    held, everything = shown.index('id="held"'), shown.index('id="reports"')
    assert held < shown.index("各列之和为 3，总计为 4。") < shown.index("The columns add up to 3") < everything
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
    shown = index(
        tmp_path,
        quality_reports=[
            one_report("held", agency=XSS, source=evil, title=XSS),
            one_report("rejected", report_id="b" * 16, source=XSS, sentence=XSS, sentence_en=evil),
        ],
        quality_sections=[section("requests", "held", reasons=XSS, reasons_en=evil), section(XSS, "lost")],
        quality_findings=[finding(sentence=XSS, sentence_en=evil, identity=XSS, instance=evil)],
        quality_cells=[cell(printed=XSS, locator=evil, metric=XSS, item=evil), cell(state="unreadable", printed=evil)],
        quality_runs=[run(detail=XSS)],
    )
    for written in (shown, page(tmp_path)):
        assert "<script>alert" not in written
        assert "<img" not in written
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written


def test_pages_ask_nothing_of_any_network(tmp_path):
    written = index(tmp_path, quality_reports=[one_report()], quality_runs=[run()]) + page(tmp_path)
    assert not re.search(r"https?:|//[a-z]|@import|url\(|<link rel=.?stylesheet|<script src", written)


def test_rejected_files_come_with_their_reason(tmp_path):
    refused = one_report("rejected", agency="", fiscal_year=None, sentence="文件为空。", sentence_en="It is empty.")
    shown = index(tmp_path, quality_reports=[refused])
    assert "文件为空。" in shown and "It is empty." in shown
    assert not (tmp_path / "quality" / "reports" / f"{'a' * 16}.html").exists()


def test_lost_sections_are_listed(tmp_path):
    shown = index(tmp_path, quality_reports=[one_report()], quality_sections=[section("remedies", "lost")])
    lost = shown[shown.index('id="lost"') : shown.index('id="reports"')]
    assert texts()["section"]["remedies"].zh in lost and "in/one.html" in lost


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
    index(tmp_path, quality_reports=[one_report()], quality_cells=cells)
    row = re.search(r"requests_new</code></td>(.*?)</tr>", page(tmp_path), re.DOTALL)[1]
    zero, blank, mark = re.findall(r"<td class=.*?</td>", row)
    assert ">0<" in zero and "reported" in zero and "<small>" not in zero
    assert "0" not in re.sub(r"<[^>]*>", "", blank) and texts()["state"]["blank"].zh in blank
    assert ">/<" in mark and texts()["state"]["mark"].zh in mark


def test_claims_are_a_list_whoever_applied(tmp_path):
    claim = cell(section="narrative", form="", origin="prose", unit="件", printed="三件")
    cells = [
        claim | {"applicant": "total"},
        claim | {"metric": "proactive_items", "applicant": "", "unit": "条", "item": "人事"},
    ]
    index(tmp_path, quality_reports=[one_report()], quality_cells=cells)
    body = page(tmp_path)
    assert "3 件" in body and "3 条" in body and body.count("三件") == 2 and "· 人事" in body
    assert texts()["applicant"]["total"].zh not in body


def test_rows_follow_the_form(tmp_path):
    metrics = ["requests_carried_out", "requests_denied_state_secret", "requests_new"]
    index(tmp_path, quality_reports=[one_report()], quality_cells=[cell(metric=metric) for metric in metrics])
    places = [page(tmp_path).index(f">{metric}<") for metric in metrics]
    assert places == sorted(places, reverse=True)


def test_a_pass_is_counted_and_a_failure_told(tmp_path):
    passes = [finding(outcome="pass", instance=str(i), sentence="", sentence_en="") for i in range(7)]
    index(tmp_path, quality_reports=[one_report()], quality_findings=[*passes, finding(instance="x")])
    assert texts()["site"]["passed"].fill(count=7).en in page(tmp_path)
    assert "各列之和为 3" in page(tmp_path)


def test_among_many_reports_only_those_with_something_to_say_have_a_page(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "PAGES_FOR_ALL", 2)
    shown = index(
        tmp_path,
        quality_reports=[one_report(report_id=name * 16, source=f"in/{name}.html") for name in "abcd"],
        quality_sections=[section("requests", "published"), section("requests", "held", report_id="b" * 16)],
        quality_findings=[finding(report_id="c" * 16, severity="error"), finding(report_id="d" * 16, outcome="pass")],
    )
    assert {path.stem[0] for path in (tmp_path / "quality" / "reports").iterdir()} == {"b", "c"}
    assert all(f"in/{name}.html" in shown for name in "abcd")
    assert f"reports/{'a' * 16}.html" not in shown and f"reports/{'b' * 16}.html" in shown


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
    assert "<b>1,234</b>" in shown
    assert shown.count("<b>1</b>") == 2


@pytest.mark.parametrize("group", ["site", "cli", "trace", "show"])
def test_every_phrase_is_said_somewhere(group):
    sources = [*Path("flows").glob("*.py"), *Path("flows/templates").iterdir()]
    said = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [name for name in texts()[group] if not re.search(rf"""["']{name}["']|\.{name}\b""", said)]
    assert not unused


def test_phrases_have_the_same_blanks_in_both_languages():
    for group in texts().values():
        for phrase in group.values():
            assert set(re.findall(r"\{\w+", phrase.zh)) == set(re.findall(r"\{\w+", phrase.en)), phrase
