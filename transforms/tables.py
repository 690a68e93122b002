"""Reads the declared tables and views; the one reader of data/tables.yml, data/views.yml and data/states.yml.

In: those files. Out: specs, polars schemas, conformed frames, and DDL with COMMENTs.
Text is never null (empty means not stated); numbers and dates may be, unless they are `required`.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from transforms.forms import DeclarationError, load, metrics

SqlType = Literal["VARCHAR", "BIGINT", "INTEGER", "DOUBLE", "DATE", "TIMESTAMP", "BOOLEAN"]

_TYPES: dict[SqlType, pl.DataType] = {
    "VARCHAR": pl.String(),
    "BIGINT": pl.Int64(),
    "INTEGER": pl.Int32(),
    "DOUBLE": pl.Float64(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
    "BOOLEAN": pl.Boolean(),
}


class Wording(BaseModel):
    """What a thing is, in Chinese and in English."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str

    def comment(self) -> str:
        """Both languages in one line, Chinese first."""
        return f"{self.zh} / {self.en}"


class Column(Wording):
    """A column of a table; `required` forbids NULL where the type alone does not."""

    type: SqlType
    required: bool = False

    @property
    def nullable(self) -> bool:
        """Whether NULL may stand in it."""
        return not self.required and self.type != "VARCHAR"


class TableSpec(Wording):
    """A declared table. `index` says whether DuckDB is asked to keep an index on the key; it is unique either way."""

    name: str = Field(pattern=r"^[a-z]+\.[a-z_]+$")
    key: tuple[str, ...]
    index: Literal["key", "none"] = "key"
    columns: dict[str, Column]


class ViewSpec(Wording):
    """A declared view; `columns` describes those that are no metric and no column of a table."""

    name: str = Field(pattern=r"^[a-z]+\.[a-z_]+$")
    sql: str
    columns: dict[str, Wording] = {}


_REPEATED = "the key stands more than once"


class TableError(Exception):
    """A frame is not what its table declares; says table, column and the key of the first offending row."""

    def __init__(self, table: str, column: str, key: tuple[object, ...], what: str) -> None:
        place = f" at {'/'.join(map(str, key))}" if key else ""
        super().__init__(f"{table}.{column}{place}: {what}")
        self.table = table
        self.column = column
        self.key = key
        self.what = what


@cache
def tables() -> dict[str, TableSpec]:
    """The tables that users rely on, by schema.name, as data/tables.yml declares them."""
    return _specs("tables.yml")


@cache
def views() -> dict[str, ViewSpec]:
    """The views on top of them, by schema.name, in the order in which they can be created."""
    return {view.name: view for view in (ViewSpec(**body) for body in load("views.yml"))}


@cache
def states() -> dict[str, Wording]:
    """What each of the ten states of a cell means."""
    return {code: Wording(**body) for code, body in load("states.yml").items()}


@cache
def table(name: str) -> TableSpec:
    """One table of data/tables.yml or data/warehouse.yml; raises DeclarationError for any other name."""
    known = tables() | _specs("warehouse.yml")
    if name not in known:
        raise DeclarationError(f"no table {name} is declared")
    return known[name]


def frame_schema(name: str) -> dict[str, pl.DataType]:
    """Names and polars types of a table's columns, in order."""
    return {column: _TYPES[spec.type] for column, spec in table(name).columns.items()}


