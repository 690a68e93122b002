"""Questions to the published database: SQL in, a frame out, and the frame as a table, CSV or JSON."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

# The schema `main` of the file analytics.duckdb is what SQL calls analytics.
LISTING = """
select replace(schema_name, 'main', 'analytics') || '.' || name as name, rows, comment from (
  select database_name, schema_name, table_name as name, estimated_size as rows, comment from duckdb_tables()
  union all
  select database_name, schema_name, view_name, null, comment from duckdb_views() where not internal
) where database_name = current_database() order by name
"""


class NoAnswer(Exception):
    """The question has no answer; `code` names a phrase of group `cli` in data/texts/site.yml."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def ask(home: Path, question: str) -> "pl.DataFrame":
    """The answer of home/analytics.duckdb to one SQL statement; raises NoAnswer (no database yet, SQL wrong)."""
    from flows.publish import NotPublished, query
    from flows.warehouse import WarehouseError

    try:
        return query(home, question)
    except NotPublished as error:
        raise NoAnswer("no_database", home=home) from error
    except WarehouseError as error:
        raise NoAnswer("wrong_sql", detail=error) from error


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def as_json(answer: "pl.DataFrame") -> str:
    """Rows as a JSON list of objects; dates as ISO text, NULL as null."""
    return json.dumps(answer.to_dicts(), ensure_ascii=False, indent=1, default=str) + "\n"
