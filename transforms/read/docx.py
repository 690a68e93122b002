"""A DOCX file in, a Document out: paragraphs and rectangular data tables in the order in which they are read.

Locators are `p3` and `t1/r2/c3`, as of web pages; `source_places` finds them again in the XML of the file.
"""

import re
from collections.abc import Callable

from transforms.model import Document, Refusal
from transforms.read.html import assemble
from transforms.read.markup import one_line
from transforms.read.package import main_part, opened, part, related, xml
from transforms.read.source import place
from transforms.read.unseen import crossed_out
from transforms.read.word import visible
from transforms.read.wordstyles import Element, W, telling_styles

USUAL = "word/document.xml"
CORE = "docProps/core.xml"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
PICTURES = (W + "drawing", W + "pict", W + "object")
TRACKED = (W + "del", W + "ins", W + "moveFrom")
LOCATOR = re.compile(r"(?:t(\d+)/r(\d+)/c(\d+)|p(\d+))(?:/\d+-\d+)?")


def read_docx(data: bytes) -> Document:
    """Read a DOCX file.

    Raises Refusal: `broken_container`, `encrypted`, `decompression_bomb`, `declares_entities`, `too_deep`,
    `too_many_cells`, `needs_ocr` (nothing but pictures), `empty_file`.
    """
    with opened(data) as package:
        name = main_part(package, USUAL)
        root = xml(part(package, name), name)
        styles = telling_styles(part(package, styles_name(related(package, name))))
        metadata = title(part(package, CORE))
    damage = ["tracked_changes"] if next(root.iter(*TRACKED), None) is not None else []
    if struck := crossed_out(root, styles):
        damage.append(f"struck_out:{struck}")
    pictured = next(root.iter(*PICTURES), None) is not None
    blocks, ragged = assemble(visible(root, styles))
    if not blocks:
        refuse_blank(root, pictured)
    text = "\n".join(getattr(block, "text", "") for block in blocks)
    damage += [f"ragged_table:{at}" for at in ragged]
    return Document(tuple(blocks), text, "docx", metadata=metadata, damage=tuple(damage))


def refuse_blank(root: Element, pictured: bool) -> None:
    """Raise Refusal for a document without a word: scanned, a page of another format inside, or blank."""
    if pictured:
        raise Refusal("needs_ocr", "DOCX")
    if next(root.iter(W + "altChunk"), None) is not None:
        raise Refusal("format_not_read", "altChunk")
    raise Refusal("empty_file")


def styles_name(relations: dict[str, tuple[str, str]]) -> str:
    """The name of the part that holds the styles."""
    return next((target for kind, target in relations.values() if kind == "styles"), "")


def title(core: bytes) -> tuple[tuple[str, str], ...]:
    """The title that the file says it has, under a name of its own: templates hand on last year's."""
    found = xml(core, CORE).findtext(TITLE) if core else None
    return (("document title", one_line(found)),) if found and found.strip() else ()


def source_places(data: bytes) -> Callable[[str], tuple[str, str]]:
    """From a locator (`t4/r7/c3`, `p12/34-38`) to the part of the file and, if they are sure, its characters `12-14`.

    What it gives raises LookupError for no locator.
    """
    with opened(data) as package:
        name = main_part(package, USUAL)
        source = part(package, name).decode("utf-8", errors="replace")
    document = read_docx(data)

    def find(at: str) -> tuple[str, str]:
        if LOCATOR.fullmatch(at) is None:
            raise LookupError(f"{at}: no locator of a DOCX file")
        try:
            start, end = place(source, document, at)
        except LookupError:
            return name, ""
        return name, f"{start}-{end}"

    return find
