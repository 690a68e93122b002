"""One file's bytes become everything that can be read of it: the steps of transforms, composed in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.body import body
from transforms.claims import claims
from transforms.extract import extract
from transforms.framed import unframed
from transforms.genre import screen
from transforms.identify import identify
from transforms.model import Document, Identification, Layout, Note, Paragraph, Reading
from transforms.normalise import Normalised, normalise_document
from transforms.provenance import Provenance, believable, judged, provenance
from transforms.read.reader import read
from transforms.recognise import recognise, tabulate, unread
from transforms.rejoin import rejoined
from transforms.titles import titled


@dataclass(frozen=True, slots=True)
class ReportReading:
    """What one report says, with every intermediate result that a person may want to see."""

    document: Document
    chrome: tuple[Paragraph, ...]
    normalised: Normalised
    provenance: Provenance
    identification: Identification
    layouts: tuple[Layout, ...]
    readings: tuple[Reading, ...]
    notes: tuple[Note, ...]
    forms: tuple[str, ...]


def read_one(data: bytes, source: str) -> ReportReading:
    """Reads the bytes of one report. Raises Refusal, with its code, when the file gives none."""
    printed, normalised = normalise_document(unframed(read(data, source)))
    text, chrome = body(titled(rejoined(printed)))
    document = tabulate(text)
    screen(document)
    layouts = recognise(document)
    layouts += unread(document, layouts)
    where = provenance(printed, normalised, source)
    identification = judged(where, identify(*believable(where, document, chrome, source)))
    year = identification.fiscal_year
    tables = extract(document, layouts, year, identification.scope)
    prose = [block for block in document.blocks if isinstance(block, Paragraph)]
    stated, remarks = claims(prose, year)
    seen = (*_damage(document), *_recognised(document, tables.found))
    return ReportReading(
        document=document,
        chrome=tuple(chrome),
        normalised=normalised,
        provenance=where,
        identification=identification,
        layouts=tuple(layouts),
        readings=(*tables.readings, *stated),
        notes=(*seen, *identification.notes, *tables.notes, *remarks),
        forms=tuple(dict.fromkeys(form for _, form in tables.found)),
    )


def _recognised(document: Document, found: Sequence[tuple[str, str]]) -> list[Note]:
    """Every section of a scanned report says so: the gate publishes it only when all its sums close."""
    return [Note("ocr_section", section=section) for section, _ in found] if "ocr" in document.damage else []


def _damage(document: Document) -> list[Note]:
    """The damage that the readers saw, as notes on the whole report; a code may bring its detail after a colon."""
    parted = (damage.partition(":") for damage in document.damage)
    return [Note(code, detail=detail) for code, _, detail in parted]
