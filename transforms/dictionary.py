"""The data dictionary as markdown, made from what is declared: tables, views, states, metrics."""

from collections.abc import Sequence

from transforms import across
from transforms.forms import identities, metrics, note_kinds
from transforms.tables import TableSpec, ViewSpec, Wording, states, tables, views

_SOURCES = "the files under `data/`"


def dictionary() -> str:
    """docs/dictionary.md: tables with columns, views with SQL, states, identities, notes, metrics."""
    parts = ["# Data dictionary", f"Made from {_SOURCES}; do not edit."]
    for spec in tables().values():
        parts += _table(spec)
    for view in views().values():
        parts += _view(view)
    parts += ["## States", _words("state", states())]
    sums = [(f"`{i.id}`", i.section, i.severity, i.zh, i.en) for i in identities().values()]
    parts += ["## Identities", _grid(("identity", "section", "severity", "中", "English"), sums)]
    beyond = [(f"`{r.id}`", r.severity, r.zh, r.en) for r in across.rules().values()]
    parts += ["## Rules beyond sums", _grid(("rule", "severity", "中", "English"), beyond)]
    notes = [(f"`{n.code}`", n.kind, n.severity if n.kind == "note" else "", n.zh, n.en) for n in note_kinds().values()]
    parts += ["## Notes and refusals", _grid(("code", "kind", "severity", "中", "English"), notes)]
    found = [(f"`{m.code}`", m.zh, m.unit, " ".join(m.forms), m.parent, m.kind) for m in metrics().values()]
    parts += ["## Metrics", _grid(("metric", "中", "unit", "forms", "parent", "kind"), found)]
    return "\n\n".join(parts) + "\n"


def _table(spec: TableSpec) -> list[str]:
    rows = [(f"`{name}`", column.type, column.zh, column.en) for name, column in spec.columns.items()]
    return [
        f"## {spec.name}",
        _lead(spec),
        f"Key: `{', '.join(spec.key)}`.",
        _grid(("column", "type", "中", "English"), rows),
    ]


def _view(view: ViewSpec) -> list[str]:
    columns = [_words("column", view.columns)] if view.columns else []
    return [f"## {view.name} (view)", _lead(view), *columns, f"```sql\n{view.sql.rstrip()}\n```"]


def _words(head: str, words: dict[str, Wording]) -> str:
    return _grid((head, "中", "English"), [(f"`{name}`", word.zh, word.en) for name, word in words.items()])


def _lead(what: Wording) -> str:
    return f"{what.zh}。\n{what.en}"


def _grid(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
