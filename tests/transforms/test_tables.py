"""The declared tables: schemas, what a frame must be to conform, DDL, and that everything is described."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dictionary import dictionary
from transforms.forms import DeclarationError, forms, metrics
from transforms.model import State
from transforms.tables import TableError, conform, create_view, ddl, frame_schema, states, table, tables, views, wording

SECTIONS = pl.DataFrame(
    {
        "report_id": ["b", "a", "a"],
        "section": ["requests", "remedies", "proactive"],
        "status": "held",
        "reasons": "",
        "reasons_en": "",
    }
)


def test_schema_follows_the_declaration() -> None:
    schema = frame_schema("quality.reports")
    assert list(schema) == list(tables()["quality.reports"].columns)
    assert schema["bytes"] == pl.Int64 and schema["fiscal_year"] == pl.Int32 and schema["published_on"] == pl.Date
    assert frame_schema("quality.runs")["started_at"] == pl.Datetime("us")
    with pytest.raises(DeclarationError, match=r"quality\.nothing"):
        frame_schema("quality.nothing")


def test_conform_orders_rows_and_columns() -> None:
    found = conform("quality.sections", SECTIONS.select(reversed(SECTIONS.columns)))
    assert found.columns == SECTIONS.columns
    assert found.select("report_id", "section").rows() == [("a", "proactive"), ("a", "remedies"), ("b", "requests")]
    assert conform("quality.sections", found).equals(found)


def test_an_empty_frame_conforms() -> None:
    assert conform("quality.sections", SECTIONS.clear()).schema == frame_schema("quality.sections")


WRONG = [  # change, column, key of the first offending row, words
    (SECTIONS.drop("status"), "status", (), "missing"),
    (SECTIONS.with_columns(extra=1), "extra", (), "not declared"),
    (SECTIONS.with_columns(status=1.5), "status", (), "is Float64, not String"),
    (SECTIONS.with_columns(status=pl.Series(["held", None, None])), "status", ("a", "proactive"), "null"),
    (SECTIONS.with_columns(report_id=pl.Series(["b", None, "a"])), "report_id", (None, "remedies"), "null"),
    (SECTIONS.with_columns(section=pl.lit("sheet")), "section", ("a", "sheet"), "more than once"),
]


@pytest.mark.parametrize(("frame", "column", "key", "words"), WRONG, ids=[f"{case[1]}-{case[3]}" for case in WRONG])
def test_a_wrong_frame_is_refused_with_its_place(
    frame: pl.DataFrame, column: str, key: tuple[object, ...], words: str
) -> None:
    with pytest.raises(TableError, match=words) as refused:
        conform("quality.sections", frame)
    assert (refused.value.table, refused.value.column, refused.value.key) == ("quality.sections", column, key)


NUMBERS = {"report_id": ["a"], "section": "", "form": "", "metric": "m", "applicant": "", "item": "", "origin": "table"}
NUMBERS |= {"state": "blank", "bound": "", "unit": "", "printed": "", "locator": "", "whole": ""}


@pytest.mark.parametrize("value", [None, 0, 3, 2.5, -1])
def test_numbers_may_be_missing_and_zero_is_none_of_that(value: float | None) -> None:
    found = conform("quality.cells", pl.DataFrame(NUMBERS | {"value": [value]}))
    assert found["value"].to_list() == [value] and found["value"].dtype == pl.Float64


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "3", True])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(TableError, match=r"quality\.cells\.value"):
        conform("quality.cells", pl.DataFrame(NUMBERS | {"value": [value]}))


def test_a_published_number_is_never_null() -> None:
    facts = pl.DataFrame(
        {name: [None if kind != pl.String else ""] for name, kind in frame_schema("analytics.facts").items()}
    )
    with pytest.raises(TableError, match=r"facts\.value.*null"):
        conform("analytics.facts", facts)


def test_a_year_that_does_not_fit_is_refused() -> None:
    row = {name: ["" if kind == pl.String else None] for name, kind in frame_schema("analytics.reports").items()}
    assert conform("analytics.reports", pl.DataFrame(row | {"fiscal_year": [2021]}))["fiscal_year"].dtype == pl.Int32
    with pytest.raises(TableError, match=r"fiscal_year.*does not fit"):
        conform("analytics.reports", pl.DataFrame(row | {"fiscal_year": [2**40]}))
    with pytest.raises(TableError, match=r"published_on.*not Date"):
        conform("analytics.reports", pl.DataFrame(row | {"published_on": ["2021-01-02"]}))
    assert conform("analytics.reports", pl.DataFrame(row | {"published_on": [date(2021, 1, 2)]})).height == 1


@given(st.lists(st.tuples(st.text("ab一", max_size=2), st.text("ab一", max_size=2)), max_size=12))
def test_conform_sorts_what_is_unique_and_refuses_what_is_not(keys: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(keys, schema={"report_id": pl.String, "section": pl.String}, orient="row").with_columns(
        status=pl.lit(""), reasons=pl.lit(""), reasons_en=pl.lit("")
    )
    if len(set(keys)) == len(keys):
        assert conform("quality.sections", frame).select("report_id", "section").rows() == sorted(keys)
    else:
        with pytest.raises(TableError, match="more than once") as refused:
            conform("quality.sections", frame)
        assert refused.value.key == min(key for key in keys if keys.count(key) > 1)


@pytest.mark.parametrize("name", [*tables(), "core.notes", "core.sources"])
def test_ddl_describes_table_and_columns(name: str) -> None:
    create, *comments = ddl(name)
    assert create.startswith(f"CREATE TABLE {name} (")
    assert ("PRIMARY KEY" in create) == (table(name).index == "key")
    assert len(comments) == 1 + len(table(name).columns)
    assert all("' / " not in comment and " / " in comment for comment in comments)


def test_states_are_those_of_the_model() -> None:
    assert list(states()) == list(State)


def test_views_show_every_metric_of_their_table() -> None:
    (form,) = (form for code, form in forms().items() if code == "form_2021")
    for section in form.tables:
        missing = {
            slot.metric for slot in section.slots() if slot.metric not in create_view(f"analytics.{section.section}")
        }
        assert missing == set()


def test_every_word_of_a_view_is_used() -> None:
    assert all(column in view.sql for view in views().values() for column in view.columns)
    assert wording("analytics.requests", "requests_new").zh.startswith(metrics()["requests_new"].zh)
    with pytest.raises(DeclarationError, match="nowhere"):
        wording("analytics.requests", "invented")


def test_no_view_turns_a_blank_into_zero() -> None:
    for view in views().values():
        words = view.sql.lower().replace(" ", "")
        assert ",0)" not in words and "ifnull" not in words


def test_the_dictionary_names_everything() -> None:
    text = dictionary()
    for name in (*tables(), *views(), *states(), *metrics()):
        assert name in text
    assert text.count("\n## ") == len(tables()) + len(views()) + 5
    assert text == dictionary()
