"""Any declared form filled with consistent numbers and printed as a grid or in a flattened dialect, for tests."""

from random import Random

from transforms.extract import extract
from transforms.forms import forms, metrics, terms
from transforms.model import Cell, Document, Paragraph, Table
from transforms.normalise import normalise_document
from transforms.recognise import recognise, tabulate, unread

SIGNED = {0: "0", 1: "+1", 2: "增2", 3: "3"}


def table_of(form, section):
    return next(table for table in forms()[form].tables if table.section == section)


def fill(form, section, seed=1, top=9):
    """Slot -> number: leaves are random, totals follow, bounds hold because whole columns grow from the bottom."""
    rng = Random(seed)
    cells = {(s.metric, s.applicant): rng.randint(0, top) for s in table_of(form, section).slots()}
    if section == "requests":
        for _, who in [key for key in cells if key[0] == "requests_new"]:
            cells["requests_carried_in", who] = cells["requests_carried_out", who] = 0
    for _ in range(4):
        for sides in _sums(form, section):
            total = sum(cells[key] for key in sides["left"] if key in cells)
            first, *rest = sides["right"]
            cells[first] = total - sum(cells[key] for key in rest)
    if section == "requests":  # the flow: what is new follows from what was concluded
        for metric, who in [key for key in cells if key[0] == "requests_new"]:
            cells[metric, who] = cells["requests_concluded", who]
    if section == "sheet":
        cells["proactive_items", ""] = 500
    return {key: value for key, value in cells.items() if key[0] in metrics()}


def _sums(form, section):
    found = {}
    aside = {"T3.FLOW", *(term.identity for term in terms() if term.year)}
    for term in terms():
        if (term.form, term.section, term.relation) == (form, section, "=") and term.identity not in aside:
            side = found.setdefault((term.identity, term.instance), {"left": [], "right": []})
            side[term.side].append((term.metric, term.applicant))
    return found.values()


def grid(rows, at="t0"):
    made = tuple(tuple(Cell(text, f"{at}/r{r}/c{c}", text) for c, text in enumerate(row)) for r, row in enumerate(rows))
    width = max(map(len, rows))
    return Table(
        tuple(row + tuple(Cell("", f"{at}/r{r}/c{c}") for c in range(len(row), width)) for r, row in enumerate(made)),
        at,
    )


def flat(rows, order="rows"):
    made = tuple(tuple(Cell(text, f"c{r}-{c}", text) for c, text in enumerate(row)) for r, row in enumerate(rows))
    if order == "stream":
        made = (tuple(cell for row in made for cell in row if cell.text),)
    return Table(made, "c0-9", order)


def lines(texts):
    return [Paragraph(text, f"c{1000 * number}", text) for number, text in enumerate(texts)]


def document(*blocks):
    return Document(tuple(blocks), "", "html")


def requests_rows(form, cells, headers=None):
    table = table_of(form, "requests")
    names = [column.labels[0] for column in table.columns]
    body = [[row.labels[0], *(str(cells[row.key, c.applicant]) for c in table.columns)] for row in table.rows]
    return [headers or ["", *names], *body]


def proactive_rows(form, cells):
    """Blocks of rows under their own headers, as the form prints them."""
    table = table_of(form, "proactive")
    rows, last = [], None
    for row in table.rows:
        if tuple(row.cells) != last:
            last = tuple(row.cells)
            rows.append(["信息内容", *(c.labels[0] for c in table.columns if c.key in row.cells)])
        rows.append([row.labels[0], *(str(cells[metric, ""]) for metric in row.cells.values())])
    return rows


def remedies_rows(cells):
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    keys = [slot.metric for slot in table_of("form_2021", "remedies").slots()]
    groups = ["行政复议"] * 5 + ["未经复议直接起诉"] * 5 + ["复议后起诉"] * 5
    return [groups, outcomes * 3, [str(cells[key, ""]) for key in keys]]


def sheet_rows(form, cells, unit=True, ordinal=False, without=()):
    table = table_of(form, "sheet")
    rows = [row for row in table.rows if not row.optional and row.key not in without]
    head = (["序号"] if ordinal else []) + ["指标"] + (["单位"] if unit else []) + ["统计数"]
    body = [
        ([f"{n:02}"] if ordinal else [])
        + [row.labels[0]]
        + ([metrics()[row.key].unit] if unit else [])
        + [str(cells[row.key, ""])]
        for n, row in enumerate(rows, 1)
    ]
    return [head, *body]


def found(document, year=2022):
    """(metric, applicant) -> reading, and the codes of the notes, of a document fresh from its reader."""
    text, _ = normalise_document(document)
    tables = tabulate(text)
    layouts = recognise(tables)
    taken = extract(tables, [*layouts, *unread(tables, layouts)], year)
    return {(r.metric, r.applicant): r for r in taken.readings}, {note.code for note in taken.notes}
