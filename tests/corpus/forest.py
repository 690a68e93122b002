"""Chains as files that pass the gate together: a number comes in, all their reports and their truth go out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random

from tests.corpus.bonds import KINDS
from tests.corpus.families import Body, Leaf, Tree, bodies, clean, dense, faulty, rules, sums
from tests.corpus.grids import Grid
from tests.corpus.hands import Hand, hand
from tests.corpus.papers import Drawn, Paper, draw, sheet_blocks, table_blocks
from tests.corpus.presses import ENDINGS, press
from tests.corpus.prose import MANAGEMENT, PROBLEMS, REMARKS, Narrative, Said

PRINTS = {"HTML": ("plain", "A", "B", "C", "D"), "DOCX": ("plain",), "XLSX": ("typed",), "text": ("A7",)}
SHARES = (60, 10, 10, 20)
# Only a page says when it was published; a text is the worse of two copies, and a note in a cell unplaces its row.
PAGES = ("R.EARLY", "R.LATE", "XR.DUPLICATE", "R.NOTED")
CLEAN = {"form_2021": 26, "form_2019": 8, "sheet_2014": 10, "sheet_2008": 10}


@dataclass(frozen=True)
class Grove:
    """The chains of one publish, and their files by source."""

    trees: tuple[Tree, ...]
    files: Mapping[str, bytes]
    sources: Mapping[str, str]  # of each report by its name


def grove(number: int, seed: int, every: int = 1) -> Grove:
    """A fault of every rule in every form that has it, and clean chains; every report in a format of its own.

    With `every`, only each so many of them: a sample for the tests.
    """
    rng = Random(f"{seed}/grove/{number}")
    free = bodies(rng)
    trees = tuple(_tree(f"{seed}/chain/{number}", *one, free, rng) for one in list(_asked())[number % every :: every])
    files, sources = {}, {}
    for tree in trees:
        one = hand(rng, full=bool(tree.rule))
        for leaf in tree.leaves:
            form = "HTML" if tree.rule in PAGES else rng.choices(tuple(PRINTS), SHARES)[0]
            source = leaf.name + ENDINGS[form]
            script = "traditional" if rng.random() < 0.1 else "simplified"
            files[source] = press(paper(leaf, one, rng), form, rng.choice(PRINTS[form]), script)
            sources[leaf.name] = source
    return Grove(trees, files, sources)


def _asked() -> Iterator[tuple[str, str, str]]:
    """What a grove is made of: form, clean or faulty or dense, and the rule or a number."""
    for kind in KINDS["all"]:
        yield from ((kind, "faulty", rule) for rule in rules(kind))
        yield from ((kind, "dense", rule) for rule in sums(kind))
        yield from ((kind, "clean", str(at)) for at in range(CLEAN[kind]))


def _tree(name: str, kind: str, sort: str, rule: str, free: list[Body], rng: Random) -> Tree:
    name = f"{name}/{kind}/{sort}-{rule}"
    if sort == "clean":
        return clean(name, kind, free, rng)
    return (faulty if sort == "faulty" else dense)(name, kind, rule, free, rng)


def paper(leaf: Leaf, one: Hand, rng: Random) -> Paper:
    """A report of a chain as it is printed."""
    year, who = leaf.year, leaf.who
    drawn = [Drawn(section.name, _noted(draw(section, one, rng), leaf)) for section in year.sections]
    told = _narrative(leaf, rng)
    blocks = sheet_blocks(year.kind, told, drawn) if year.kind.startswith("sheet") else table_blocks(told, drawn)
    title = f"{who.agency}{year.year}年政府信息公开工作年度报告"
    return Paper(year.kind, who, title, tuple(blocks), year.sections, (), one)


def _noted(grid: Grid, leaf: Leaf) -> Grid:
    """The grid with what a cell notes beside its number, if the report has such a cell."""
    if leaf.noted is None:
        return grid
    cell, text = leaf.noted
    return tuple(tuple(replace(box, text=text) if box.key == cell else box for box in row) for row in grid)


def _narrative(leaf: Leaf, rng: Random) -> Narrative:
    """The sentences of a report among others that state nothing."""
    who = leaf.who
    opening = (
        f"根据《中华人民共和国政府信息公开条例》，编制本报告。统计期限从{who.fiscal_year}年1月1日起"
        f"至{who.fiscal_year}年12月31日止。"
    )
    if who.aggregate:
        opening += f"本报告由{who.agency}办公室综合全{who.region[-1]}各级行政机关的数据汇总编制。"
    told = tuple(Said(one.printed) for one in leaf.said)
    some = Said(rng.choice(MANAGEMENT) + "".join(rng.sample(REMARKS, 3)))
    if leaf.year.kind.startswith("sheet"):
        return Narrative(Said(opening), ((some,), told, ()))
    problems = tuple(Said(text) for text in rng.choice(PROBLEMS))
    return Narrative(Said(opening), ((*told, some), (), (), (), problems, ()))
