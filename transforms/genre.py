"""Is a page a yearly disclosure report at all? Raises Refusal when it is not; says nothing when it may be one.

In: a normalised Document. Out: nothing, or a Refusal whose code is in data/notes/identify.yml. A page with filled
official tables is a report whatever else it says; so is one of prose alone, of zeros alone, or with lost tables.
"""

import re
from functools import cache
from itertools import islice
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import load
from transforms.model import Document, Paragraph, Refusal, Table

Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda text: re.compile(text, re.MULTILINE))]
_HANZI = re.compile(r"[\u3400-\u9fff]+")
_BARS = re.compile(r"\s*\|[\s|]*")
_CRUMB = re.compile("[>»›]")
_SHOWN = 40
_ENOUGH = 20_000  # a page with no hanzi in so many characters is no report


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Genre(_Declared):
    """A genre that is no report: the refusal, and the words of its titles."""

    code: str
    title: Pattern


class Words(_Declared):
    """The whole of genre.yml."""

    least_hanzi: int
    title_lines: int
    title_length: int
    form_labels: tuple[str, ...]
    least_labels: int
    alone: Pattern
    least_numbers: int
    sections: tuple[Pattern, ...]
    least_sections: int
    untitled_sections: int
    owned: Pattern
    report: Pattern
    genres: tuple[Genre, ...]
    summary_sections: int
    list_titles: int
    sentence: Pattern
    sentences_per_title: int
    placeholder: Pattern
    least_placeholders: int
    count: Pattern
    essay: Pattern
    least_essay: int


@cache
def _words() -> Words:
    return Words.model_validate(load("lookups/genre.yml"))


class View(NamedTuple):
    """A page as text, its lines, its first title-like line, and how many sections of a report it has."""

    text: str
    lines: tuple[str, ...]
    title: str
    titled: bool
    sections: int


def screen(document: Document) -> None:
    """Raise Refusal when the page is no usable report (domain handbook §10.K)."""
    text = "\n".join(_text(block) for block in document.blocks)
    hanzi = 0
    for run in _HANZI.finditer(text, 0, _ENOUGH):
        hanzi += run.end() - run.start()
        if hanzi >= _words().least_hanzi:
            break
    else:
        raise Refusal("no_body", str(hanzi))
    if _filled_form(text):
        return
    view = _view(text)
    for refuse in (_listing, _other_genre, _template, _essay, _unrelated):
        refuse(view)


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.plain
    return "\n".join(["|".join([cell.plain for cell in row]) for row in block.rows])


def _filled_form(text: str) -> bool:
    """Whether labels of an official form stand on the page with numbers of their own."""
    words = _words()
    labels = islice((label for label in words.form_labels if label in text), words.least_labels)
    if sum(1 for _ in labels) < words.least_labels:
        return False
    return sum(1 for _ in islice(words.alone.finditer(text), words.least_numbers)) == words.least_numbers


def _view(text: str) -> View:
    words = _words()
    lines = tuple(line for line in (_BARS.sub(" ", line).strip() for line in text.split("\n")) if line)
    heads = [_CRUMB.split(line[: words.title_length])[-1] for line in lines[: words.title_lines]]
    title, titled = _title(heads)
    sections = sum(pattern.search(text) is not None for pattern in words.sections)
    return View(text, lines, title, titled, sections)


def _title(heads: list[str]) -> tuple[str, bool]:
    """The line that says what the page is, and whether it says that it is a report."""
    words = _words()
    reports = [head for head in heads if words.report.search(head) and not _genre_of(head)]
    owned = [head for head in reports if words.owned.search(head)]
    if owned:
        return owned[0], True
    others = (head for head in heads if not words.sentence.search(head) and _genre_of(head))
    title = next(others, "") or (reports or heads)[0]
    return title, title in reports


def _genre_of(line: str) -> str:
    """The refusal that a title line earns; empty for none."""
    return next((genre.code for genre in _words().genres if genre.title.search(line)), "")


def _listing(view: View) -> None:
    words = _words()
    titles = [line for line in view.lines if len(line) <= words.title_length and words.report.search(line)]
    sentences = len(words.sentence.findall(view.text))
    if len(titles) >= words.list_titles and sentences <= words.sentences_per_title * len(titles) and view.sections < 3:
        raise Refusal("not_a_report_list", titles[0][:_SHOWN])


def _other_genre(view: View) -> None:
    if view.titled:
        return
    code = _genre_of(view.title)
    summary = code == "not_a_report_summary" and view.sections >= _words().summary_sections
    if code and not summary:
        raise Refusal(code, view.title[:_SHOWN])


def _template(view: View) -> None:
    words = _words()
    holes = words.placeholder.findall(view.text) if words.count.search(view.text) is None else []
    if len(holes) >= words.least_placeholders:
        raise Refusal("blank_template", ", ".join(dict.fromkeys(hole.strip() for hole in holes[:3])))


def _essay(view: View) -> None:
    words = _words()
    if words.count.search(view.text) is None and len(words.essay.findall(view.text)) >= words.least_essay:
        raise Refusal("not_a_report", view.title[:_SHOWN])


def _unrelated(view: View) -> None:
    if view.sections < (_words().least_sections if view.titled else _words().untitled_sections):
        raise Refusal("not_a_report", view.title[:_SHOWN])
