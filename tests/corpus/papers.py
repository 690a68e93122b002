"""Whole reports of any form, before they are printed: who, when, text and grids, and the truth of each number.

`Stated` is what a reader must make of one declared cell, taken from the grid that is printed, so that a damaged grid
brings its own truth along.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from tests.corpus import declared, labels, prose
from tests.corpus.agencies import Who, who
from tests.corpus.fills import Rule, Section, plant, rules, sections
from tests.corpus.grids import Box, Grid, proactive, remedies, requests
from tests.corpus.hands import EMPTY, Hand, hand, written
from tests.corpus.prose import Claim, Narrative, Said


class Heading(str):
    """A line that opens a section."""

    __slots__ = ()


@dataclass(frozen=True)
class Drawn:
    """A grid of a section, in one piece or in several."""

    section: str
    grid: Grid


Block = str | Drawn


@dataclass(frozen=True)
class Paper:
    """A report ready to be printed. `planted` is the rule that its numbers were made to break, if any."""

    kind: str
    who: Who
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    hand: Hand
    planted: Rule | None = None
    faulty: str = ""  # the section of the planted fault


@dataclass(frozen=True)
class Stated:
    """What a declared cell says: the number behind it, its unit, how it is printed, and the state that follows."""

    section: str
    value: float
    unit: str
    printed: str
    state: str
    alone: bool  # every cell of its row is printed: then nothing is lost when blanks are


def paper(kind: str, rng: Random, faulty: bool = False, full: bool = False) -> Paper:
    """A report of a kind; its prose agrees with its tables, faults and all. A full one has a number in every cell."""
    found, size = sections(kind, rng)
    planted, where = None, ""
    if faulty:
        at = rng.choice([place for place, one in enumerate(found) if rules(one.name, one.form)])
        changed, planted = plant(found[at], rng)
        found, where = (*found[:at], changed, *found[at + 1 :]), changed.name
    body = who(rng, size, declared.years(kind))
    one = hand(rng, full=faulty or full)
    title = rng.choice(
        ("{0}{1}年政府信息公开工作年度报告", "{1}年{0}政府信息公开工作年度报告", "{0}{1}年政府信息公开年度报告")
    )
    told = _narrative(kind, found, body, rng)
    drawn = [Drawn(section.name, draw(section, one, rng)) for section in found]
    laid = sheet_blocks(kind, told, drawn) if kind.startswith("sheet") else table_blocks(told, drawn)
    name = title.format(body.agency, body.fiscal_year)
    return Paper(kind, body, name, tuple(laid), found, told.claims, one, planted, where)


def truth(given: Paper) -> dict[tuple[str, str], list[Stated]]:
    """What each declared cell says, once for every time that it is printed: not at all where its row is missing."""
    found: dict[tuple[str, str], list[Stated]] = {key: [] for section in given.sections for key in section.cells}
    values = {key: value for section in given.sections for key, value in section.cells.items()}
    for drawn in (block for block in given.blocks if isinstance(block, Drawn)):
        for row in drawn.grid:
            alone = all(box.text.strip() for box in row if box.key is not None)
            for box in row:
                if box.key is not None:
                    found[box.key].append(_stated(drawn.section, box, box.key[0], values[box.key], given.hand, alone))
    return found


def draw(section: Section, one: Hand, rng: Random) -> Grid:
    """The section as its form prints it, in this hand."""
    printed = {key: written(key[0], value, declared.unit(key[0]), one, rng) for key, value in section.cells.items()}
    if section.name == "proactive":
        return proactive(printed, declared.proactive(section.form))
    if section.name == "requests":
        return requests(printed, declared.requests(section.form))
    return remedies(printed) if section.name == "remedies" else _sheet(section.form, printed, rng)


def _stated(section: str, box: Box, metric: str, value: float, one: Hand, alone: bool) -> Stated:
    text = box.text.strip()
    state = "reported" if text == "0" else EMPTY.get(text, "reported")
    unit = "" if not metric.endswith("_amount") else one.money
    if unit == "" and metric.endswith("_amount") and value and state == "reported":
        state = "unreadable"
    return Stated(section, value, unit, text, state, alone)


def _sheet(form: str, printed: Mapping[tuple[str, str], str], rng: Random) -> Grid:
    """A sheet, its rows numbered as its form numbers them; some sheets of 2008 have a column of running totals too."""
    headers = tuple(declared.written_out()[form]["headers"])
    running = ("历年累计",) if form == "sheet_2008" and rng.random() < 0.3 else ()
    empty = rng.choice(("——", "----", ""))
    rows = [tuple(Box(text) for text in (*headers, *running))]
    for line in declared.lines(form):
        label = (line.number, line.label) if form == "sheet_2008" else (_numbered(line),)
        count = Box(printed[line.metric, ""], key=(line.metric, "")) if line.metric else Box(empty)
        more = [Box(str(rng.randint(0, 90000))) for _ in running]
        rows.append((*map(Box, label), Box(line.unit if line.metric else empty), count, *more))
    return tuple(rows)


def _numbered(line: declared.Line) -> str:
    if line.number.startswith("其中"):
        return f"其中：{line.number.removeprefix('其中').lstrip('：')}{line.label}"
    return line.number + ("、" if line.number in "一二三四五六七八九" and line.number else "") + line.label


def _narrative(kind: str, found: tuple[Section, ...], body: Who, rng: Random) -> Narrative:
    cells = {key: value for section in found for key, value in section.cells.items()}
    if kind.startswith("sheet"):
        return _told_of_sheet(cells, body, rng)
    # the form of 2019 counts documents otherwise: what its prose says of issuing and repealing stands nowhere else
    loose = {(f"normative_documents_{verb}", ""): rng.randint(0, 9) for verb in ("issued", "repealed")}
    return prose.narrative(loose | cells, body, rng)


def _told_of_sheet(cells: Mapping[tuple[str, str], float], body: Who, rng: Random) -> Narrative:
    items, received = cells["proactive_items", ""], cells["requests_received", ""]
    opening = Said(
        f"根据《中华人民共和国政府信息公开条例》，{body.agency}编制{body.fiscal_year}年度报告。"
        f"统计期限自{body.fiscal_year}年1月1日起至{body.fiscal_year}年12月31日止。"
    )
    published = Said(f"全年主动公开政府信息{items}条。", (Claim("proactive_items", "", "", items),))
    text = f"全年收到政府信息公开申请{received}件。" if received else "全年未收到政府信息公开申请。"
    requested = Said(text, (Claim("requests_received", "total", "", received, also=("requests_new",)),))
    return Narrative(opening, ((Said("".join(rng.sample(prose.REMARKS, 5))),), (published,), (requested,)))


SHEET_HEADINGS = ("一、概述", "二、主动公开政府信息的情况", "三、依申请公开政府信息的情况")


def table_blocks(told: Narrative, drawn: list[Drawn]) -> list[Block]:
    """Prose and tables in the order of the forms of 2019 and 2021."""
    found: list[Block] = [told.preamble.text]
    for at, heading in enumerate(labels.HEADINGS):
        found += [Heading(heading), *(said.text for said in told.sections[at])]
        found += drawn[at - 1 : at] if 1 <= at <= 3 else []
    return found


def sheet_blocks(kind: str, told: Narrative, drawn: list[Drawn]) -> list[Block]:
    """Prose, and the sheet of this kind behind it."""
    found: list[Block] = [told.preamble.text]
    for heading, section in zip(SHEET_HEADINGS, told.sections, strict=True):
        found += [Heading(heading), *(said.text for said in section)]
    return [*found, Heading(f"附表：{declared.written_out()[kind]['title']}"), *drawn]
