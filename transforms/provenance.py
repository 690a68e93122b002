"""Where a page comes from and what was done to it on the way: how far it is to be trusted, and what of it.

In: a Document as printed, what normalising found, and the source as given. Out: Provenance, and `believable`, which
takes away what a doubtful site says of itself before anyone asks the page for its region. Weights and patterns are
declared in data/lookups/provenance.yml; trust is a warning to users and never decides whether a number is published.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict

from transforms.forms import load
from transforms.model import Document, Identification, Note, Paragraph
from transforms.normalise import Normalised

Pattern = Annotated[re.Pattern[str], BeforeValidator(lambda text: re.compile(text, re.MULTILINE))]
Doubt = Literal["container", "name"]
WHOLE = 100
_COUNTED = 99
_LINES_REMEMBERED = 1 << 14  # the pages of one site share their menus, those of one form its labels
_PLACED = (("region_code", "agency"), ("region_code", "text"))  # signals of a name that begins with a listed region


class _Reason(BaseModel):
    """Something that speaks against a page, in points, and what it says to people."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    code: str
    weight: int
    zh: str
    en: str


class Host(_Reason):
    """A class of hosts; whether what such a site says of itself is believed."""

    believed: bool
    host: Pattern


class Clone(_Reason):
    """What a mirror of a government site bears: words of its footer, or names of its metadata."""

    bears: Pattern
    named: tuple[str, ...]


class Counted(_Reason):
    """Damage that reading has counted."""

    of: Literal["ghosts", "traditional", "taiwan", "undecodable", "invisible"]
    least: int
    doubts: tuple[Doubt, ...]


class Told(_Reason):
    """Damage that the text shows."""

    says: Pattern
    least: int
    doubts: tuple[Doubt, ...]


class Declared(BaseModel):
    """The whole of provenance.yml."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    hosts: tuple[Host, ...]
    clone: Clone
    counts: tuple[Counted, ...]
    invisible: str
    texts: tuple[Told, ...]
    doubtful_below: int
    container: Pattern
    container_metadata: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """The class of the host (empty without one), trust in points from 0 to 100, its reasons, and what is doubted.

    Reasons are (code, count) in the order declared; a host counts once.
    """

    host_class: str
    trust: int
    reasons: tuple[tuple[str, int], ...]
    doubts: frozenset[Doubt]

    @property
    def spelled(self) -> str:
        """The reasons for people and tables: code=count, separated by spaces."""
        return " ".join(f"{code}={count}" for code, count in self.reasons)


@cache
def declared() -> Declared:
    """provenance.yml, its patterns compiled."""
    return Declared.model_validate(load("lookups/provenance.yml"))


def provenance(document: Document, normalised: Normalised, source: str) -> Provenance:
    """How far a page is to be trusted; `normalised` is what normalising the same document found."""
    host, believed = _host(document, normalised.plains, source)
    damage = [*_counted(document, normalised), *_told(document, normalised.plains)]
    found = [*([(host, 1)] if host is not None and host.weight else []), *damage]
    doubts = {doubt for reason, _ in damage if isinstance(reason, Counted | Told) for doubt in reason.doubts}
    return Provenance(
        host_class="" if host is None else host.code,
        trust=max(0, WHOLE - sum(reason.weight for reason, _ in found)),
        reasons=tuple((reason.code, count) for reason, count in found),
        doubts=frozenset(doubts if believed else {*doubts, "container"}),
    )


def _host(document: Document, lines: Sequence[str], source: str) -> tuple[Host | Clone | None, bool]:
    name = _host_name(source)
    if not name:
        return None, True
    host = next(host for host in declared().hosts if host.host.search(name))
    clone = declared().clone
    bears = clone.bears.search("\n".join(lines)) or any(name in clone.named for name, _ in document.metadata)
    return (host, True) if host.believed else (clone if bears else host, False)


def _host_name(source: str) -> str:
    """The host of an address, in lower case; empty for the path of a file and for what is no address."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""


def _counted(document: Document, normalised: Normalised) -> list[tuple[_Reason, int]]:
    counts = {
        "ghosts": normalised.ghosts,
        "traditional": int(normalised.is_traditional),
        "taiwan": int(normalised.taiwan),
        "undecodable": document.undecodable,
        # To look whether a sign is there at all costs a tenth of counting it.
        "invisible": sum(document.text.count(sign) for sign in declared().invisible if sign in document.text),
    }
    return [(reason, counts[reason.of]) for reason in declared().counts if counts[reason.of] >= reason.least]


def _told(document: Document, lines: Sequence[str]) -> list[tuple[_Reason, int]]:
    """What the text says; the container's title is a line of it."""
    titles = [value for name, value in document.metadata if name == "title"]
    said = Counter(chain.from_iterable(map(_says, (*titles, *lines))))
    found = [(reason, min(said[reason.code], _COUNTED)) for reason in declared().texts]
    return [(reason, count) for reason, count in found if count >= reason.least]


@lru_cache(_LINES_REMEMBERED)
def _says(line: str) -> tuple[str, ...]:
    """The codes of what a line says, each as often as it does."""
    return tuple(reason.code for reason in declared().texts for _ in islice(reason.says.finditer(line), _COUNTED))


def believable(
    where: Provenance, document: Document, chrome: Sequence[Paragraph], source: str
) -> tuple[Document, list[Paragraph], str]:
    """Document, chrome and source without what a doubtful site says of itself; unchanged when nothing is doubted."""
    if "container" not in where.doubts:
        return document, list(chrome), source
    own = declared().container_metadata
    metadata = tuple((name, value) for name, value in document.metadata if name.lower() not in own)
    blocks = tuple(block for block in document.blocks if not (isinstance(block, Paragraph) and _is_container(block)))
    return replace(document, metadata=metadata, blocks=blocks), [b for b in chrome if not _is_container(b)], ""


def _is_container(line: Paragraph) -> bool:
    """Whether the site speaks of itself; a long line is the report's, flattened with its footer."""
    return len(line.plain) <= WHOLE and declared().container.search(line.plain) is not None


def judged(where: Provenance, who: Identification) -> Identification:
    """The identification with a warning of low trust, and without a name that may be an advertiser's."""
    low = (
        [Note("low_trust", detail=f"{where.trust}: {where.spelled}")] if where.trust < declared().doubtful_below else []
    )
    if "name" not in where.doubts or not who.agency or _is_listed(who):
        return replace(who, notes=(*who.notes, *low))
    overwritten = Note("agency_overwritten", detail=who.agency_printed)
    return replace(who, agency="", agency_id="", region_code="", level="", notes=(*who.notes, *low, overwritten))


def _is_listed(who: Identification) -> bool:
    """Whether the agency is a national body, or the list of regions knows the place that its name is of."""
    return who.level == "national" or any(signal[:2] in _PLACED for signal in who.signals)
