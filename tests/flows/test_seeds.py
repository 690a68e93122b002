"""The five real reports of ../shared: every gold value in value and state, every identification."""

import csv
from pathlib import Path

import polars as pl
import pytest

from tests.flows.reports import checked

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the real reports of ../shared are not beside this checkout")


def rows(name):
    path = SEEDS / name
    return list(csv.DictReader(path.open(encoding="utf-8"))) if path.is_file() else []


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    given = {path.name: path.read_bytes() for path in SEEDS.glob("*.txt")}
    found = checked(tmp_path_factory.mktemp("home"), given)
    assert found.verdict.stops_publish == ""
    return found.tables


def of(tables, table, file):
    reports = tables["quality.reports"].filter(pl.col("source") == file).select("report_id")
    return tables[table].join(reports, on="report_id", how="semi")


@pytest.mark.parametrize("gold", rows("reports.csv"), ids=lambda row: row["file"][:3])
def test_identification(tables, gold):
    (found,) = of(tables, "quality.reports", gold["file"]).rows(named=True)
    told = {
        key: "" if found[key] is None else str(found[key])
        for key in (
            "region_code",
            "fiscal_year",
            "published_on",
            "document_date",
            "index_number",
            "script",
            "ghost_pinyin",
            "agency",
        )
    }
    assert told == {key: gold[key] for key in told}
    assert ("body_printed_twice" in found["damage"]) == (gold["body_printed_twice"] == "yes")


@pytest.mark.parametrize("gold", rows("reports.csv"), ids=lambda row: row["file"][:3])
def test_tables_found_and_lost(tables, gold):
    sections = of(tables, "quality.sections", gold["file"]).filter(pl.col("section") != "narrative")
    found = sections.filter(pl.col("status").is_in(["published", "held"]))["section"]
    lost = sections.filter(pl.col("status") == "lost")["section"]
    assert (set(found), set(lost)) == (set(gold["tables_found"].split()), set(gold["tables_lost"].split()))


def matches(gold, cell):
    """Whether a cell says what gold says; where gold has no number, none may be there."""
    if gold["value"] == "":
        return cell["value"] is None and cell["state"] in ("blank", "unplaced")
    return cell["value"] == float(gold["value"]) and cell["state"] == gold["state"]


@pytest.mark.parametrize("file", sorted({row["file"] for row in rows("gold.csv")}), ids=lambda file: file[:3])
def test_every_gold_value(tables, file):
    cells = of(tables, "quality.cells", file).rows(named=True)
    by_key = {(cell["metric"], cell["applicant"], cell["origin"], cell["item"]): cell for cell in cells}
    wrong = []
    for gold in rows("gold.csv"):
        if gold["file"] == file:
            item, applicant = ("", gold["applicant"])
            if gold["metric"].endswith(("_by_category", "_by_channel")):
                item, applicant = gold["applicant"], ""
            cell = by_key.get((gold["metric"], applicant, gold["from"], item))
            if cell is None or not matches(gold, cell):
                wrong.append(
                    (
                        gold["metric"],
                        gold["applicant"],
                        gold["value"],
                        gold["state"],
                        cell and (cell["value"], cell["state"]),
                    )
                )
    assert wrong == []


@pytest.mark.parametrize("file", sorted({row["file"] for row in rows("gold.csv")}), ids=lambda file: file[:3])
def test_every_gold_number_is_published(tables, file):
    facts = of(tables, "analytics.facts", file)
    published = set(facts.select("metric", "origin").iter_rows())
    wanted = {(row["metric"], row["from"]) for row in rows("gold.csv") if row["file"] == file and row["value"]}
    assert wanted <= published


@pytest.mark.parametrize("file", sorted({row["file"] for row in rows("reports.csv")}), ids=lambda file: file[:3])
def test_every_locator_points_at_what_was_printed(tables, file):
    text = (SEEDS / file).read_text("utf-8")
    facts = of(tables, "analytics.facts", file).rows(named=True)
    for fact in facts:
        start, end = map(int, fact["locator"].removeprefix("c").split("-"))
        assert text[start:end] == fact["printed"], fact["metric"]
