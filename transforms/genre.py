"""Is a page a yearly disclosure report at all? Raises Refusal when it is not; says nothing when it may be one.

In: a normalised Document. Out: nothing, or a Refusal whose code is in data/notes/identify.yml. Words prove nothing,
for every page around a report has them: the title that stands over the body decides, then the build of the body.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise
from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import forms, load
from transforms.model import Document, Paragraph, Refusal, Table

Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda text: re.compile(text, re.MULTILINE))]
_HANZI = re.compile(r"[\u3400-\u9fff]+")
_CRUMB = re.compile("[>»›]")
_LINE = re.compile(r"[^\n|]*[^\s|][^\n|]*")
_PIECE = re.compile(r"\S+")
_SHOWN = 40
_MOST_TITLES = 200  # a page with more is a list, whatever the rest of it says
_ENOUGH = 20_000  # a page with no hanzi in so many characters is no report


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Genre(_Declared):
    """A genre that is no report: the refusal and the words of its titles.

    `filled`: it is no report even with a filled form. `told`: it may be what a report calls itself.
    """

    code: str
    title: Pattern
    filled: bool = False
    told: bool = False


class Cue(_Declared):
    """What the text of a genre says at least so often."""

    code: str
    says: Pattern
    least: int
    filled: bool


class Words(_Declared):
    """The whole of genre.yml."""

    least_hanzi: int
    title_lines: int
    outer_titles: tuple[str, ...]
    site: Pattern
    title_length: int
    label_length: int
    least_labels: int
    filled: Pattern
    sections: tuple[Pattern, ...]
    heading: Pattern
    least_headings: int
    least_sections: int
    untitled_headings: int
    untitled_core: tuple[int, ...]
    report: Pattern
    mention: Pattern
    owned: Pattern
    menu: Pattern
    told_sections: int
    genres: tuple[Genre, ...]
    cues: tuple[Cue, ...]
    list_titles: int
    list_share: float
    sentence: Pattern
    body_headings: int
    body_sentences: int
    contents: Pattern
    least_contents: int
    placeholder: Pattern
    least_placeholders: int
    instruction: Pattern
    count: Pattern
    essay: Pattern
    least_essay: int


@cache
def _words() -> Words:
    return Words.model_validate(load("lookups/genre.yml"))


class Line(NamedTuple):
    """What can be a title: a line, a cell, or a piece of a long line that was several; and its span on the page."""

    text: str
    start: int
    end: int


class View(NamedTuple):
    """A page as text, its titles of reports, the title over its body, and whether that title is a report's."""

    text: str
    titles: tuple[Line, ...]
    title: str
    titled: bool


def screen(document: Document) -> None:
    """Raise Refusal when the page is no usable report (domain handbook §10.K)."""
    text = "\n".join(_text(block) for block in document.blocks)
    _no_body(text)
    view = _view("\n".join([*_outer_titles(document), text]))
    if _filled_form(text):
        _outweighed(view)
        return
    for refuse in (_contents, _other_genre, _listing, _template, _bare, _essay, _unrelated):
        refuse(view)


def _no_body(text: str) -> None:
    hanzi = 0
    for run in _HANZI.finditer(text, 0, _ENOUGH):
        hanzi += run.end() - run.start()
        if hanzi >= _words().least_hanzi:
            return
    raise Refusal("no_body", str(hanzi))


def _outer_titles(document: Document) -> Iterator[str]:
    """The titles that the container gives, without the name of the site: portals print them outside the body."""
    words = _words()
    for name, value in document.metadata:
        if name in words.outer_titles:
            yield words.site.split(value)[0].strip()


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.plain
    return "\n".join("|".join(cell.plain for cell in row) for row in block.rows)


def _filled_form(text: str) -> bool:
    """Whether rows of an official form stand on the page, each with a number of its own."""
    words = _words()
    rows = islice((label for label in _form_labels() if _is_filled(text, label)), words.least_labels)
    return sum(1 for _ in rows) == words.least_labels


@cache
def _form_labels() -> tuple[str, ...]:
    """The first label of every row that stands for one metric, of all forms."""
    rows = [row for form in forms().values() for table in form.tables for row in table.rows if row.cells is None]
    labels = dict.fromkeys(label for row in rows for label in row.labels[:1])
    return tuple(label for label in labels if len(label) >= _words().label_length)


def _is_filled(text: str, label: str) -> bool:
    start = text.find(label)
    while start >= 0:
        end = start + len(label)
        if _words().filled.match(text, end):
            return True
        start = text.find(label, end)
    return False


def _view(text: str) -> View:
    titles = tuple(dict.fromkeys(islice(_report_titles(text), _MOST_TITLES)))
    title = next((line for line in reversed(titles) if _heads_a_report(text, line, titles)), None)
    if title is not None:
        return View(text, titles, title.text, True)
    heads = [line.text for line in islice(_lines(text, 0), _words().title_lines)]
    others = (line for line in heads if _genre_of(line) and not _words().menu.search(line))
    return View(text, titles, next(others, heads[0]), False)


def _report_titles(text: str) -> Iterator[Line]:
    for found in _words().report.finditer(text):
        before = max(0, found.start() - _words().title_length)  # a long line is read from here only
        begin = (
            max(text.rfind("\n", 0, found.start()), text.rfind("|", 0, found.start()), text.rfind(" ", 0, before)) + 1
        )
        line = next(line for line in _lines(text, begin) if line.end >= found.end())
        if _is_report_title(line.text):
            yield line


