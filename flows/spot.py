"""Where a number stands in a file that is no text (PDF, DOCX, XLSX, XLS, CSV): a locator in, the place in words out.

Locators are `t4/r7/c3`, `p12` and `p12/34-38`; the readers know what they stand for in the file itself.
"""

import re
from dataclasses import dataclass

from flows.texts import Phrase, texts
from transforms.model import Document, Paragraph, Refusal, Table
from transforms.read import csv, docx, pdf, xlsx

_LOCATOR = re.compile(r"(t\d+/r\d+/c\d+|p\d+)(?:/(\d+)-(\d+))?")
_NUMBER = re.compile(r"\d+")
_BAR = " │ "


@dataclass(frozen=True, slots=True)
class Spot:
    """The place in words, and the printed line (a paragraph, or the row of a table) with the characters meant."""

    where: Phrase
    text: str
    start: int
    end: int


def find_spot(data: bytes, document: Document, source: str, at: str) -> Spot | None:
    """The place that `at` names in the bytes of a document; None when it names none, or the format knows characters."""
    try:
        return Spot(_where(data, document, source, at), *_printed(document, at))
    except (LookupError, Refusal):
        return None


def _where(data: bytes, document: Document, source: str, at: str) -> Phrase:
    words = texts()["trace"]
    match document.format:
        case "pdf":
            page, (left, bottom, right, top) = pdf.source_place(data, at)
            box = {"left": left, "bottom": bottom, "right": right, "top": top}
            return words["page"].fill(page=page, **{edge: f"{points:.1f}" for edge, points in box.items()})
        case "docx":
            return _in_docx(docx.source_place(data, at), at)
        case "xlsx" | "xls":
            return words["cell"].fill(name=xlsx.source_place(data, at))
        case "csv":
            row, field = _NUMBER.findall(csv.source_place(document.text, source, at))
            return words["field"].fill(row=row, field=field)
        case other:
            raise LookupError(f"{other}: its places are characters")


def _in_docx(place: str, at: str) -> Phrase:
    """The paragraph or the cell, counted from 1, and the characters of the part of the file when they are sure."""
    spot, _, characters = place.partition(", characters ")
    part, _, counted = spot.partition(", ")
    numbers = dict(zip(("first", "row", "column"), _NUMBER.findall(counted), strict=False))
    where = texts()["trace"]["paragraph" if at.startswith("p") else "table"].fill(part=part, **numbers)
    if not characters:
        return where
    return texts()["trace"]["characters"].fill(where=where, characters=characters)


def _printed(document: Document, at: str) -> tuple[str, int, int]:
    """The paragraph, or the row with its cells apart, and the span in it that a locator means."""
    found = _LOCATOR.fullmatch(at)
    for block in document.blocks if found is not None else ():
        if isinstance(block, Paragraph) and found is not None and block.at == found[1]:
            start, end = (int(found[2]), int(found[3])) if found[2] else (0, len(block.text))
            return block.text, start, end
        if isinstance(block, Table) and at.startswith(f"{block.at}/"):
            return _row(block, at)
    raise LookupError(at)


def _row(table: Table, at: str) -> tuple[str, int, int]:
    """The row that holds a cell, every cell once, and the cell's span in it."""
    for row in table.rows:
        cells = {cell.at: cell.text for cell in row}
        if at in cells:
            before = _BAR.join(text for place, text in list(cells.items())[: list(cells).index(at)])
            start = len(before) + len(_BAR) if before else 0
            return _BAR.join(cells.values()), start, start + len(cells[at])
    raise LookupError(at)
