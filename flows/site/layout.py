"""The printed layout of the official forms: data/layouts.yml in, merged headings out."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter

from transforms.forms import load

Path = tuple[str, ...]


class Layout(BaseModel):
    """One block of a form as printed: the paths of headings over its columns and beside its rows, by their keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    forms: tuple[str, ...]
    section: str
    caption: str = ""
    corner: str = ""
    columns: dict[str, Path]
    rows: dict[str, Path] = {}
    before: dict[str, Path] = {}


class Heading(NamedTuple):
    """A merged heading: how many columns (or rows) it stands over and how many levels it takes."""

    text: str
    across: int
    levels: int


@cache
def layouts(form: str, section: str) -> tuple[Layout, ...]:
    """The blocks of a form's section in the order of print; none for a form that is not declared."""
    return tuple(layout for layout in _declared() if form in layout.forms and layout.section == section)


@cache
def _declared() -> tuple[Layout, ...]:
    return TypeAdapter(tuple[Layout, ...]).validate_python(load("layouts.yml"))


def headings(paths: Sequence[Path]) -> list[list[tuple[int, Heading]]]:
    """By level from the outside in, the headings that begin there, each with the place of its first column (or row)."""
    depth = max(map(len, paths), default=0)
    full = [path + path[-1:] * (depth - len(path)) for path in paths]
    return [list(_level(full, level)) for level in range(depth)]


def _level(paths: Sequence[Path], level: int) -> list[tuple[int, Heading]]:
    begun: list[tuple[int, Heading]] = []
    for _, group in groupby(enumerate(paths), lambda item: item[1][: level + 1]):
        places = list(group)
        first, path = places[0]
        if level == 0 or path[level] != path[level - 1]:
            same = next((i for i in range(level, len(path)) if path[i] != path[level]), len(path))
            begun.append((first, Heading(path[level], len(places), same - level)))
    return begun
