"""Opens DuckDB, and is the only module that does: the warehouse of readings, the build of the published file, queries.

In: conformed or conformable polars frames. Out: home/warehouse.duckdb with its Parquet parts, a built database file,
polars frames.
Each function opens its file, does its work in one transaction and closes it: nobody waits for longer than a write.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from flows import parts
from flows.archives import INSIDE
from transforms.tables import (
    Column,
    TableSpec,
    conform,
    conform_to,
    create_table,
    create_view,
    ddl,
    table,
    view_ddl,
    views,
)

OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_SILENT = "SET enable_progress_bar = false"  # it is drawn over what gongkai says, after two seconds

_LATEST = (
    "SELECT source, arg_max(sha256, seen) AS sha256, arg_max(place, seen) AS place FROM core.sources GROUP BY source"
)
# `alias_name` is the name that this very file was given by before, `before` the file that had the name.
_KNOWN = f"""
SELECT given.*, alias.source AS alias_name, latest.place AS before FROM given
LEFT JOIN (SELECT place, min(source) AS source FROM ({_LATEST}) WHERE place <> '' GROUP BY place) alias USING (place)
LEFT JOIN ({_LATEST}) latest ON latest.source = given.source
"""
# The same bytes under two names are one report; it goes by the name that sorts first.
_CURRENT = (
    f"SELECT left(sha256, 16) AS report_id, sha256, min(source) AS source FROM ({_LATEST}) "
    "WHERE sha256 <> '' GROUP BY sha256"
)


class WarehouseError(Exception):
    """DuckDB refused: the file is open elsewhere or damaged, or the SQL is wrong; the message is DuckDB's."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What reading gave for some reports.

    documents: the columns of quality.reports without `status` (given by the gate) and, on the way in, without `source`.
    cells: quality.cells. notes: core.notes of data/warehouse.yml.
    """

    documents: pl.DataFrame
    cells: pl.DataFrame
    notes: pl.DataFrame


def known(home: Path, code_version: str) -> set[str]:
    """The ids of the reports that code of this version has read already."""
    with _warehouse(home) as base:
        found = base.execute("SELECT report_id FROM core.documents WHERE code_version = ?", [code_version]).fetchall()
    return {report_id for (report_id,) in found}


def append(home: Path, code_version: str, readings: Readings) -> None:
    """Adds what reading gave; a report that this code version has read before is replaced. Raises TableError.

    Cells and notes go into a Parquet part of their own, which takes a fifth of the time of a DuckDB table. The
    documents name the part that holds theirs, and only when they are in does it count.
    """
    # The same remark made twice about the same place says nothing new.
    part = parts.write(home, readings.cells, readings.notes.unique())
    labels = (pl.lit(code_version).alias("code_version"), pl.lit(part).alias("part"))
    documents = conform_to(_stored("documents"), readings.documents.with_columns(labels))
    with _warehouse(home) as base:
        base.register("given", documents)
        base.execute(
            "DELETE FROM core.documents USING given WHERE documents.report_id = given.report_id "
            "AND documents.code_version = given.code_version"
        )
        base.execute("INSERT INTO core.documents SELECT * FROM given")


def readings(home: Path, code_version: str, report_ids: set[str]) -> Readings:
    """What this code version read in those reports, each frame in order of its key, documents with their source.

    Reports whose bytes no source holds any more are left out.
    """
    with _warehouse(home) as base:
        wanted = pl.DataFrame({"report_id": sorted(report_ids)}, schema={"report_id": pl.String})
        base.register("wanted", wanted.with_columns(code_version=pl.lit(code_version)))
        named = base.sql(
            f"SELECT documents.*, source FROM core.documents JOIN wanted USING (report_id, code_version) "
            f"JOIN ({_CURRENT}) USING (report_id)"
        ).pl()
    cells, notes = parts.read(home, named.select("report_id", "part"))
    return Readings(conform_to(_documents(), named.drop("code_version", "part")), cells, notes)


def record_sources(home: Path, given: pl.DataFrame, opened: Iterable[str] = ()) -> None:
    """Notes which bytes each source holds now (columns source, sha256); new bytes of a source supersede the old.

    A file keeps the name that it was first given by. `opened` are archives that were taken apart whole: what one of
    them held before and holds no more is no longer in force.
    """
    with _warehouse(home) as base:
        (seen,) = base.execute("SELECT coalesce(max(seen), 0) + 1 FROM core.sources").fetchall()[0]
        places = pl.Series("place", [_place(source) for source in given["source"]], pl.String)
        marked = given.with_columns(places, seen=pl.lit(seen, pl.Int64)).unique()
        base.register("given", conform("core.sources", marked).unique("place", keep="first"))
        base.register("arrived", _named(base.sql(_KNOWN).pl()))
        archives = [name for each in opened for name in (each, _place(each))]
        base.register("opened", pl.DataFrame({"archive": archives}, {"archive": pl.String}))
        base.execute(
            f"INSERT INTO core.sources BY NAME SELECT arrived.* FROM arrived LEFT JOIN ({_LATEST}) latest "
            "USING (source) WHERE latest.sha256 IS DISTINCT FROM arrived.sha256"
        )
        base.execute(
            f"INSERT INTO core.sources BY NAME SELECT source, {seen} AS seen, '' AS sha256, place FROM ({_LATEST}) "
            "WHERE sha256 <> '' AND split_part(coalesce(nullif(place, ''), source), '!/', 1) IN (FROM opened) "
            "AND source NOT IN (SELECT source FROM arrived)"
        )


def gone(home: Path, folders: Iterable[str]) -> list[str]:
    """The sources in force below folders that were given, whose file is there no longer, nor under another name."""
    below = tuple(f"{_place(folder)}/" for folder in folders)
    with _warehouse(home) as base:
        latest = base.sql(
            f"SELECT source, place, sha256 FROM ({_LATEST}) WHERE sha256 <> '' ORDER BY source"
        ).fetchall()
    away = {source: sha256 for source, place, sha256 in latest if place.startswith(below) and not _stands(place)}
    sought = set(away.values())
    kept = {sha256 for source, place, sha256 in latest if sha256 in sought and source not in away and _stands(place)}
    return [source for source, sha256 in away.items() if sha256 not in kept]


def withdraw(home: Path, sources: Iterable[str]) -> list[str]:
    """Takes sources out of force, by the name they are known by or by their path; returns those that were in force."""
    with _warehouse(home) as base:
        names = [name for source in sources for name in (source, _place(source))]
        base.register("named", pl.DataFrame({"name": names}, {"name": pl.String}))
        found = base.execute(
            "INSERT INTO core.sources BY NAME SELECT source, (SELECT max(seen) + 1 FROM core.sources) AS seen, "
            f"'' AS sha256, place FROM ({_LATEST}) "
            "WHERE sha256 <> '' AND (source IN (FROM named) OR place IN (FROM named)) RETURNING source"
        ).fetchall()
    return sorted(source for (source,) in found)


def _named(known: pl.DataFrame) -> pl.DataFrame:
    """The sources given, each under the name that its file goes by."""
    names = [
        row["alias_name"]
        or (row["place"] if row["before"] not in (None, "", row["place"]) and _stands(row["before"]) else "")
        for row in known.iter_rows(named=True)
    ]
    named = known.with_columns(pl.Series("name", names, pl.String).replace("", None))
    return named.select(pl.coalesce("name", "source").alias("source"), "seen", "sha256", "place")


def _place(source: str) -> str:
    # The path as spelled: a link that leads elsewhere next month is still the same inbox.
    archive, *inside = source.split(INSIDE)
    return INSIDE.join([Path(os.path.abspath(archive)).as_posix(), *inside])  # noqa: PTH100


def _stands(place: str) -> bool:
    return Path(place.split(INSIDE)[0]).exists()


def current(home: Path) -> pl.DataFrame:
    """The reports in force (report_id, sha256, source): the last bytes of every source, each once, by report_id."""
    with _warehouse(home) as base:
        return base.sql(f"{_CURRENT} ORDER BY report_id").pl()


def log_run(home: Path, run: pl.DataFrame) -> None:
    """Adds a row (or rows) of quality.runs to the log of runs."""
    with _warehouse(home) as base:
        base.register("given", conform("quality.runs", run))
        base.execute("INSERT INTO core.runs BY NAME SELECT * FROM given")


def runs(home: Path) -> pl.DataFrame:
    """The log of runs: quality.runs."""
    with _warehouse(home) as base:
        logged = base.sql(f"SELECT {', '.join(table('quality.runs').columns)} FROM core.runs")
        return conform("quality.runs", logged.pl())


def build(path: Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Makes a new database file of conformed frames by schema.name, with COMMENTs and views, closed and complete.

    Tables of schema analytics stand in the file's schema main: in a file called analytics.duckdb the catalog has that
    name already, and DuckDB refuses `analytics.facts` as ambiguous when there is a schema of that name too.
    """
    with _memory() as base:
        # A frame is read in one stream whatever DuckDB's threads; a thread of ours per table costs a fifth less.
        base.execute("SET threads = 1")
        base.execute(f"ATTACH {_quoted(path)} AS analytics")
        base.execute("USE analytics")
        # One transaction: each commit is a flush to disk, and there are some two hundred statements.
        base.begin()
        base.execute("CREATE SCHEMA quality")
        for name in frames:
            base.execute(";\n".join(ddl(name)))
        base.commit()
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda item: _fill(base.cursor(), *item), frames.items()))
        base.begin()
        for name in views():
            base.execute(create_view(name))
            base.execute(";\n".join(view_ddl(name, base.sql(f"FROM {name} LIMIT 0").columns)))
        base.commit()
        base.execute("CHECKPOINT analytics")
        base.execute("USE memory")
        base.execute("DETACH analytics")


