"""The samples and what is declared of them agree: nothing undeclared, nothing missing, each stated fact is printed."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from tests.corpus.form import IDENTITIES
from tests.corpus.grids import shape

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
EXPECTED = yaml.safe_load((Path(__file__).with_name("samples.yml")).read_text("utf-8"))
REPORTS = [entry for entry in EXPECTED if entry["status"] != "rejected"]
CHINESE = {320: "三百二十"}


def _text(entry):
    data = (SAMPLES / entry["file"]).read_bytes()
    return data.decode("gbk" if "gbk" in entry["file"] else "utf-8")


def test_every_file_is_declared_once_and_named_in_the_docs():
    files = {path.name for path in SAMPLES.iterdir()}
    assert Counter(entry["file"] for entry in EXPECTED) == Counter(files)
    page = (SAMPLES.parents[1] / "docs" / "samples.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in files)
    assert all(name.isascii() for name in files)


@pytest.mark.parametrize("entry", REPORTS, ids=lambda entry: entry["file"])
def test_stated_facts_are_printed(entry):
    text = re.sub(r"<[^>]+>", " ", _text(entry))
    printed = set(re.findall(r"\d+(?:\.\d+)?", text)) | {word for word in CHINESE.values() if word in text}
    for _, _, _, value in entry.get("facts", []):
        assert value == 0 or {shape(value), CHINESE.get(value)} & printed, value


@pytest.mark.parametrize("entry", REPORTS, ids=lambda entry: entry["file"])
def test_status_follows_from_the_sections(entry):
    statuses = set(entry["sections"].values())
    held, published = "held" in statuses, "published" in statuses
    assert (
        entry["status"]
        == {(False, True): "published", (True, True): "partly_held", (True, False): "held"}[held, published]
    )


def test_each_kind_of_fault_is_planted_once():
    planted = [entry["planted"]["identity"] for entry in REPORTS if entry["planted"]]
    assert Counter(planted) == Counter(["T3.ROW", "T3.TOTAL", "T3.FLOW", "T4.REV", "N.CATSUM", "XS.ZERO", "XS.NEW"])
    assert {name for name in planted if name.startswith("T")} <= set(IDENTITIES)


def test_refusals_are_declared():
    notes = {}
    for path in (SAMPLES.parent / "notes").glob("*.yml"):
        notes |= yaml.safe_load(path.read_text("utf-8"))
    for entry in EXPECTED:
        if entry["status"] == "rejected":
            assert notes[entry["reason"]]["kind"] == "refusal"
