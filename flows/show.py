"""What the reader saw in one file: a ReportReading in, words and grids on the screen out."""

from collections.abc import Mapping, Sequence

from rich.console import Console

from flows.reading import ReportReading
from flows.terminal import both, safe, table
from flows.texts import label, texts
from transforms.forms import note_kinds
from transforms.model import Cell, Document, Identification, Layout, Note, Reading, State, Table

SHORT = 80
LABEL = 20
SHOWN = 12
FIELDS = ("agency", "agency_printed", "agency_id", "region_code", "level", "scope", "fiscal_year", "title",
          "published_on", "document_date", "index_number")  # fmt: skip


def print_reading(reading: ReportReading, out: Console) -> None:
    """One file on `out`: who reports, the tables with their states, the claims, and what the reader has to say."""
    _print_document(reading, out)
    _print_identification(reading.identification, out)
    _heading("tables", out)
    out.print(f"  {both(texts()['show']['merged'])}", style="dim")
    layouts = {layout.at: layout for layout in reading.layouts}
    readings = {item.locator: item for item in reading.readings if item.origin == "table" and item.locator}
    for block in reading.document.blocks:
        if isinstance(block, Table):
            _print_table(block, [layout for at, layout in layouts.items() if at == block.at], readings, out)
    _print_states(reading.readings, out)
    _print_claims(reading.readings, out)
    _print_notes(reading.notes, out)


def _heading(name: str, out: Console) -> None:
    out.print(f"\n{both(texts()['show'][name])}", style="bold")


def _print_document(reading: ReportReading, out: Console) -> None:
    document: Document = reading.document
    _heading("document", out)
    script = "traditional" if reading.normalised.is_traditional else "simplified"
    facts = [document.format, document.encoding, script, f"{len(document.text):,} characters"]
    doubts = {"undecodable": document.undecodable, "ghost pinyin": reading.normalised.ghosts}
    facts += [f"{name} {count}" for name, count in doubts.items() if count]
    where = reading.provenance
    facts.append(" ".join(filter(None, (where.host_class, f"trust {where.trust}", where.spelled))))
    out.print("  " + ", ".join([*facts, *document.damage]))
    _heading("chrome", out)
    _print_some([f"{block.at}  {_short(block.text)}" for block in reading.chrome], out)


def _print_identification(who: Identification, out: Console) -> None:
    _heading("identification", out)
    known = [(name, getattr(who, name)) for name in FIELDS if getattr(who, name) not in ("", None)]
    out.print(table(("field", "value"), known))
    _heading("signals", out)
    if who.signals:
        out.print(
            table(("field", "source", "value", "at"), [[_short(word) for word in signal] for signal in who.signals])
        )


def _print_table(block: Table, layouts: Sequence[Layout], readings: Mapping[str, Reading], out: Console) -> None:
    forms = [f"{layout.form} {both(label('section', layout.section))}" for layout in layouts]
    known = "; ".join(forms) or both(texts()["show"]["unknown_table"])
    out.print(f"\n  {block.at}  {block.order}  {len(block.rows)} rows  {known}", style="bold" if layouts else "dim")
    if not layouts:
        _print_some([_line(row, {}) for row in block.rows], out)
        return
    names = _row_names(layouts)
    for row in block.rows:
        named = next((names[cell.at] for cell in row if cell.at in names), "")
        out.print(f"    {named:42} {_line(row, readings)}", style="" if named else "dim")
    leftovers = [f"{cell.at}  {_short(cell.text)}" for layout in layouts for cell in layout.leftovers]
    if leftovers:
        out.print(f"    {both(texts()['show']['leftovers'])}")
        _print_some(leftovers, out)


def _row_names(layouts: Sequence[Layout]) -> dict[str, str]:
    """What the row of a cell is called in its form; a table of one line is called as its section."""
    placed = {found.cell.at: found.slot.row or layout.section for layout in layouts for found in layout.placed}
    loose = {
        cell.at: row.slots[0].row or layout.section for layout in layouts for row in layout.loose for cell in row.cells
    }
    return loose | placed


def _line(row: Sequence[Cell], readings: Mapping[str, Reading]) -> str:
    """A row as printed: 〃 stands for a merged cell that goes on, brackets for a state other than reported."""
    parts: list[str] = []
    for place, cell in enumerate(row):
        merged = place > 0 and cell.at == row[place - 1].at
        found = readings.get(cell.at)
        state = "" if found is None or found.state is State.REPORTED else f"[{found.state}]"
        parts.append("〃" if merged else f"{_short(cell.text, LABEL)}{state}")
    return " │ ".join(parts)


def _print_states(readings: Sequence[Reading], out: Console) -> None:
    _heading("states", out)
    kinds = sorted({(item.section, item.state) for item in readings if item.origin == "table"})
    counts = [
        (section, state, label("state", state).zh, sum((r.section, r.state) == (section, state) for r in readings))
        for section, state in kinds
    ]
    out.print(table(("section", "state", "", "cells"), counts))


def _print_claims(readings: Sequence[Reading], out: Console) -> None:
    _heading("prose", out)
    claims = [
        (item.metric, item.item, item.value, item.unit, item.state, item.bound, _short(item.printed), item.locator)
        for item in readings
        if item.origin == "prose"
    ]
    if claims:
        out.print(table(("metric", "item", "value", "unit", "state", "bound", "printed", "at"), claims))


def _print_notes(notes: Sequence[Note], out: Console) -> None:
    _heading("notes", out)
    if not notes:
        _print_some([], out)
    for note in notes:
        kind = note_kinds()[note.code]
        out.print(f"  {note.code} ({kind.severity})  {' '.join(filter(None, (note.section, note.place)))}")
        out.print(f"    {safe(kind.zh.format(detail=note.detail))}\n    {safe(kind.en.format(detail=note.detail))}")


def _print_some(lines: Sequence[str], out: Console) -> None:
    for line in lines[:SHOWN] or [both(texts()["show"]["none"])]:
        out.print(f"    {line}")
    if len(lines) > SHOWN:
        out.print(f"    {both(texts()['show']['more'].fill(count=len(lines) - SHOWN))}")


def _short(text: str, width: int = SHORT) -> str:
    flat = " ".join(safe(text).split())
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"
