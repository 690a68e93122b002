"""The same report printed as a page, a DOCX, a workbook, a ruled PDF and a text must give the same facts.

Every cell of it holds a number: a text does not tell where a blank was, so that less follows from the sums.
"""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any

from tests.corpus import declared
from tests.corpus.papers import paper
from tests.corpus.presses import ENDINGS, press
from tests.corpus.publishing import Published

Facts = set[tuple[object, ...]]
PRINTS = {"HTML": "plain", "DOCX": "plain", "XLSX": "typed", "ruled PDF": "lines", "text": "A7"}
_PAGE = ENDINGS["HTML"]
SAME = ("metric", "applicant", "item", "origin", "value", "unit", "state", "bound", "form", "fiscal_year")


def files(numbers: Iterable[int], seed: int) -> dict[str, dict[str, bytes]]:
    """Format -> so many reports of each form printed in it, by name."""
    names = [f"{seed}/same/{kind}/{number}" for kind in declared.YEARS for number in numbers]
    papers = {name: paper(name.split("/")[2], Random(name), full=True) for name in names}
    return {
        form: {name + ENDINGS[form]: press(one, form, dialect) for name, one in papers.items()}
        for form, dialect in PRINTS.items()
    }


def rows(found: Mapping[str, Published]) -> list[dict[str, Any]]:
    """A row for each report: how many facts its page gives, and which formats give others."""
    facts = {source: _facts(each) for source, each in found.items()}
    return [_row(source.removesuffix(_PAGE), facts) for source in found if source.endswith(_PAGE)]


def _row(name: str, facts: Mapping[str, Facts]) -> dict[str, Any]:
    page = facts[name + _PAGE]
    unlike = [form for form in PRINTS if facts[name + ENDINGS[form]] != page]
    kind = name.split("/")[2]
    return {"kind": kind, "facts": len(page), "same": int(not unlike and bool(page)), "unlike": " ".join(unlike)}


def _facts(one: Published) -> Facts:
    return {tuple(fact[name] for name in SAME) for fact in one.facts}
