"""DOCX files of whole reports in the ways that word processors leave them: a report comes in, bytes go out.

Kinds: plain; split (every character a run of its own); tracked (deleted and inserted text, a deleted row); hidden
(vanishing runs); nested (a one-cell table in each value cell); boxed (a text box beside the title, twice as the format
wants it); coded (values that are fields); sliced (a column before each row that only gridBefore fills).
"""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO

from tests.corpus import labels
from tests.corpus.form import Key
from tests.corpus.grids import Box, Grid, grids, width
from tests.corpus.reports import Report

KINDS = ("plain", "split", "tracked", "hidden", "nested", "boxed", "coded", "sliced")

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
FONT = '<w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="18"/></w:rPr>'
BORDERS = "<w:tcBorders><w:top w:val='single'/><w:left w:val='single'/></w:tcBorders>"


def as_docx(report: Report, kind: str, shown: Mapping[Key, str] | None = None) -> bytes:
    """The report as a file of this kind. `shown` overrides single printed cells."""
    tables = [table(grid, kind) for grid in grids(report.filled.cells, shown)]
    body = [paragraph(report.title, kind), *([box()] if kind == "boxed" else [])]
    body.append(paragraph(report.narrative.preamble.text, kind))
    for at, heading in enumerate(labels.HEADINGS):
        body += [paragraph(heading, kind), *(paragraph(said.text, kind) for said in report.narrative.sections[at])]
        body += tables[at - 1 : at] if 1 <= at <= 3 else []
    return package("".join(body))


def package(body: str, extra: Mapping[str, str] | None = None) -> bytes:
    """A DOCX file with this body; `extra` are further parts by name."""
    source = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    return zipped({"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": source} | (extra or {}))


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of these members."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def run(text: str, properties: str = FONT, tag: str = "t") -> str:
    """One run."""
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def paragraph(text: str, kind: str = "plain") -> str:
    """One paragraph that shows this text."""
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{RUNS.get(kind, run)(text)}</w:p>'


def table(grid: Grid, kind: str = "plain") -> str:
    """The grid as a table."""
    columns = "".join(f'<w:gridCol w:w="{900 + 7 * at}"/>' for at in range(width(grid)))
    rows = "".join(f"<w:tr>{before(kind)}{''.join(cells)}</w:tr>" for cells in merged(grid, kind))
    gone = f"<w:tr><w:trPr><w:del w:id='9' w:author='a'/></w:trPr>{cell('99', 1, '', 'plain')}</w:tr>"
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}{gone if kind == 'tracked' else ''}</w:tbl>"


def before(kind: str) -> str:
    """The properties of a row."""
    return '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' if kind == "sliced" else ""


def merged(grid: Grid, kind: str) -> list[list[str]]:
    """The cells of every row as markup: a vertical merge goes on as a blank cell in each row below."""
    open_cells: dict[int, tuple[Box, int]] = {}
    rows = []
    for boxes in grid:
        waiting, cells, column = list(boxes), [], 0
        while waiting or column in open_cells:
            if column in open_cells:
                box, left = open_cells.pop(column)
                cells.append(cell("", box.colspan, "<w:vMerge/>", "plain"))
            else:
                box = waiting.pop(0)
                left = box.rowspan
                merge = '<w:vMerge w:val="restart"/>' if left > 1 else ""
                cells.append(cell(box.text, box.colspan, merge, kind if box.key is not None else run_kind(kind)))
            if left > 1:
                open_cells[column] = box, left - 1
            column += box.colspan
        rows.append(cells)
    return rows


def run_kind(kind: str) -> str:
    """The kind for a label: only values are nested or fields."""
    return "plain" if kind in ("nested", "coded") else kind


def cell(text: str, columns: int, merge: str, kind: str) -> str:
    """One cell."""
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    inner = paragraph(text, kind) if text else "<w:p/>"
    if kind == "nested":
        inner = f"<w:tbl><w:tblPr/><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl><w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>{span}{merge}{BORDERS}</w:tcPr>{inner}</w:tc>'


def split(text: str) -> str:
    """Every character a run of its own, with what proofing leaves between them."""
    return '<w:proofErr w:type="spellStart"/>'.join(map(run, text))


def tracked(text: str) -> str:
    """Text with a deletion before it and its end inserted."""
    gone = f"<w:del w:id='1' w:author='a'>{run('13', tag='delText')}</w:del><w:moveFrom>{run('7')}</w:moveFrom>"
    return f"{gone}{run(text[:-1])}<w:ins w:id='2' w:author='a'>{run(text[-1:])}</w:ins>"


def hidden(text: str) -> str:
    """Text with hidden text on both sides."""
    gone = run("21", "<w:rPr><w:vanish/></w:rPr>")
    return gone + run(text, '<w:rPr><w:vanish w:val="0"/></w:rPr>') + gone


def coded(text: str) -> str:
    """Text that a field shows; in its code another field stands."""
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = f"{begin}{run(' REF x ', tag='instrText')}{middle}{run('44')}{end}"
    return f"{begin}{run(' =SUM(LEFT) ', tag='instrText')}{inner}{middle}{run(text)}{end}"


def box() -> str:
    """A paragraph with a text box, once as drawn now and once as drawn of old."""
    content = f"<w:txbxContent>{paragraph('内部资料')}</w:txbxContent>"
    new = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>'
    old = f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback>"
    return f"<w:p><w:r><mc:AlternateContent>{new}{old}</mc:AlternateContent></w:r></w:p>"


RUNS: Mapping[str, Callable[[str], str]] = {"split": split, "tracked": tracked, "hidden": hidden, "coded": coded}


def values(rows: Sequence[Sequence[str]]) -> str:
    """A table of plain cells."""
    return table(tuple(tuple(Box(text) for text in row) for row in rows))
