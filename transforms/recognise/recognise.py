"""Which forms' tables a document prints, decided by labels alone, section by section.

Every table is walked by the forms that share most labels with it; over all pieces of a section in the document the form
that explains most wins. Where two explain as much (table 4 is the same since 2019), that of the other tables does.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from transforms.forms import forms
from transforms.model import Document, Layout, Table
from transforms.recognise.bare import bare
from transforms.recognise.candidates import Place, candidates, declared, is_labelled
from transforms.recognise.grid import walk_grid
from transforms.recognise.headed import headed
from transforms.recognise.index import index
from transforms.recognise.memory import Draft, Model, bound, drafts, is_grid, model
from transforms.recognise.said import with_units
from transforms.recognise.stream import Stream, walk_stream
from transforms.recognise.walk import Found, Left, Walk

_KEPT = 1024  # documents, and walks of a table by a form


class Walked(NamedTuple):
    """One printed table walked by the labels of one form."""

    table: Table
    form: str
    walk: Walk


def recognise(document: Document) -> list[Layout]:
    """The layouts of all tables of all forms printed in the document, in reading order.

    Expects a normalised document. A printed table holding several tables of a form gives several layouts; one cut
    in pieces gives one a piece. Numbers that no declared cell claims are leftovers of the section they stand in.
    """
    tables = [block for block in headed(document.blocks) if isinstance(block, Table) and is_labelled(block)]
    models = tuple(map(model, tables))
    known = _drafts(models)
    if known is None:
        layouts = list(chain.from_iterable(_layouts_of([Model(table, candidates(table)) for table in tables])))
    else:
        layouts = bound(known, tables)
    return [*with_units(document, layouts), *bare(document, layouts)]


@lru_cache(_KEPT)
def _drafts(models: tuple[Model, ...]) -> tuple[Draft, ...] | None:
    return drafts(_layouts_of(models), [model.table for model in models])


def _layouts_of(models: Sequence[Model]) -> list[list[Layout]]:
    """The layouts of each table."""
    alone = {forms[0] for model in models for forms in model.rivals.values() if len(forms) == 1}
    walks = [
        [Walked(model.table, form, _walk(model, form)) for form in _worth(model.rivals, alone)] for model in models
    ]
    every = [one for own in walks for one in own]
    sure = _sure(every)
    chosen = _chosen(every, sure)
    return [_layouts(own, chosen, sure) for own in walks]


def _worth(rivals: dict[str, list[str]], alone: set[str]) -> list[str]:
    """The forms to walk a table by. Of forms that declare a section alike, those that other tables name suffice."""
    kept = set()
    for section, codes in rivals.items():
        alike = len(codes) > 1 and _alike(section, tuple(codes))
        kept |= ({code for code in codes if code in alone} or {codes[-1]}) if alike else set(codes)
    return sorted(kept)


@cache
def _alike(section: str, codes: tuple[str, ...]) -> bool:
    return all(declared(code, section) == declared(codes[0], section) for code in codes)


@lru_cache(_KEPT)
def _walk(model: Model, form: str) -> Walk:
    walk = walk_grid if is_grid(model.table) else walk_stream
    return walk(model.table, index(form))


def _chosen(walks: Sequence[Walked], sure: set[Place]) -> dict[str, str]:
    """Section -> the form that explains most of it over the whole document, where it has enough labels to be sure."""
    weights: dict[Place, int] = {}
    for _, form, walk in walks:
        for section, found in walk.found.items():
            left = sum(left.section == section for left in walk.left)
            weights[form, section] = weights.get((form, section), 0) + found.weight() - left
    sections = dict.fromkeys(section for form, section in weights if (form, section) in sure)
    return {section: _heaviest(section, weights, sure) for section in sections}


def _heaviest(section: str, weights: dict[Place, int], sure: set[Place]) -> str:
    """The form with most weight in a section; of equals the one that wins more elsewhere, then the newer."""
    whole = {code: sum(weight for (form, _), weight in weights.items() if form == code) for code in forms()}
    rivals = [form for form, other in weights if other == section and (form, other) in sure]
    return max(rivals, key=lambda form: (weights[form, section], whole[form], forms()[form].fiscal_years[0]))


def _sure(walks: Iterable[Walked]) -> set[Place]:
    """(form, section) pairs with enough labels over the whole document to be sure of them."""
    labels: dict[Place, set[str]] = {}
    for _, form, walk in walks:
        for section, found in walk.found.items():
            names = found.rows if declared(form, section).rows else found.headers
            labels.setdefault((form, section), set()).update(names)
    return {place for place, names in labels.items() if len(names) >= declared(*place).least}


def _layouts(walks: Sequence[Walked], chosen: dict[str, str], sure: set[Place]) -> list[Layout]:
    """The layouts of one printed table; a number that one section claims is no leftover of another."""
    taken = [
        (one, section, found)
        for one in walks
        for section, found in one.walk.found.items()
        if found.weight() and _is_taken(one.form, section, walks, chosen, sure)
    ]
    claimed = {item.cell.at for _, _, found in taken for item in found.placed}
    claimed |= {cell.at for _, _, found in taken for row in found.loose for cell in row.cells}
    owners = {(one.form, section) for one, section, _ in taken}
    heads = {one.form: section for one, section, _ in reversed(taken)}
    left: dict[Place, list[Left]] = {}
    for one in walks:
        for item in one.walk.left:
            owner = (one.form, item.section if (one.form, item.section) in owners else heads.get(one.form, ""))
            if item.cell.at not in claimed and (item.section not in chosen or owner[1] == item.section):
                left.setdefault(owner, []).append(item)
    return [_layout(one, section, found, left.get((one.form, section), [])) for one, section, found in taken]


def _is_taken(form: str, section: str, walks: Sequence[Walked], chosen: dict[str, str], sure: set[Place]) -> bool:
    """Whether a section of a printed table is read by this form: the chosen one, or one where that has no part."""
    if chosen.get(section) == form:
        return True
    others = any(one.form == chosen.get(section) and section in one.walk.found for one in walks)
    return (form, section) in sure and not others


def _layout(one: Walked, section: str, found: Found, left: Sequence[Left]) -> Layout:
    damage = one.walk.damage if isinstance(one.walk, Stream) else ""
    if damage:
        return Layout(one.form, section, one.table.at, (), (), (), damage=damage)
    tolerant = declared(one.form, section).tolerant
    local = tuple((item.label, item.cell) for item in left if tolerant and item.label is not None)
    rest = tuple(item.cell for item in left if not tolerant or item.label is None)
    return Layout(one.form, section, one.table.at, tuple(found.placed), tuple(found.loose), rest, local)
