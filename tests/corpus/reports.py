"""A whole report from a seed: who, the numbers, the prose, and the truth that every reader of it must find."""

from dataclasses import dataclass
from random import Random

from tests.corpus.agencies import Who, who
from tests.corpus.form import Cells, Filled, fill
from tests.corpus.prose import Claim, Narrative, narrative


@dataclass(frozen=True)
class Truth:
    """What must be read: the 200 cells, the claims of the prose, and the identification."""

    cells: Cells
    claims: tuple[Claim, ...]
    agency: str
    region_code: str
    fiscal_year: int


@dataclass(frozen=True)
class Report:
    """All that the printers need."""

    who: Who
    title: str
    filled: Filled
    narrative: Narrative

    @property
    def truth(self) -> Truth:
        """The numbers and names that were put in."""
        body = self.who
        return Truth(self.filled.cells, self.narrative.claims, body.agency, body.region_code, body.fiscal_year)


def report(seed: int) -> Report:
    """A consistent report: prose and tables agree and every identity closes."""
    return telling(fill(seed), seed)


def telling(filled: Filled, seed: int) -> Report:
    """A report around given numbers; its prose repeats them, faults and all."""
    rng = Random(seed + 1)
    body = who(rng, filled.size)
    return Report(body, _title(body, rng), filled, narrative(filled.cells, body, rng))


def _title(body: Who, rng: Random) -> str:
    year, agency = body.fiscal_year, body.agency
    return rng.choice(
        (
            f"{agency}{year}年政府信息公开工作年度报告",
            f"{year}年{agency}政府信息公开工作年度报告",
            f"{agency}{year}年度政府信息公开工作年度报告",
        )
    )
