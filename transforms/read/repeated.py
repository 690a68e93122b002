"""Tables that differ in their numbers alone are parsed once: the same official template is printed by thousands.

In: the source of a page. Out: what `tree.walked` gives of it, or None. The table is cut out of the source, an empty one
is left in its place, so that the parse of the rest still decides what that place is; the numbers go into the template
that was made of the first tables alike. A template is made only of a table that reads the same wherever it stands.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from transforms.model import Refusal
from transforms.read.chunk import BREAK
from transforms.read.faint import may_be_faint
from transforms.read.grid import expand
from transforms.read.markup import cells_printed, may_hide
from transforms.read.template import Stamped, Template, emptied
from transforms.read.tree import CUT, DataTable, Parsed, flat, walked

# No page prints it, nor CUT: those that do are read in the ordinary way. U+E000 takes twenty times as long to look for.
HOLE = "\ue002"
NUMBERS = re.compile(r">\s*([0-9][0-9,.]{0,20})\s*<")
# Markup so plain that there is one way to read it. No <sup>: what it prints hangs on how deep it stands.
NAMES = "table|tbody|thead|tfoot|tr|td|th|p|div|span|font|b|i|u|a|em|strong|center|br|img|o:p"
VALUE = r"""(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=`]++)"""
COMMENT = r"<!--(?!-?>)(?:[^-]|-(?!-))*+-->"
TAG = rf"""</?(?:{NAMES})(?:[ \t\r\n]++[^\s"'<>/=]++(?:\s*+=\s*+{VALUE})?+)*+[ \t\r\n]*+/?>"""
PLAIN = re.compile(rf"(?:[^<>]++|{TAG}|{COMMENT})*+", re.IGNORECASE)
GRID = "tbody|thead|tfoot|tr|t[dh]"
# Anything between two cells is moved out of the table, and an end tag there may close what was open before it.
LOOSE = re.compile(
    rf"<(?:table|/?(?:tbody|thead|tfoot|tr)|/t[dh])\b[^<>]*+>(?:[ \t\r\n]|{COMMENT})*+(?!</?(?:{GRID})\b|</table\b)",
    re.IGNORECASE,
)
CONTEXTS = (("", ""), ("<!DOCTYPE html>", "<hr hidden>"))
BLANKS = BREAK + " \t\r\n"
SHORTEST, LONGEST = 1000, 200_000  # characters of a table; shorter ones are parsed sooner than looked up
KEPT = 256  # templates of a process; beyond it all are forgotten, for a new corpus brings new ones
MET = 1 << 14

_templates: dict[str, Template | None] = {}
_met: set[int] = set()  # hashes of skeletons met once: most tables are never met again


class Cut(NamedTuple):
    """The source of a page without the tables that are known, and these in order."""

    rest: str
    tables: list[Stamped]


def read_repeated(source: str) -> Parsed | None:
    """The page by the templates of its tables; None when it has none or they do not tell the whole of it."""
    if HOLE in source or CUT in source:
        return None
    rest, tables = cut_out(source)
    if not tables:
        return None
    page = walked(rest, tables)
    return page if page.found == len(tables) and cells_printed(rest) <= page.cells else None


def forget() -> None:
    """Forgets all templates."""
    _templates.clear()
    _met.clear()


def cut_out(source: str) -> Cut:
    """Cut out the tables that are known, outer ones first."""
    pieces: list[str] = []
    tables: list[Stamped] = []
    done = 0
    for start, end in spans(source):
        known = stamped(source[start:end]) if start >= done else None
        if known is not None:
            pieces += (source[done:start], f"<table {CUT}={len(tables)}></table>")
            tables.append(known)
            done = end
    return Cut("".join([*pieces, source[done:]]), tables)


def spans(source: str) -> list[tuple[int, int]]:
    """The spans of the tables worth knowing that hold no table with tables in it, in order of their starts."""
    name = "table>" if "</table>" in source else "TABLE>"
    tags = sorted((*places(source, f"<{name[:-1]}"), *places(source, f"</{name}")))
    found: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []  # where a table starts, and how many tables deep it is
    for at in tags:
        if source[at + 1] != "/":
            opened.append((at, 0))
        elif opened:
            (start, height), end = opened.pop(), at + len("</table>")
            if opened:
                opened[-1] = opened[-1][0], max(opened[-1][1], height + 1)
            if height < 2 and SHORTEST <= end - start <= LONGEST:
                found.append((start, end))
    return sorted(found)


def places(source: str, word: str) -> Iterator[int]:
    """Where a word stands in a source."""
    at = source.find(word)
    while at >= 0:
        yield at
        at = source.find(word, at + 1)


def stamped(source: str) -> Stamped | None:
    """A table as a template and its numbers; None when its like was not met before or does not read alike."""
    parts = NUMBERS.split(source.replace("&nbsp;", "\u00a0"))
    skeleton = HOLE.join(parts[::2])
    made = _templates.get(skeleton)
    if made is None and skeleton not in _templates and met(skeleton):
        if len(_templates) >= KEPT:
            _templates.clear()
        made = _templates[skeleton] = template(parts[::2])
    return None if made is None else Stamped(made, parts[1::2])


def met(skeleton: str) -> bool:
    """Whether this skeleton was met before; it is from now on."""
    if hash(skeleton) in _met:
        return True
    if len(_met) >= MET:
        _met.clear()
    _met.add(hash(skeleton))
    return False


def template(parts: list[str]) -> Template | None:
    """The template of a table without its numbers; None when they or its surroundings may change how it reads."""
    marks = [f"{HOLE}{number}{HOLE}" for number in range(len(parts) - 1)]
    source = parts[0] + "".join(f">{mark}<{part}" for mark, part in zip(marks, parts[1:], strict=True))
    is_sure = (
        unescape(source).count(HOLE) == 2 * len(marks) and CUT not in unescape(source) and not may_be_faint(source)
    )
    if not is_sure or PLAIN.fullmatch(source) is None or LOOSE.search(source) is not None:
        return None
    table, other = (alone(before, source, after) for before, after in CONTEXTS)
    if table is None or table != other:
        return None
    try:
        return emptied(expand(table.sections, ""), marks, may_hide(source))
    except Refusal:
        return None


def alone(before: str, source: str, after: str) -> DataTable | None:
    """The data table that a source gives; None when it gives anything else, before or behind it."""
    page = walked(f"{before}{CUT}{source}{CUT}{after}")
    pieces = list(flat(page.items))
    tables = [piece for piece in pieces if isinstance(piece, DataTable)]
    if len(tables) != 1 or page.cells != cells_printed(source):
        return None
    at = pieces.index(tables[0])
    sides = ("".join(map(str, side)).strip(BLANKS) for side in (pieces[:at], pieces[at + 1 :]))
    return tables[0] if all(side == CUT for side in sides) else None