def query(path: Path, sql: str) -> pl.DataFrame:
    """The answer of a built file to one SELECT, read-only and with no access to other files or the network."""
    with _memory() as base:
        # Attached and not opened: a second open in one process would see a file that was replaced since the first.
        base.execute(f"ATTACH {_quoted(path)} AS analytics (READ_ONLY)")
        base.execute("USE analytics")
        base.execute("SET enable_external_access = false")
        answer = base.sql(sql)
        return pl.DataFrame() if answer is None else answer.pl()


@contextmanager
def _memory() -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with duckdb.connect(config=OFFLINE) as base:
            base.execute(_SILENT)
            yield base
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error


@contextmanager
def _warehouse(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    home.mkdir(parents=True, exist_ok=True)
    try:
        with duckdb.connect(home / "warehouse.duckdb", config=OFFLINE) as base:
            base.execute(_SILENT)
            base.begin()
            _prepare(base)
            yield base
            base.commit()
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error


def _prepare(base: duckdb.DuckDBPyConnection) -> None:
    base.execute("CREATE SCHEMA IF NOT EXISTS core")
    for name in ("documents", "sources", "runs"):
        spec = _stored(name)
        shape = base.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = ? "
            "ORDER BY column_index",
            [name],
        ).fetchall()
        # What reading gave can be read again, so a table of another shape is dropped rather than converted.
        if shape and name == "documents" and [column for (column,) in shape] != list(spec.columns):
            base.execute(f"DROP TABLE core.{name}")
            shape = []
        if not shape:
            base.execute(create_table(spec)[0])
        # Sources and runs are what no reading gives back: an older home's are kept, and what is new in them is empty.
        for column in spec.columns.keys() - {name for (name,) in shape} if shape else ():
            base.execute(f"ALTER TABLE core.{name} ADD COLUMN {_added(column, spec.columns[column])}")


def _added(name: str, column: Column) -> str:
    return f"{name} {column.type}" + (" DEFAULT ''" if column.type == "VARCHAR" else "")


def _stored(name: str) -> TableSpec:
    """The tables of the warehouse, from data/tables.yml and data/warehouse.yml; documents by version of the code."""
    if name == "sources":
        return table("core.sources")
    runs = table("quality.runs")
    if name == "runs":
        return runs.model_copy(update={"name": "core.runs"})
    spec = _documents("source")
    labels = {"code_version": runs.columns["code_version"], "part": table("core.parts").columns["part"]}
    return spec.model_copy(update={"columns": labels | spec.columns, "key": ("code_version", *spec.key)})


def _documents(*without: str) -> TableSpec:
    spec = table("quality.reports")
    columns = {name: column for name, column in spec.columns.items() if name not in ("status", *without)}
    return spec.model_copy(update={"name": "core.documents", "columns": columns})


def _fill(base: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    base.execute("USE analytics")
    base.register("given", frame)
    base.execute(f"INSERT INTO {name} SELECT * FROM given")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
