"""Tables printed for the organ alone and for its whole area: which of them are of the scope of the report.

In: a normalised document, its layouts, the scope of the report. Out: the layouts without those of the other scope where
one of its own stands beside them, and a note for every table of the other scope.
"""

from collections.abc import Iterator, Sequence

from transforms.extract.captions import above, lone, says
from transforms.model import Document, Layout, Note, Table

_SCOPES = ("own", "aggregate")


def of_scope(document: Document, layouts: Sequence[Layout], scope: str) -> tuple[list[Layout], list[Note]]:
    """The layouts to read. Without a scope nobody can tell which they are, nor where a caption names both."""
    told = list(zip(layouts, _told(document, layouts), strict=True))
    fitting = {layout.section for layout, (said, _) in told if said == scope}
    kept, notes = [], []
    for layout, (said, caption) in told:
        is_other = scope in _SCOPES and said not in ("", scope)
        if is_other:
            code = "table_left_out" if layout.section in fitting else "table_of_another_scope"
            notes.append(Note(code, layout.section, layout.at, caption))
        if not is_other or layout.section not in fitting:
            kept.append(layout)
    return kept, notes


def _told(document: Document, layouts: Sequence[Layout]) -> Iterator[tuple[str, str]]:
    """The scope that the caption of each table says, and the caption; a piece without one goes on the last."""
    places = {block.at: place for place, block in enumerate(document.blocks) if isinstance(block, Table)}
    last: dict[str, tuple[str, str]] = {}
    for layout in layouts:
        place = places.get(layout.at)
        texts = [] if place is None else [*lone(document.blocks[place]), *above(document.blocks, place)]
        said = next(filter(None, map(_scope, texts)), "")
        if said:
            last[layout.section] = said, next(text for text in texts if _scope(text))
        yield last.get(layout.section, ("", ""))


def _scope(caption: str) -> str:
    """The scope that a caption names, unless it names both or only who filled in the form."""
    named = [] if says("filled_in", caption) else [scope for scope in _SCOPES if says(scope, caption)]
    return named[0] if len(named) == 1 else ""
