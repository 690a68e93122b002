"""One changed digit in any cell of tables 3 and 4 of a clean report is held; one in table 2 no sum can see."""

import pytest

from flows.reading import read_one
from tests.flows.reports import SAMPLES, checked
from transforms.read.html import source_span

CLEAN = SAMPLES / "county-aggregate-clean.html"


def changed(text, start, end):
    """The page with the last digit of a cell raised by one (9 becomes 0)."""
    digit = str((int(text[end - 1]) + 1) % 10)
    return text[: end - 1] + digit + text[end:]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    """Section and status of every page that differs from the clean one in one cell."""
    text = CLEAN.read_text("utf-8")
    cells = [
        item for item in read_one(CLEAN.read_bytes(), CLEAN.name).readings if item.section in ("requests", "remedies")
    ]
    pages = {
        f"{item.section}|{item.metric}|{item.applicant}": changed(text, *source_span(text, item.locator)).encode()
        for item in cells
    }
    tables = checked(tmp_path_factory.mktemp("home"), pages | {"clean": text.encode()}).tables
    sections = tables["quality.sections"].join(tables["quality.reports"].select("report_id", "source"), on="report_id")
    return {
        (source, section): status for source, section, status in sections.select("source", "section", "status").rows()
    }


def test_every_cell_of_tables_3_and_4_was_changed(outcome):
    assert len({source for source, _ in outcome}) == 190 + 1


def test_the_section_of_the_changed_cell_is_held(outcome):
    changed_cells = {source for source, _ in outcome} - {"clean"}
    assert {source for source in changed_cells if outcome[source, source.split("|")[0]] != "held"} == set()


def test_the_clean_page_is_published(outcome):
    assert {outcome["clean", section] for section in ("proactive", "requests", "remedies", "narrative")} == {
        "published"
    }
