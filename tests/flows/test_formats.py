"""One report, printed as a page and as office files: the same facts from each."""

import pytest

from flows.reading import ReportReading, read_one
from tests.corpus import docx, printers, xlsx
from tests.corpus.reports import report


def facts(reading: ReportReading, origin: str) -> set[tuple[object, ...]]:
    return {
        (item.section, item.form, item.metric, item.applicant, item.item, item.state, item.value, item.printed)
        for item in reading.readings
        if item.origin == origin
    }


@pytest.mark.parametrize("seed", range(3))
def test_the_same_facts_from_every_file(seed: int) -> None:
    printed = report(seed)
    page = read_one(printers.as_html(printed, "plain").encode(), "a.html")
    assert facts(page, "table")
    for kind in docx.KINDS:
        found = read_one(docx.as_docx(printed, kind), "a.docx")
        assert [facts(found, origin) for origin in ("table", "prose")] == [
            facts(page, origin) for origin in ("table", "prose")
        ], kind
        assert found.identification.fiscal_year == page.identification.fiscal_year
        assert found.identification.agency == page.identification.agency
    for kind in xlsx.KINDS:
        assert facts(read_one(xlsx.as_xlsx(printed, kind), "a.xlsx"), "table") == facts(page, "table"), kind
