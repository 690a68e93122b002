"""The same report printed as a page, a DOCX, a workbook, a ruled PDF and a text must give the same facts.

Every cell of it holds a number: a text does not tell where a blank was, so that less follows from the sums.
"""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from tests.corpus import declared
from tests.corpus.papers import paper
from tests.corpus.presses import ENDINGS, press
from tests.corpus.publishing import Published, published

Facts = set[tuple[object, ...]]
PRINTS = {"HTML": "plain", "DOCX": "plain", "XLSX": "typed", "ruled PDF": "lines", "text": "A7"}
SAME = ("metric", "applicant", "item", "origin", "value", "unit", "state", "bound", "form", "fiscal_year")


def rows(numbers: Iterable[int], seed: int) -> list[dict[str, Any]]:
    """A row for so many reports of each form: how many facts the page gives, and which formats give the same."""
    papers = {
        f"{kind}/{number}": (kind, paper(kind, Random(f"{seed}/same/{kind}/{number}"), full=True))
        for kind in declared.YEARS
        for number in numbers
    }
    files = {
        name + ENDINGS[form]: press(one, form, dialect)
        for name, (_, one) in papers.items()
        for form, dialect in PRINTS.items()
    }
    found = {source: _facts(each) for source, each in published(files).items()}
    return [_row(name, kind, found) for name, (kind, _) in papers.items()]


def _row(name: str, kind: str, found: Mapping[str, Facts]) -> dict[str, Any]:
    page = found[name + ENDINGS["HTML"]]
    unlike = [form for form in PRINTS if found[name + ENDINGS[form]] != page]
    return {"kind": kind, "facts": len(page), "same": int(not unlike and bool(page)), "unlike": " ".join(unlike)}


def _facts(one: Published) -> Facts:
    return {tuple(fact[name] for name in SAME) for fact in one.facts}
