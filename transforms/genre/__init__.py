"""Is a page a yearly disclosure report at all? Raises Refusal when it is not; says nothing when it may be one.

In: a normalised Document. Out: nothing, or a Refusal whose code is in data/notes/identify.yml. Words prove nothing,
for every page around a report has them: the title that stands over the body decides, then the build of the body.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from transforms.genre.filled import is_filled_form
from transforms.genre.several import several
from transforms.genre.titles import View, genre_of, has_all_headings, headings, is_built_as_one, sections, view_of
from transforms.genre.words import Cue, Genre, words
from transforms.model import Document, Paragraph, Refusal, Table

__all__ = ["screen"]

_HANZI = re.compile(r"[\u3400-\u9fff]+")
_SHOWN = 40
_ENOUGH = 20_000  # a page with no hanzi in so many characters is no report


def screen(document: Document) -> None:
    """Raise Refusal when the page is no usable report (domain handbook §10.K)."""
    text = "\n".join(map(_text, document.blocks))
    _no_body(text)
    view = view_of("\n".join([*_outer_titles(document), text]))
    _several(view)
    if is_filled_form(text):
        _outweighed(view)
        return
    for refuse in (_contents, _other_genre, _listing, _template, _bare, _essay, _unrelated):
        refuse(view)


def _no_body(text: str) -> None:
    hanzi = 0
    for run in _HANZI.finditer(text, 0, _ENOUGH):
        hanzi += run.end() - run.start()
        if hanzi >= words().least_hanzi:
            return
    raise Refusal("no_body", str(hanzi))


def _several(view: View) -> None:
    found = several(view)
    if found is not None:
        raise Refusal("several_reports", " / ".join(title[:_SHOWN] for title in found))


def _outer_titles(document: Document) -> Iterator[str]:
    """The titles that the container gives, without the name of the site: portals print them outside the body."""
    declared = words()
    for name, value in document.metadata:
        if name in declared.outer_titles:
            yield declared.site.split(value)[0].strip()


def _text(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return block.plain
    return "\n".join(["|".join([cell.plain for cell in row]) for row in block.rows])


def _outweighed(view: View) -> None:
    """Refuse a page that is another genre although it holds a filled form."""
    genre = None if view.titled else genre_of(view.title)
    if genre is not None and genre.filled:
        raise Refusal(genre.code, view.title[:_SHOWN])
    _cued(view, [cue for cue in words().cues if cue.filled])


def _cued(view: View, cues: list[Cue]) -> None:
    for cue in cues:
        said = list(islice(cue.says.finditer(view.text), cue.least))
        if len(said) == cue.least:
            raise Refusal(cue.code, ", ".join(found.group() for found in said)[:_SHOWN])


def _listing(view: View) -> None:
    declared = words()
    titles = [line for line in view.titles if declared.owned.search(line.text)]
    share = sum(len(line.text) for line in titles) / len(view.text)
    if len(titles) < declared.list_titles or not (view.titled or share >= declared.list_share):
        return
    starts = (*(line.start for line in titles), len(view.text))
    if not any(_is_body(view.text[first:last]) for first, last in pairwise(starts)):
        raise Refusal("not_a_report_list", titles[0].text[:_SHOWN])


def _is_body(text: str) -> bool:
    declared = words()
    return (
        len(headings(text)) >= declared.body_headings or len(declared.sentence.findall(text)) >= declared.body_sentences
    )


def _other_genre(view: View) -> None:
    genre = None if view.titled else genre_of(view.title)
    if genre is not None and not _is_called_so(genre, view):
        if genre.filled:
            _template(view)
        raise Refusal(genre.code, view.title[:_SHOWN])
    _cued(view, [cue for cue in words().cues if cue.filled or not view.titled])


def _is_called_so(genre: Genre, view: View) -> bool:
    """Whether this is a report that only calls itself otherwise: it has the headings, or speaks of all the sections."""
    is_told = len(sections(view.text)) >= words().told_sections
    return genre.told and (is_told or has_all_headings(view.text))


def _contents(view: View) -> None:
    declared = words()
    numbered = len(declared.contents.findall(view.text)) >= declared.least_contents
    if numbered and len(declared.sentence.findall(view.text)) < declared.body_sentences:
        raise Refusal("not_a_report_list", view.title[:_SHOWN])


def _template(view: View) -> None:
    declared = words()
    is_counted = declared.count.search(declared.instruction.sub("", view.text)) is not None
    holes = [] if is_counted else declared.placeholder.findall(view.text)
    if len(holes) >= declared.least_placeholders:
        raise Refusal("blank_template", ", ".join(dict.fromkeys(hole.strip() for hole in holes[:3])))


def _bare(view: View) -> None:
    """Headings without one sentence below them."""
    if words().sentence.search(view.text) is None:
        raise Refusal("not_a_report_list", view.title[:_SHOWN])


def _essay(view: View) -> None:
    declared = words()
    if declared.count.search(view.text) is None and len(declared.essay.findall(view.text)) >= declared.least_essay:
        raise Refusal("not_a_report", view.title[:_SHOWN])


def _unrelated(view: View) -> None:
    genre = genre_of(view.title)
    called = genre is not None and _is_called_so(genre, view)
    if not (view.titled or called or is_built_as_one(view.text)):
        raise Refusal("not_a_report", view.title[:_SHOWN])
