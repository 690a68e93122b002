"""Which paper is printed how: a number comes in, the case with its paper and its file goes out, always the same.

A case is drawn from the seed of the run and its number alone, so that any of them can be made again by itself.
"""

from dataclasses import dataclass
from random import Random

from tests.corpus import damage, declared
from tests.corpus.papers import Paper, paper
from tests.corpus.presses import ENDINGS, FORMATS, press, scripts
from tests.corpus.texts import LOST

SHARES = {"HTML": 30, "DOCX": 14, "XLSX": 13, "ruled PDF": 14, "unruled PDF": 2, "text": 27}
KIND_SHARES = {"form_2021": 46, "form_2019": 22, "sheet_2014": 9, "sheet_2008": 7}
NARROW = "numbers broken"
FAULTY = 0.2
DAMAGED_FORMATS = ("HTML", "DOCX", "XLSX", "ruled PDF", "text")


@dataclass(frozen=True)
class Case:
    """One file: what it prints, how, and what was done to it."""

    number: int
    seed: int
    paper: Paper
    format: str
    kind: str
    script: str
    charset: str
    damage: str = ""
    struck: str = ""  # the section that the damage is in

    @property
    def source(self) -> str:
        """The name of the file; it says nothing of agency or year."""
        return f"{self.seed}/{self.damage or 'whole'}/{self.number}{ENDINGS[self.format]}"

    def file(self) -> bytes:
        """Its bytes."""
        return press(self.paper, self.format, self.kind, self.script, self.charset)


def case(number: int, seed: int) -> Case:
    """A report of any form in any format, a fifth of them with a planted fault."""
    rng = Random(f"{seed}/{number}")
    kind = rng.choices(declared.KINDS, [KIND_SHARES.get(name, 8) for name in declared.KINDS])[0]
    return _printed(number, seed, paper(kind, rng, rng.random() < FAULTY), rng, SHARES)


def damaged_case(number: int, seed: int, kind: str) -> Case:
    """A report one of whose tables was damaged on its way."""
    rng = Random(f"{seed}/{kind}/{number}")
    whole = paper(rng.choice(declared.KINDS), rng)
    struck, section = damage.damaged(whole, kind, rng)
    return _printed(number, seed, struck, rng, dict.fromkeys(DAMAGED_FORMATS, 1) | {"HTML": 2}, kind, section)


def _printed(
    number: int, seed: int, given: Paper, rng: Random, shares: dict[str, int], harm: str = "", struck: str = ""
) -> Case:
    form = rng.choices(tuple(shares), shares.values())[0]
    kind = rng.choice([name for name in FORMATS[form] if not (harm and name in LOST)])
    if kind == NARROW and given.hand.number == "full width":
        kind = "lines"  # in columns of three figures, one of full width a line: nobody sets a table so
    script = rng.choices(scripts(form), (8, 2, 1)[: len(scripts(form))])[0]
    charset = rng.choices(("utf-8", "gb18030"), (3, 1))[0]
    return Case(number, seed, given, form, kind, script, charset, harm, struck)
