"""The same report printed as a page, a DOCX, a workbook, a ruled PDF and a text must give the same facts."""

from random import Random

from tests.corpus import declared
from tests.corpus.papers import paper
from tests.corpus.presses import ENDINGS, press
from tests.corpus.publishing import published

PRINTS = {"HTML": "plain", "DOCX": "plain", "XLSX": "typed", "ruled PDF": "lines", "text": "A7"}
SAME = ("metric", "applicant", "item", "origin", "value", "unit", "state", "bound", "form", "fiscal_year")


def rows(numbers, seed):
    """A row for so many reports of each form: how many facts the page gives, and which formats give the same."""
    papers = {
        f"{kind}/{number}": (kind, paper(kind, Random(f"{seed}/same/{kind}/{number}")))
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


def _row(name, kind, found):
    page = found[name + ENDINGS["HTML"]]
    unlike = [form for form in PRINTS if found[name + ENDINGS[form]] != page]
    return {"kind": kind, "facts": len(page), "same": int(not unlike and bool(page)), "unlike": " ".join(unlike)}


def _facts(one):
    return {tuple(fact[name] for name in SAME) for fact in one.facts}
