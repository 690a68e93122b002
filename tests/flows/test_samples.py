"""The samples, judged together: each planted fault is held with its finding, each clean report goes out."""

from pathlib import Path

import polars as pl
import pytest
import yaml

from tests.flows.reports import SAMPLES, checked

EXPECTED = yaml.safe_load((Path(__file__).parents[1] / "corpus" / "samples.yml").read_text("utf-8"))
REPORTS = [entry for entry in EXPECTED if entry["status"] != "rejected"]


def name(entry):
    return entry["file"]


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    given = {path.name: path.read_bytes() for path in SAMPLES.iterdir()}
    found = checked(tmp_path_factory.mktemp("home"), given)
    assert found.verdict.stops_publish == ""
    return found.tables


def of(tables, table, entry):
    reports = tables["quality.reports"].filter(pl.col("source") == entry["file"]).select("report_id")
    return tables[table].join(reports, on="report_id", how="semi")


@pytest.mark.parametrize("entry", EXPECTED, ids=name)
def test_status_of_the_file(tables, entry):
    (row,) = of(tables, "quality.reports", entry).rows(named=True)
    assert row["status"] == entry["status"], (row["reason"], row["sentence_en"])
    if entry["status"] == "rejected":
        assert row["reason"] == entry["reason"]
        assert row["sentence"]
        assert row["sentence_en"]


@pytest.mark.parametrize("entry", REPORTS, ids=name)
def test_who_reports_about_when(tables, entry):
    (row,) = of(tables, "quality.reports", entry).rows(named=True)
    assert {key: row[key] for key in ("agency", "region_code", "fiscal_year")} == {
        key: entry[key] for key in ("agency", "region_code", "fiscal_year")
    }


@pytest.mark.parametrize("entry", REPORTS, ids=name)
def test_status_of_each_section(tables, entry):
    found = dict(of(tables, "quality.sections", entry).select("section", "status").iter_rows())
    assert {section: found.get(section) for section in entry["sections"]} == entry["sections"]


@pytest.mark.parametrize("entry", [entry for entry in REPORTS if entry["planted"]], ids=name)
def test_the_planted_fault_is_found_and_nothing_else(tables, entry):
    failed = of(tables, "quality.findings", entry).filter(
        (pl.col("outcome") == "fail") & (pl.col("severity") != "info") & pl.col("difference").is_not_null()
    )
    found = set(failed["identity"])
    planted = entry["planted"]["identity"]
    assert planted in found
    assert found <= {planted, *(identity for identity, _ in entry.get("also_fails", []))}


@pytest.mark.parametrize("entry", [entry for entry in REPORTS if entry.get("facts")], ids=name)
def test_stated_facts(tables, entry):
    facts = {
        (row["metric"], row["applicant"], row["origin"], row["item"]): row["value"]
        for row in of(tables, "analytics.facts", entry).iter_rows(named=True)
    }
    for metric, applicant, place, value in entry["facts"]:
        origin, _, item = place.partition(":")
        assert facts.get((metric, applicant, origin, item)) == value, (metric, item)
