"""The pages of a PDF in, its Document out, and the place on a page behind each locator."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from transforms.model import Document, Refusal
from transforms.read.pdf.flow import Places, flow, sorted_page
from transforms.read.pdf.ink import Glyph, Page, on_page

LEAST_CHARACTERS = 20  # of a page that has a text layer (measurements.md §8)
LOCATOR = re.compile(r"(t\d+/r\d+/c\d+|p\d+)(?:/(\d+)-(\d+))?")

Box = tuple[float, float, float, float]


def place(found: Sequence[Page], places: Places, at: str) -> tuple[int, Box]:
    """The page and the box on it, (left, bottom, right, top), behind a locator of the document that pages make."""
    match = LOCATOR.fullmatch(at)
    text = places.get(match[1]) if match else None
    if match is None or text is None:
        raise LookupError(f"{at}: no such place")
    first, last = (int(match[2]), int(match[3])) if match[2] else (0, len(text.text))
    glyphs = [glyph for glyph in text.glyphs[first:last] if glyph is not None]
    if not glyphs:
        raise LookupError(f"{at}: nothing is printed there")
    page = found[glyphs[0].page - 1]
    return page.number, box_of([glyph for glyph in glyphs if glyph.page == page.number], page.turn)


def box_of(glyphs: Sequence[Glyph], turn: int) -> Box:
    """The box around characters, on the page."""
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    top, base = min(glyph.base - glyph.size for glyph in glyphs), max(glyph.base for glyph in glyphs)
    (x, y), (other_x, other_y) = on_page(left, base, turn), on_page(right, top, turn)
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def document(found: Sequence[Page]) -> tuple[Document, Places]:
    """The document that pages make, wherever they come from, and what stands at each locator.

    Raises Refusal: `no_text_layer`, `too_many_cells`.
    """
    refuse_pictures(found)
    sheets = [sorted_page(page) for page in found]
    blocks, places = flow(sheets)
    damage = tuple(total_damage(found, sum(sheet.crossing for sheet in sheets)))
    return Document(tuple(blocks), "\n".join(page.text for page in found), "pdf", damage=damage), places


def refuse_pictures(found: Sequence[Page]) -> None:
    """Raise Refusal when the pages hold hardly any text: they were scanned."""
    if sum(len(page.glyphs) for page in found) < LEAST_CHARACTERS * len(found):
        raise Refusal("no_text_layer", str(len(found)))


def total_damage(found: Sequence[Page], crossing: int) -> Iterator[str]:
    """What was damaged on all pages together, as codes with counts."""
    counts: Counter[str] = Counter()
    for page in found:
        counts["picture_pages"] += len(page.glyphs) < LEAST_CHARACTERS and page.has_picture
        counts.update(dict(page.damage))
    counts["number_crosses_ruling"] += crossing
    yield from (f"{code}:{count}" for code, count in counts.items() if count)
