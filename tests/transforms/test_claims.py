"""Prose claims: tables of sentences with what they state, and the ways in which statements combine."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from transforms.claims import claims
from transforms.model import Note, Paragraph, Reading, State
from transforms.normalise import normalise

HERE = Path(__file__).parent


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
    return f"{reading.value:g} {reading.bound}" if reading.state is State.APPROXIMATE else reading.value


def examples(name: str) -> list[Any]:
    cases: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["text"][:40]) for case in cases]


@pytest.mark.parametrize("case", examples("claims_examples.yml"))
def test_example(case: dict[str, Any]) -> None:
    readings, notes = told(case["text"], case["year"])
    assert said(readings) == case["says"]
    assert "parts" not in case or sum(bool(reading.whole) for reading in readings) == case["parts"]
    assert set(case.get("notes", [])) <= {note.code for note in notes}
