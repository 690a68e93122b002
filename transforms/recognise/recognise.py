"""Tries every form on every printed table and keeps the one whose labels explain most of it."""

from collections.abc import Iterable

from transforms.forms import Form, FormTable, forms
from transforms.model import Document, Layout, Table
from transforms.recognise.grid import Found, Sheet, walk_grid
from transforms.recognise.index import index
from transforms.recognise.stream import Stream, walk_stream

_ENOUGH = 2  # rows of a table (headers of a record) that make it one of ours, over all its printed pieces


def recognise(document: Document) -> list[Layout]:
    """The layouts of all tables of all forms printed in the document, in reading order.

    Expects a normalised document. A printed table holding several tables of a form gives several layouts; one cut
    in pieces gives one a piece. Numbers that no declared cell claims are leftovers of the first layout of their table.
    """
    tables = [block for block in document.blocks if isinstance(block, Table)]
    walked = [_best(table) for table in tables]
    known = _known(walk for walk in walked if walk is not None)
    return [
        layout
        for table, walk in zip(tables, walked, strict=True)
        if walk is not None
        for layout in _layouts(table, walk, known)
    ]


def _best(table: Table) -> Sheet | Stream | None:
    walks = [_walk(table, form) for form in forms().values() if form.tables]
    walks = [walk for walk in walks if any(_size(found) for found in walk.found.values())]
    return max(walks, key=lambda walk: sum(map(_size, walk.found.values())) - len(walk.leftovers), default=None)


def _walk(table: Table, form: Form) -> Sheet | Stream:
    if table.order == "grid" and not table.at.startswith("c"):
        return walk_grid(table, index(form.code))
    return walk_stream(table, index(form.code))


def _size(found: Found) -> int:
    return len(found.placed) + sum(len(row.cells) for row in found.loose) + len(found.rows)


def _known(walks: Iterable[Sheet | Stream]) -> set[tuple[str, str]]:
    """(form, section) pairs with enough labels over the whole document to be sure of them."""
    labels: dict[tuple[str, str], set[str]] = {}
    for walk in walks:
        for section, found in walk.found.items():
            table = _declared(walk.index.form, section)
            labels.setdefault((walk.index.form.code, section), set()).update(
                found.rows if table.rows else found.headers
            )
    return {key for key, names in labels.items() if len(names) >= _ENOUGH}


def _declared(form: Form, section: str) -> FormTable:
    return next(table for table in form.tables if table.section == section)


def _layouts(table: Table, walk: Sheet | Stream, known: set[tuple[str, str]]) -> list[Layout]:
    form = walk.index.form.code
    layouts = [
        Layout(form, section, table.at, tuple(found.placed), tuple(found.loose), ())
        for section, found in walk.found.items()
        if (form, section) in known and _size(found)
    ]
    if not layouts or not walk.leftovers:
        return layouts
    first = layouts[0]
    with_leftovers = Layout(form, first.section, first.at, first.placed, first.loose, tuple(walk.leftovers))
    return [with_leftovers, *layouts[1:]]
