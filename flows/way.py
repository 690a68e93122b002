"""The way of one number on the screen: a trace.Way in, lines out, the printed characters marked in their line."""

from itertools import takewhile
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from flows.decided import told
from flows.position import words
from flows.site.excerpt import Line
from flows.terminal import as_text, both, safe
from flows.texts import Phrase, label, texts
from flows.trace import Way
from transforms.forms import metrics

AROUND = 60


def print_way(way: Way, home: Path, out: Console) -> None:
    """One number's way on `out`: published, checked, read, printed."""
    words = texts()["trace"]
    out.print(f"\n{_title(way.cell)}", style="bold")
    _print_fact(way, out)
    _line(words["findings"], "", out)
    for finding in way.findings:
        _print_finding(finding, out)
    if not way.findings:
        out.print(f"    {both(words['none'])}")
    for decision in way.decisions:
        status = texts()["decided"][decision["status"]]
        _line(words["decided"].fill(status=status), f"{safe(told(decision).zh)}\n    {safe(told(decision).en)}", out)
    _line(words["reading"], _reading(way.cell), out)
    _line(words["original"], safe(way.report["source"]), out)
    _line(words["raw"], f"sha256 {way.report['sha256']}", out)
    _print_place(way, home, out)


def _title(cell: dict[str, Any]) -> str:
    metric = metrics().get(cell["metric"])
    applicant = both(label("applicant", cell["applicant"])) if cell["applicant"] else ""
    names = [cell["metric"], metric.zh if metric else "", applicant, safe(cell["item"])]
    return " · ".join(filter(None, names))


def _print_fact(way: Way, out: Console) -> None:
    words = texts()["trace"]
    if way.fact is not None:
        assurance = label("assurance", way.fact["assurance"])
        number = f"{as_text(way.fact['value'])} {way.fact['unit']}".strip()
        bound = f" ({way.fact['bound']})" if way.fact["bound"] else ""
        _line(words["fact"], f"{number}{bound}, {way.fact['state']}, {way.fact['assurance']}: {both(assurance)}", out)
        if way.fact["review"] == "corrected":
            out.print(f"    {both(words['corrected'].fill(printed=safe(way.fact['printed'])))}")
        return
    if way.section is None or way.section["status"] == "published":
        _line(words["not_fact"], both(words["no_value"]), out)
        return
    status, told = label("status", way.section["status"]), words["section_is"]
    _line(words["not_fact"], both(told.fill(status=status)), out)
    out.print(f"    {safe(way.section['reasons'])}\n    {safe(way.section['reasons_en'])}")


def _print_finding(finding: dict[str, Any], out: Console) -> None:
    outcome = label("outcome", finding["outcome"])
    name = " ".join(filter(None, (finding["identity"], finding["instance"])))
    out.print(f"    {both(outcome)}  {safe(name)}")
    if finding["outcome"] == "fail":
        out.print(f"      {safe(finding['sentence'])}\n      {safe(finding['sentence_en'])}")


def _reading(cell: dict[str, Any]) -> str:
    state = label("state", cell["state"])
    where = " ".join(filter(None, (cell["form"], cell["section"], cell["origin"])))
    return f"“{safe(cell['printed'])}”, {cell['state']} ({state.zh}), {where}, {cell['locator'] or '-'}"


def _print_place(way: Way, home: Path, out: Console) -> None:
    told = texts()["trace"]
    if not way.cell["printed"]:
        out.print(f"    {both(told['no_place'])}")
    elif not way.raw:
        out.print(f"    {both(told['no_raw'].fill(home=home))}")
    elif way.place is not None:
        place, start = way.place, way.place.column - 1
        spot = told["bytes"].fill(first=place.first, last=place.last, line=place.line, column=place.column)
        out.print(f"    {both(spot)}")
        out.print(marked(str(place.line), place.text, start, start + place.width))
    elif way.line is None:
        out.print(f"    {both(told['no_locator'].fill(at=way.cell['locator']))}")
    else:
        where = words(way.position)
        out.print(f"    {'，'.join(each.zh for each in where)}  {', '.join(each.en for each in where)}")
        out.print(_marked_line(way.line))


def _marked_line(line: Line) -> Text:
    """The row or paragraph as it was read, its number marked."""
    before = "".join(piece.text for piece in takewhile(lambda piece: not piece.marks, line.pieces))
    number = next(piece.text for piece in line.pieces if piece.marks)
    return marked("", "".join(piece.text for piece in line.pieces), len(before), len(before) + len(number))


def marked(name: str, line: str, start: int, end: int) -> Text:
    """A line under its name, cut to the neighbourhood of the characters `start:end`, and a row of ^ below them."""
    begin, stop = max(0, start - AROUND), min(len(line), end + AROUND)
    before = ("…" if begin else "") + _flat(line[begin:start])
    number = _flat(line[start:end])
    after = _flat(line[end:stop]) + ("…" if stop < len(line) else "")
    margin = f"  {name:>7} │ "
    caret = " " * (len(margin) - 2) + "│ " + " " * cell_len(before) + "^" * max(1, cell_len(number))
    return Text.assemble(margin, before, (number, "bold reverse"), after, "\n", (caret, "bold"))


def _flat(text: str) -> str:
    return safe(text).replace("\t", " ").replace("\n", " ")


def _line(heading: Phrase, body: str, out: Console) -> None:
    out.print(f"  {both(heading)}{':  ' + body if body else ''}")