def conform(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as its table declares it: columns in order, types, NULLs, finite numbers, rows by a unique key.

    Integers and all-null columns are cast; nothing else is. Raises TableError.
    """
    return conform_to(table(name), frame)


def conform_to(spec: TableSpec, frame: pl.DataFrame) -> pl.DataFrame:
    """`conform` for a table that is not in a declared file of its own."""
    _same_columns(spec, frame)
    typed = frame if _is_typed(spec, frame) else frame.select(_typed(spec, name, frame) for name in spec.columns)
    nulls = typed.null_count().row(0)
    for (name, column), count in zip(spec.columns.items(), nulls, strict=True):
        if count and (not column.nullable or name in spec.key):
            _refuse(spec, name, typed, pl.col(name).is_null(), "is null")
        if column.type == "DOUBLE" and not typed[name].is_finite().all():
            _refuse(spec, name, typed, ~pl.col(name).is_finite(), "is not a finite number")
    return _in_key_order(spec, typed)


def ddl(name: str) -> list[str]:
    """The statements that create a table and its COMMENTs."""
    return create_table(table(name)) + _comments("TABLE", name, table(name), table(name).columns.items())


def create_table(spec: TableSpec) -> list[str]:
    """The statement that creates a table, without COMMENTs."""
    lines = [
        f"{name} {column.type}{'' if column.nullable and name not in spec.key else ' NOT NULL'}"
        for name, column in spec.columns.items()
    ]
    if spec.index == "key":
        lines.append(f"PRIMARY KEY ({', '.join(spec.key)})")
    return [f"CREATE TABLE {spec.name} (\n  " + ",\n  ".join(lines) + "\n)"]


def view_ddl(name: str, columns: Iterable[str]) -> list[str]:
    """The COMMENTs of a view whose columns are those named; the view itself is `create_view`."""
    return _comments("VIEW", name, views()[name], ((column, wording(name, column)) for column in columns))


def create_view(name: str) -> str:
    """The statement that creates a view."""
    return f"CREATE VIEW {name} AS\n{views()[name].sql}"


def wording(view: str, column: str) -> Wording:
    """What a view's column is: its own words, else those of the metric or the table column of that name."""
    if column in views()[view].columns:
        return views()[view].columns[column]
    if column in metrics():
        metric = metrics()[column]
        return Wording(zh=f"{metric.zh}（{metric.unit}）", en=column)
    for spec in tables().values():
        if column in spec.columns:
            return spec.columns[column]
    raise DeclarationError(f"data/views.yml: {view}.{column} is described nowhere")


def _specs(file: str) -> dict[str, TableSpec]:
    try:
        specs = [TableSpec(**body) for body in load(file)]
    except ValueError as error:
        raise DeclarationError(f"data/{file}: {error}") from error
    for spec in specs:
        if not set(spec.key) <= set(spec.columns):
            raise DeclarationError(f"data/{file}: {spec.name} has a key that is no column")
    return {spec.name: spec for spec in specs}


def _same_columns(spec: TableSpec, frame: pl.DataFrame) -> None:
    for name in spec.columns:
        if name not in frame.columns:
            raise TableError(spec.name, name, (), "is missing")
    for name in frame.columns:
        if name not in spec.columns:
            raise TableError(spec.name, name, (), "is not declared")


def _is_typed(spec: TableSpec, frame: pl.DataFrame) -> bool:
    return list(frame.schema.items()) == [(name, _TYPES[column.type]) for name, column in spec.columns.items()]


def _typed(spec: TableSpec, name: str, frame: pl.DataFrame) -> pl.Expr:
    given, wanted = frame.schema[name], _TYPES[spec.columns[name].type]
    if given == wanted:
        return pl.col(name)
    if given == pl.Null or (given.is_integer() and wanted.is_numeric()):
        fits = pl.col(name).cast(wanted, strict=False).is_not_null() | pl.col(name).is_null()
        _refuse(spec, name, frame, ~fits, f"does not fit {wanted}")
        return pl.col(name).cast(wanted)
    raise TableError(spec.name, name, (), f"is {given}, not {wanted}")


def _refuse(spec: TableSpec, column: str, frame: pl.DataFrame, wrong: pl.Expr, what: str) -> None:
    offending = frame.filter(wrong)
    if offending.height:
        raise TableError(spec.name, column, _first_key(spec, offending), what)


def _first_key(spec: TableSpec, frame: pl.DataFrame) -> tuple[object, ...]:
    return frame.select(spec.key).sort(spec.key).row(0)


def _in_key_order(spec: TableSpec, frame: pl.DataFrame) -> pl.DataFrame:
    # A look at the neighbours costs a tenth of a sort, and most frames come sorted; the first column often tells.
    if frame[spec.key[0]].is_sorted() and frame.select(_rises(spec.key)).to_series()[1:].all():
        return frame
    ordered = frame.sort(spec.key)
    is_repeated = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in spec.key)
    if ordered.select(is_repeated.any()).item():
        raise TableError(spec.name, spec.key[-1], _first_key(spec, ordered.filter(is_repeated)), _REPEATED)
    return ordered


def _rises(key: tuple[str, ...]) -> pl.Expr:
    rises = pl.lit(False)
    for name in reversed(key):
        here, before = pl.col(name), pl.col(name).shift()
        rises = (here > before) | ((here == before) & rises)
    return rises


def _comments(kind: str, name: str, what: Wording, columns: Iterable[tuple[str, Wording]]) -> list[str]:
    notes = [f"COMMENT ON {kind} {name} IS {_literal(what.comment())}"]
    return notes + [f"COMMENT ON COLUMN {name}.{column} IS {_literal(note.comment())}" for column, note in columns]


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
