"""The coverage grid and the pages of agencies."""

from selectolax.lexbor import LexborHTMLParser

from flows.report import write_site
from tests.flows.frames import tables


def report(letter, year, **values):
    return {
        "report_id": letter * 16,
        "source": f"in/{letter}.html",
        "status": "published",
        "agency": "临江市教育局",
        "agency_id": "220681/教育局",
        "fiscal_year": year,
    } | values


def pages(home, *reports):
    write_site(home, tables(quality_reports=reports))
    return LexborHTMLParser((home / "quality" / "agencies.html").read_text(encoding="utf-8"))


def rows(tree):
    years = [head.text() for head in tree.css("#grid thead th")[1:]]
    found = {}
    for row in tree.css("#grid tbody tr"):
        name, *cells = row.css("td")
        found[name.text()] = {year: cell.text().strip() for year, cell in zip(years, cells, strict=True) if cell.text()}
    return found


def test_a_year_between_two_reports_is_missing_and_one_outside_is_blank(tmp_path):
    tree = pages(
        tmp_path,
        report("a", 2019),
        report("b", 2022, status="held"),
        report("c", 2017, agency="乙局", agency_id="1/乙局", status="partly_held"),
        report("d", None, agency="", agency_id="", status="rejected"),
    )
    found = rows(tree)
    assert found["临江市教育局"] == {"2019": "●", "2020": "–", "2021": "–", "2022": "○"}
    assert found["乙局"] == {"2017": "◐"}
    assert list(found.values())[-1].popitem()[1] == "✕"
    assert ["missing" in row.attributes["data-status"] for row in tree.css("#grid tbody tr")] == [True, False, False]


def test_two_reports_on_a_year_are_both_shown(tmp_path):
    assert rows(pages(tmp_path, report("a", 2019), report("b", 2019, status="held")))["临江市教育局"] == {"2019": "●○"}


def test_an_agency_known_by_its_number_is_one_however_it_is_spelt(tmp_path):
    pages(tmp_path, report("a", 2019), report("b", 2020, agency="", agency_printed="教育局"))
    assert len(list((tmp_path / "quality" / "agencies").iterdir())) == 1


def test_the_page_of_an_agency_names_its_gaps_and_its_lists(tmp_path):
    finding = {
        "report_id": "a" * 16,
        "section": "requests",
        "identity": "T3.ROW",
        "severity": "error",
        "outcome": "fail",
        "cause": "source",
        "sentence": "各列之和为 3。",
    }
    given = tables(quality_reports=[report("a", 2019), report("b", 2021)], quality_findings=[finding])
    write_site(tmp_path, given)
    (path,) = (tmp_path / "quality" / "agencies").iterdir()
    shown = path.read_text(encoding="utf-8")
    assert "2020" in shown and "各列之和为 3。" in shown
    assert f'<a href="../reports/{"a" * 16}.html">2019</a></td><td>' in shown.split("</table>")[1]
    assert f"../issues/{path.stem}.xlsx" in shown and (tmp_path / "quality" / "issues" / f"{path.stem}.csv").is_file()
