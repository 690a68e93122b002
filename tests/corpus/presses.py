"""Papers as files: a paper, a format and a kind come in, the bytes go out.

`FORMATS` are the groups that the accuracy is told by: in `STRUCTURED` ones every number is printed in its place.
"""

from dataclasses import replace
from html import escape

from tests.corpus import docx, markup, pdf, printers, texts, xlsx
from tests.corpus.papers import Block, Drawn, Heading, Paper
from tests.corpus.pdf import Style
from tests.corpus.scripts import in_script

RULED = {
    "lines": Style(),
    "thin boxes": Style(rulings="rects", embeds=False),
    "dots": Style(rulings="dots"),
    "heading repeated": Style(repeat=3, room=400),
    "cut in rows": Style(inside=True, middle=False, room=330),
    "cut and open": Style(inside=True, middle=False, room=330, open_break=True),
    "small pages": Style(room=200, embeds=False),
    "numbers broken": Style(columns={15: (1,) * 15, 10: (0.34, 1.05, 3.9, *(0.5,) * 7)}, pad=2.5),
}
UNRULED = {
    "no rulings": Style(rulings="none"),
    "no rulings, small pages": Style(rulings="none", room=350, embeds=False),
}
FORMATS = {
    "HTML": markup.KINDS,
    "DOCX": docx.KINDS,
    "XLSX": xlsx.KINDS,
    "ruled PDF": tuple(RULED),
    "unruled PDF": tuple(UNRULED),
    "text": texts.DIALECTS,
}
ENDINGS = {
    "HTML": ".html",
    "DOCX": ".docx",
    "XLSX": ".xlsx",
    "ruled PDF": ".pdf",
    "unruled PDF": ".pdf",
    "text": ".txt",
}
STRUCTURED = ("HTML", "DOCX", "XLSX", "ruled PDF")
SCRIPTS = {"text": ("simplified", "traditional", "ghosted"), "HTML": ("simplified", "traditional", "ghosted")}


def press(paper: Paper, form: str, kind: str, script: str = "simplified", charset: str = "utf-8") -> bytes:
    """The bytes of the paper in this format and kind. A text is converted last, after its lines were broken."""
    if form == "text":
        return in_script(texts.as_text(paper, kind), script).encode(charset, "replace")
    return _PRESSES[form](scripted(paper, script), kind, charset)


def scripts(form: str) -> tuple[str, ...]:
    """The scripts that a format is printed in: ghosts haunt pages and what is scraped from them."""
    return SCRIPTS.get(form, ("simplified", "traditional"))


def scripted(paper: Paper, script: str) -> Paper:
    """The paper with all its text in another script."""
    if script == "simplified":
        return paper
    blocks = tuple(_in_script(block, script) for block in paper.blocks)
    return replace(paper, title=in_script(paper.title, script), blocks=blocks)


def _in_script(block: Block, script: str) -> Block:
    if isinstance(block, Drawn):
        rows = (tuple(replace(box, text=in_script(box.text, script)) for box in row) for row in block.grid)
        return replace(block, grid=tuple(rows))
    return type(block)(in_script(block, script))


def _page(paper: Paper, kind: str, charset: str) -> bytes:
    body = "\n".join(_element(block, kind) for block in paper.blocks)
    return printers.page(paper, body, kind, charset).encode(charset, "xmlcharrefreplace")


def _element(block: Block, kind: str) -> str:
    if isinstance(block, Drawn):
        return markup.table(block.grid, kind)
    return f"<p><strong>{escape(block)}</strong></p>" if isinstance(block, Heading) else f"<p>{escape(block)}</p>"


def _word(paper: Paper, kind: str, charset: str) -> bytes:
    opening = [docx.paragraph(paper.title, kind), *([docx.box()] if kind == "boxed" else [])]
    return docx.package("".join((*opening, *(_part(block, kind) for block in paper.blocks))))


def _part(block: Block, kind: str) -> str:
    return docx.table(block.grid, kind) if isinstance(block, Drawn) else docx.paragraph(block, kind)


def _workbook(paper: Paper, kind: str, charset: str) -> bytes:
    prose = [str(block) for block in paper.blocks if not isinstance(block, Drawn)]
    grids = [block.grid for block in paper.blocks if isinstance(block, Drawn)]
    return xlsx.book(grids, kind, (paper.title, *prose))


def _pdf(paper: Paper, kind: str, charset: str) -> bytes:
    return printed_pdf(paper, (RULED | UNRULED)[kind])


def printed_pdf(paper: Paper, style: Style) -> bytes:
    """The paper as a PDF in any style."""
    blocks = [paper.title, *(block.grid if isinstance(block, Drawn) else str(block) for block in paper.blocks)]
    return pdf.as_pdf(blocks, style)


_PRESSES = {"HTML": _page, "DOCX": _word, "XLSX": _workbook, "ruled PDF": _pdf, "unruled PDF": _pdf}
