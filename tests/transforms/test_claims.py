"""Prose claims: tables of sentences with what they state, and the ways in which statements combine."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from transforms.claims import claims
from transforms.claims.grammar import grammar
from transforms.claims.lexicon import lexicon, spellings
from transforms.claims.skimming import skim
from transforms.forms import DATA, DeclarationError, metrics, note_kinds
from transforms.model import Note, Paragraph, Reading, State
from transforms.normalise import normalise

HERE = Path(__file__).parent
SEEDS = DATA.parent.parent / "shared" / "seeds"
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "claims_examples.yml").read_text(encoding="utf-8"))


def told(text: str, year: int | None) -> tuple[list[Reading], list[Note]]:
    """The claims of a text, one paragraph per line, normalised as the pipeline does."""
    lines = text.split("\n")
    folded = normalise(lines)
    rows = enumerate(zip(lines, folded.plains, folded.origins, strict=True))
    return claims([Paragraph(line, f"p{i}", plain, origins) for i, (line, plain, origins) in rows], year)


def said(readings: list[Reading]) -> dict[str, float | str]:
    """Readings in the notation of the tables of examples."""
    return {reading.metric + (f"/{reading.item}" if reading.item else ""): _value(reading) for reading in readings}


def _value(reading: Reading) -> float | str:
    if reading.value is None:
        return reading.state.value
    return f"{reading.value:.10g} {reading.bound}" if reading.state is State.APPROXIMATE else reading.value


def examples(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["text"][:40]) for case in cases]


@pytest.mark.parametrize("case", examples("claims_examples.yml"))
def test_example(case: dict[str, Any]) -> None:
    readings, notes = told(case["text"], case["year"])
    assert said(readings) == case["says"]
    assert "parts" not in case or sum(bool(reading.whole) for reading in readings) == case["parts"]
    assert set(case.get("notes", [])) <= {note.code for note in notes}


@pytest.mark.parametrize("case", examples("claims_unseen.yml"))
def test_unseen_example(case: dict[str, Any]) -> None:
    test_example(case)


ROUNDS = [case for part in ("", "_later", "_newest") for case in examples(f"claims_rounds{part}.yml")]


@pytest.mark.parametrize("case", ROUNDS)
def test_nothing_is_claimed_that_is_not_stated(case: dict[str, Any]) -> None:
    found = {name: value for name, value in said(told(case["text"], case["year"])[0]).items() if value != "unreadable"}
    assert found.items() <= (case["says"] | case.get("may", {})).items()
    assert set(case["says"]) - set(found) == set(case.get("unfound", []))


def test_two_lists_under_one_total_are_one_whole() -> None:
    text = "收到政府信息公开申请10件，其中网络申请6件、信函申请4件；办结10件，其中予以公开7件、无法提供3件。"
    readings, _ = told(text, 2022)
    wholes = {reading.whole for reading in readings if reading.whole}
    sums = {w: sum(r.value or 0 for r in readings if r.whole == w) for w in wholes}
    assert len(wholes) == 2 and set(sums.values()) == {10}
    text = "办结政府信息公开申请10件，其中予以公开7件、无法提供3件。"
    text = text.replace("办结", "收到") + "其中网络申请6件、信函申请4件。"
    readings, _ = told(text, 2022)
    assert all(sum(r.value or 0 for r in readings if r.whole == w) == 10 for w in {r.whole for r in readings} - {""})


def test_navigation_is_skipped_and_what_states_something_is_not() -> None:
    assert skim(["首页 | 政务公开", "浏览次数：356", "收到申请3件。", "", "上一篇", "行政复议：无"]) == [2, 5]


@given(st.integers(0, 99_999), st.integers(2008, 2025))
def test_the_number_printed_is_the_number_read(value: int, year: int) -> None:
    readings, _ = told(f"{year}年，我局共收到政府信息公开申请{value}件。", year)
    assert said(readings) == {"requests_received": value}


@given(st.lists(st.sampled_from([case["text"] for case in CASES]), min_size=1, max_size=4), st.integers(2008, 2025))
def test_a_body_printed_twice_states_what_one_states(texts: list[str], year: int) -> None:
    text = "\n".join(texts)
    # The heading between them ends the topic of the first copy, as the beginning of a body does.
    once, twice = told(text, year)[0], told(f"{text}\n其他需要报告的事项\n{text}", year)[0]
    assert said(twice) == said(once)
    assert len([r for r in twice if r.value is not None]) == len([r for r in once if r.value is not None])


@given(st.sampled_from(CASES))
def test_the_locator_leads_back_to_what_is_printed(case: dict[str, Any]) -> None:
    lines = case["text"].split("\n")
    for reading in told(case["text"], case["year"])[0]:
        place, _, span = reading.locator.partition("/")
        first, last = (int(end) for end in span.split("-"))
        assert lines[int(place[1:])][first:last] == reading.printed


def test_notes_are_declared() -> None:
    given_codes = {note.code for case in CASES for note in told(case["text"], case["year"])[1]}
    assert given_codes == {code for code in note_kinds() if code.startswith("claim_")}


def test_declared_quantities_are_declared_metrics() -> None:
    for quantity in grammar().quantities.values():
        codes = {quantity.metric, *quantity.before.values(), *quantity.since.values(), *quantity.under, quantity.stock}
        assert codes - {""} <= set(metrics())
        assert all((metrics()[code].unit in ("元", "万元")) == (quantity.units == "money") for code in codes - {""})


def test_every_declared_word_is_used() -> None:
    rules = (DATA / "claims" / "quantities.yml").read_text() + (DATA / "claims" / "guards.yml").read_text()
    code = "".join(path.read_text() for path in (DATA.parent / "transforms" / "claims").glob("*.py"))
    used = set(re.findall(r"[a-z_]+", rules)) | set(re.findall(r'"([a-z_]+)"', code))
    assert set(lexicon().concepts) <= used


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("收到", ["收到"]), ("(当面|现场|)申请", ["当面申请", "现场申请", "申请"]), ("(", ["("])],
)
def test_spellings(pattern: str, words: list[str]) -> None:
    assert spellings(pattern) == words


def test_a_bracket_within_a_bracket_is_refused() -> None:
    with pytest.raises(DeclarationError, match="bracket"):
        spellings("第(一|(二|三))季度")


def test_money_comes_in_the_unit_of_the_metric() -> None:
    readings, _ = told("安排政府信息公开专项经费50000元，收取信息处理费0.03万元。", 2022)
    assert said(readings) == {"dedicated_budget_10k_yuan": 5, "processing_fees_collected_yuan": 300}


@pytest.mark.skipif(not SEEDS.exists(), reason="the shared seeds are not here")
def test_gold() -> None:
    gold = [row for row in csv.DictReader((SEEDS / "gold.csv").open(encoding="utf-8")) if row["from"] == "prose"]
    years = {row["file"]: int(row["fiscal_year"]) for row in csv.DictReader((SEEDS / "reports.csv").open())}
    for file, year in years.items():
        readings, _ = told((SEEDS / file).read_text(encoding="utf-8"), year)
        found = {(r.metric, r.applicant or r.item): (r.value, r.state.value) for r in readings}
        expected = {(r["metric"], r["applicant"]): (float(r["value"]), r["state"]) for r in gold if r["file"] == file}
        assert found == expected
