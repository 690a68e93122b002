"""HTML of a table in the ways that clerks' pages hold it: a grid comes in, one `<table>` element goes out.

Kinds: plain; A pasted from Word (inline styles, mso classes); B themed (thead, th, hidden cells and rows, br, nbsp,
div); C broken (no `</td>`, a rowspan that overruns, `rowspan=8px`, stray `</tr>`, unclosed font and b); D a nested
one-cell table in each value cell, conditional comments. After measurements.md §5.
"""

from collections.abc import Callable
from html import escape

from tests.corpus import labels
from tests.corpus.grids import Box, Grid, Row, width

KINDS = ("plain", "A", "B", "C", "D")
WORD_CELL = (
    "width:48.2pt;border-top:none;border-left:none;border-bottom:solid windowtext 1.0pt;"
    "border-right:solid windowtext 1.0pt;mso-border-top-alt:solid windowtext .5pt;"
    "mso-border-left-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt;height:24.95pt"
)
WORD_RUN = (
    "font-size:12.0pt;mso-bidi-font-size:11.0pt;font-family:宋体;mso-ascii-font-family:Calibri;"
    "mso-hansi-font-family:Calibri;color:black;mso-font-kerning:0pt"
)


def table(grid: Grid, kind: str) -> str:
    """The grid as a table of this kind; raises KeyError for an unknown kind."""
    return _TABLES[kind](grid)


def _spans(box: Box) -> str:
    columns = f' colspan="{box.colspan}"' if box.colspan > 1 else ""
    rows = f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
    return columns + rows


def _plain(grid: Grid) -> str:
    rows = "\n".join(
        "<tr>" + "".join(f"<td{_spans(box)}>{escape(box.text)}</td>" for box in row) + "</tr>" for row in grid
    )
    return f'<table border="1" cellspacing="0">\n<tbody>\n{rows}\n</tbody>\n</table>'


def _word(grid: Grid) -> str:
    rows = "\n".join(
        f' <tr style="mso-yfti-irow:{at};height:24.95pt">{_word_row(row)}</tr>' for at, row in enumerate(grid)
    )
    style = "border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt;mso-padding-alt:0cm 5.4pt"
    return (
        f'<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" style="{style}">\n{rows}\n</table>'
    )


def _word_row(row: Row) -> str:
    return "".join(
        f'\n  <td{_spans(box)} nowrap="" style="{WORD_CELL}">'
        f'<p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan">'
        f'<span lang="EN-US" style="{WORD_RUN}">{escape(box.text) or "&nbsp;"}<o:p></o:p></span></p></td>'
        for box in row
    )


def _themed(grid: Grid) -> str:
    heads = [row for row in grid if all(box.key is None for box in row)]
    lead = len(heads) if list(grid[: len(heads)]) == heads else 1
    head = "\n".join(f"<tr>{''.join(_themed_head(box) for box in row)}</tr>" for row in grid[:lead])
    hidden = f'<tr style="display:none"><td colspan="{width(grid)}">99999</td></tr>'
    body = "\n".join(f"<tr>{_themed_row(row)}</tr>" for row in grid[lead:])
    return f'<table class="report-table">\n<thead>\n{head}\n</thead>\n<tbody>\n{hidden}\n{body}\n</tbody>\n</table>'


def _themed_head(box: Box) -> str:
    text = escape(box.text)
    broken = f"{text[:2]}<br/>{text[2:]}" if len(text) == 4 else text
    return f"<th{_spans(box)} scope='col'>{broken}</th>"


def _themed_row(row: Row) -> str:
    cells = "".join(
        f'<td{_spans(box)} class="num"><div>&nbsp;{escape(box.text)}<br/></div></td>'
        if box.key is not None
        else f'<td{_spans(box)} class="label"><div class="txt">{escape(box.text)}</div></td>'
        for box in row
    )
    return cells + '<td style="display: none">12345</td>'


def _broken(grid: Grid) -> str:
    rows = "\n".join(_broken_row(row, at) for at, row in enumerate(grid))
    return f"<table border=1 width=100%>\n{rows}\n</table>"


def _broken_row(row: Row, at: int) -> str:
    cells = "".join(f"<td{_broken_spans(box)}><p><font size=2><b>{escape(box.text)}" for box in row)
    return f"<tr>{cells}" + ("</tr></tr>" if at % 5 == 0 else "</tr>")


def _broken_spans(box: Box) -> str:
    if box.text == labels.RESULTS:
        return " rowspan=40"
    if box.text == labels.DENIED:
        return " rowspan=8px"
    return _spans(box).replace('"', "")


def _nested(grid: Grid) -> str:
    rows = "\n".join(f"<tr>{''.join(_nested_cell(box) for box in row)}</tr>" for row in grid)
    return f'<table style="width:100%;border-collapse:collapse">\n{rows}\n</table>'


def _nested_cell(box: Box) -> str:
    text = f"<!--[if !supportMisalignedColumns]--><span style='font-size:9pt'>{escape(box.text)}</span><!--[endif]-->"
    if box.key is None:
        return f"<td{_spans(box)}>{text}</td>"
    inner = f'<table cellpadding="0" cellspacing="0" style="width:100%"><tbody><tr><td>{text}</td></tr></tbody></table>'
    return f'<td{_spans(box)} valign="top" style="border:1px solid #000">{inner}</td>'


_TABLES: dict[str, Callable[[Grid], str]] = {"plain": _plain, "A": _word, "B": _themed, "C": _broken, "D": _nested}