def _lines(text: str, start: int) -> Iterator[Line]:
    for found in _LINE.finditer(text, start):
        line = _CRUMB.split(found.group())[-1].strip()
        if _is_short(line):
            yield Line(line, *found.span())
        else:
            yield from (Line(piece.group(), *piece.span()) for piece in _PIECE.finditer(text, *found.span()))


def _is_report_title(line: str) -> bool:
    words = _words()
    if not _is_short(line) or words.report.search(line) is None:
        return False
    return words.mention.search(line) is None and _genre_of(line) is None


def _is_short(line: str) -> bool:
    return len(line) <= _words().title_length and _words().sentence.search(line) is None


def _genre_of(line: str) -> Genre | None:
    """The genre, other than a report's, that a line is a title of."""
    if not _is_short(line):
        return None
    return next((genre for genre in _words().genres if genre.title.search(line)), None)


def _heads_a_report(text: str, title: Line, titles: tuple[Line, ...]) -> bool:
    """Whether a report's title stands over a report's body: no other title between them, and the body has its build."""
    words = _words()
    for line in _lines(text, title.end):
        if not _is_short(line.text) or words.heading.search(line.text):
            break
        if _genre_of(line.text) and not words.menu.search(line.text):
            return False
    others = [line for line in titles if line.text != title.text and words.owned.search(line.text)]
    below = text[title.start : next((line.start for line in others if line.start > title.start), len(text))]
    if any(_are_neighbours(text, title, other) for other in others):
        return _is_built_as_one(below)
    owned = words.owned.search(title.text) is not None
    return len(_headings(below)) >= words.least_headings or (owned and len(_sections(below)) >= words.least_sections)


def _are_neighbours(text: str, one: Line, other: Line) -> bool:
    first, second = sorted((one, other), key=lambda line: line.start)
    return not text[first.end : second.start].strip("| \n")


def _is_built_as_one(text: str) -> bool:
    """Whether the headings alone say that this is a report."""
    found = _headings(text)
    return len(found) >= _words().untitled_headings and found.issuperset(_words().untitled_core)


def _headings(text: str) -> set[int]:
    """The sections of a report that have a heading, by their place in genre.yml."""
    return _sections("\n".join(_words().heading.findall(text)))


def _sections(text: str) -> set[int]:
    return {place for place, pattern in enumerate(_words().sections) if pattern.search(text)}


def _outweighed(view: View) -> None:
    """Refuse a page that is another genre although it holds a filled form."""
    genre = None if view.titled else _genre_of(view.title)
    if genre is not None and genre.filled:
        raise Refusal(genre.code, view.title[:_SHOWN])
    _cued(view, [cue for cue in _words().cues if cue.filled])


def _cued(view: View, cues: list[Cue]) -> None:
    for cue in cues:
        said = list(islice(cue.says.finditer(view.text), cue.least))
        if len(said) == cue.least:
            raise Refusal(cue.code, ", ".join(found.group() for found in said)[:_SHOWN])


def _listing(view: View) -> None:
    words = _words()
    titles = [line for line in view.titles if words.owned.search(line.text)]
    share = sum(len(line.text) for line in titles) / len(view.text)
    if len(titles) < words.list_titles or not (view.titled or share >= words.list_share):
        return
    starts = (*(line.start for line in titles), len(view.text))
    if not any(_is_body(view.text[first:last]) for first, last in pairwise(starts)):
        raise Refusal("not_a_report_list", titles[0].text[:_SHOWN])


def _is_body(text: str) -> bool:
    words = _words()
    return len(_headings(text)) >= words.body_headings or len(words.sentence.findall(text)) >= words.body_sentences


def _other_genre(view: View) -> None:
    genre = None if view.titled else _genre_of(view.title)
    if genre is not None and not (genre.told and (_is_told(view) or _is_built_as_one(view.text))):
        if genre.filled:
            _template(view)
        raise Refusal(genre.code, view.title[:_SHOWN])
    _cued(view, [cue for cue in _words().cues if cue.filled or not view.titled])


def _is_told(view: View) -> bool:
    """Whether the prose of a page speaks of all that a report does."""
    return len(_sections(view.text)) >= _words().told_sections


def _contents(view: View) -> None:
    words = _words()
    numbered = len(words.contents.findall(view.text)) >= words.least_contents
    if numbered and len(words.sentence.findall(view.text)) < words.body_sentences:
        raise Refusal("not_a_report_list", view.title[:_SHOWN])


def _template(view: View) -> None:
    words = _words()
    is_counted = words.count.search(words.instruction.sub("", view.text)) is not None
    holes = [] if is_counted else words.placeholder.findall(view.text)
    if len(holes) >= words.least_placeholders:
        raise Refusal("blank_template", ", ".join(dict.fromkeys(hole.strip() for hole in holes[:3])))


def _bare(view: View) -> None:
    """Headings without one sentence below them."""
    if _words().sentence.search(view.text) is None:
        raise Refusal("not_a_report_list", view.title[:_SHOWN])


def _essay(view: View) -> None:
    words = _words()
    if words.count.search(view.text) is None and len(words.essay.findall(view.text)) >= words.least_essay:
        raise Refusal("not_a_report", view.title[:_SHOWN])


def _unrelated(view: View) -> None:
    genre = _genre_of(view.title)
    told = genre is not None and genre.told and _is_told(view)
    if not (view.titled or told or _is_built_as_one(view.text)):
        raise Refusal("not_a_report", view.title[:_SHOWN])
