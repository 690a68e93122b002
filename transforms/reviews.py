"""Human decisions meet a run: cells are corrected, findings settled or asked again, sections accepted.

In: frames of data/tables.yml and the decisions of transforms/decisions.py. Out: the same frames, marked. A decision
holds while the document and the reading of the cells concerned are what the person saw; whatever else changes.
"""

import hashlib
from collections.abc import Sequence

import polars as pl

from transforms.concerned import KEY, base_instance, concerned
from transforms.decisions import COLUMNS, Decision
from transforms.model import State
from transforms.tables import frame_schema

SETTLED = ("accepted", "dismissed")
HOLDING = ("critical", "error")
_CELL = ["report_id", "section", "metric", "applicant", "item", "origin"]
_CELL_KEY = [*_CELL, "locator"]
_OWN = pl.col("report_id") == pl.col("decided_of")
_GUARDS = ["printed", "read"]
_PLACE = ["report_id", "section"]
_BY_CHOICE = {"accept": "accepted", "dismiss": "dismissed"}
_WHO = ["agency", "agency_id", "region_code", "level", "scope", "fiscal_year", "title"]
_READ = ["metric", "applicant", "item", "origin", "printed", "value", "bound", "locator"]


def decided(decisions: Sequence[Decision]) -> pl.DataFrame:
    """The decisions as a frame, a column for each of their fields."""
    schema = {name: kind for name, kind in frame_schema("quality.reviews").items() if name in COLUMNS}
    rows = [tuple(getattr(decision, name) for name in schema) for decision in decisions]
    return pl.DataFrame(rows, schema=schema, orient="row")


def readdressed(decisions: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The decisions with `decided_of`, the report that was decided.

    Where that is no longer in force, `report_id` becomes the report that its source holds now: a person is asked again.
    """
    now = documents.select("source", now="report_id")
    joined = decisions.join(now, on="source", how="left", maintain_order="left").with_columns(decided_of="report_id")
    stays = pl.col("now").is_null() | pl.col("report_id").is_in(documents["report_id"].unique().implode())
    return joined.with_columns(report_id=pl.when(stays).then("report_id").otherwise("now")).drop("now")


def corrected(cells: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The cells with what people have corrected, and two columns more: `review`, `printed_value`.

    A correction applies where the cell is read as it was when it was made. It makes the number exact and reported;
    `printed` stays, and `printed_value` is the value that was read.
    """
    given = _corrections(decisions).filter(_OWN).select(*_CELL_KEY, *_GUARDS, given="value")
    if given.is_empty():  # the join costs as much as a tenth of the whole check
        return cells.with_columns(review=pl.lit(""), printed_value=pl.lit(None, pl.Float64))
    joined = _as_read(cells).join(given, on=[*_CELL_KEY, *_GUARDS], how="left", nulls_equal=True, maintain_order="left")
    here = pl.col("given").is_not_null()
    return joined.with_columns(
        state=pl.when(here).then(pl.lit(State.REPORTED.value)).otherwise("state"),
        bound=pl.when(here).then(pl.lit("")).otherwise("bound"),
        value=pl.when(here).then("given").otherwise("value"),
        review=pl.when(here).then(pl.lit("corrected")).otherwise(pl.lit("")),
        printed_value=pl.when(here).then("read"),
    ).drop("read", "given")


def unapplied(cells: pl.DataFrame, documents: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """A note for each correction of a report in force whose cell is read otherwise now; it holds the section.

    A person has said that the number is wrong: until asked again, neither theirs nor ours may go out. Of a document
    that has changed since, whatever it reads; but not where it prints what the person said, or was corrected again.
    """
    read = documents.filter(pl.col("reason") == "").select("report_id")
    here = _corrections(decisions).join(read, on="report_id", how="semi")
    near = cells.filter(pl.col("report_id").is_in(here["report_id"].unique().implode()))
    own, moved = here.filter(_OWN), here.filter(~_OWN).sort("decided_on").unique(_CELL, keep="last")
    otherwise = own.join(_as_read(near), on=[*_CELL_KEY, *_GUARDS], how="anti", nulls_equal=True)
    changed = moved.join(own, on=_CELL, how="anti").join(near, on=[*_CELL, "value"], how="anti")
    missed = pl.concat([otherwise, changed])
    named = pl.concat_str(["metric", "applicant"], separator=" ").str.strip_chars_end()
    detail = pl.format("{}: “{}” → {}", named, "printed", pl.col("value").cast(pl.String).str.strip_suffix(".0"))
    return missed.select(
        "report_id", code=pl.lit("correction_not_applied"), section="section", place="locator", detail=detail
    )


def elsewhere(cells: pl.DataFrame, documents: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """A note for each cell of another report on the same body and year that has a number which a person called wrong.

    It holds the section until somebody looks: a reprint or a copy would bring the number back.
    """
    wrong = _corrections(decisions).filter(_OWN & pl.col("read").is_not_null() & (pl.col("read") != pl.col("value")))
    if wrong.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(("report_id", "code", "section", "place", "detail"), pl.String))
    body = ["agency_id", "fiscal_year"]
    who = documents.filter(pl.col("agency_id") != "").select("report_id", *body)
    where = [name for name in _CELL if name != "report_id"]
    said = wrong.join(who, on="report_id").select(*body, *where, "read", given="value", first="report_id")
    others = who.join(said.select(body).unique(), on=body, how="semi")
    near = _as_read(cells).join(others, on="report_id").join(wrong.select(_CELL), on=_CELL, how="anti")
    found = near.join(said, on=[*body, *where, "read"]).unique(_CELL_KEY).sort(_CELL_KEY)
    named = pl.concat_str(["metric", "applicant"], separator=" ").str.strip_chars_end()
    detail = pl.format(
        "{}: “{}” → {}, {}", named, "printed", pl.col("given").cast(pl.String).str.strip_suffix(".0"), "first"
    )
    return found.select(
        "report_id", code=pl.lit("corrected_elsewhere"), section="section", place="locator", detail=detail
    )


def settled(found: pl.DataFrame, cells: pl.DataFrame, documents: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """The findings with `finding_id` and `decision`: accepted, dismissed, outdated (asked again), or empty."""
    known = identified(found, cells, documents)
    choices = decisions.filter(pl.col("decision") != "correct").with_columns(
        choice=pl.col("decision").replace_strict(_BY_CHOICE, return_dtype=pl.String)
    )
    now = known.join(choices.select("finding_id", "choice"), on="finding_id", how="left", maintain_order="left")
    once = [*_PLACE, "identity", "base"]
    before = choices.with_columns(base=base_instance()).select(once).unique().with_columns(before=pl.lit(value=True))
    asked = now.with_columns(base=base_instance()).join(before, on=once, how="left", maintain_order="left")
    outdated = pl.col("before").fill_null(value=False) & (pl.col("outcome") == "fail")
    choice = pl.coalesce("choice", pl.when(outdated).then(pl.lit("outdated")), pl.lit(""))
    return asked.with_columns(decision=choice).drop("choice", "before", "base")


def identified(found: pl.DataFrame, cells: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The findings with `finding_id`, which changes when, and only when, the document or the reading concerned does.

    Only what a person can decide has one: failures that are no mere remark.
    """
    open_ones = found.filter((pl.col("outcome") == "fail") & (pl.col("severity") != "info"))
    texts = _reading(open_ones, cells, documents).with_columns(base=base_instance())
    seen = texts.select(pl.concat_str([*_PLACE, "identity", "base", "detail", "reading"], separator="\x1d"))
    ids = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in seen.to_series()]
    named = open_ones.select(KEY).with_columns(finding_id=pl.Series(ids, dtype=pl.String))
    return found.join(named, on=KEY, how="left", maintain_order="left").with_columns(pl.col("finding_id").fill_null(""))


def accepted(sections: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The sections with status `accepted` where nothing but an accepted error stood against publishing them."""
    agreed = found.filter((pl.col("decision") == "accepted") & pl.col("severity").is_in(HOLDING))
    own = agreed.filter(pl.col("section") != "")
    of_all = sections.select(_PLACE).join(agreed.filter(pl.col("section") == "").drop("section"), on="report_id")
    told = (
        pl.concat([own.select(*_PLACE, "sentence", "sentence_en"), of_all.select(*_PLACE, "sentence", "sentence_en")])
        .group_by(_PLACE, maintain_order=True)
        .agg(pl.col("sentence", "sentence_en").str.join(" "))
    )
    joined = sections.join(told, on=_PLACE, how="left", maintain_order="left")
    now = (pl.col("status") == "published") & pl.col("sentence").is_not_null()
    return joined.with_columns(
        status=pl.when(now).then(pl.lit("accepted")).otherwise("status"),
        reasons=pl.when(now).then("sentence").otherwise("reasons"),
        reasons_en=pl.when(now).then("sentence_en").otherwise("reasons_en"),
    ).drop("sentence", "sentence_en")


def marked(facts: pl.DataFrame, sections: pl.DataFrame) -> pl.DataFrame:
    """The facts with `review`: corrected, accepted (of an accepted section), or empty."""
    status = sections.select(*_PLACE, among="status")
    joined = facts.join(status, on=_PLACE, how="left", maintain_order="left")
    plain = (pl.col("review") == "") & (pl.col("among") == "accepted")
    return joined.with_columns(review=pl.when(plain).then(pl.lit("accepted")).otherwise("review")).drop("among")


def log(decisions: pl.DataFrame, found: pl.DataFrame, judged: pl.DataFrame, missed: pl.DataFrame) -> pl.DataFrame:
    """quality.reviews: every decision and what became of it.

    Applied; outdated, when the document or the reading is another now and the person is asked again; or idle: of a
    report that no source holds any more, of a finding that no longer fails, or decided again since. `judged` are the
    corrected cells, `missed` the notes of `unapplied`.
    """
    late = found.filter(pl.col("decision") == "outdated").with_columns(base=base_instance())
    at = ["report_id", "section", "locator"]
    applied = [(["finding_id"], found), (_CELL_KEY, judged.filter(pl.col("review") == "corrected"))]
    outdated = [([*_PLACE, "identity", "base"], late), (at, missed.rename({"place": "locator"}))]
    numbered = decisions.with_row_index("#").with_columns(base=base_instance())
    named = numbered.with_columns(pl.col("finding_id").replace("", None))
    is_applied, is_outdated = (_among(named, places) for places in (applied, outdated))
    status = (
        pl.when(pl.col("#").is_in(is_applied) & _OWN)
        .then(pl.lit("applied"))
        .when(pl.col("#").is_in(is_outdated))
        .then(pl.lit("outdated"))
        .otherwise(pl.lit("idle"))
    )
    return numbered.with_columns(status=status, report_id="decided_of").drop("#", "base", "decided_of")


def _among(numbered: pl.DataFrame, places: Sequence[tuple[list[str], pl.DataFrame]]) -> list[int]:
    """The numbers of the decisions that are found in any of the frames, by the columns given with each."""
    return [number for on, frame in places for number in numbered.join(frame, on=on, how="semi")["#"]]


def _corrections(decisions: pl.DataFrame) -> pl.DataFrame:
    return decisions.filter(pl.col("decision") == "correct")


def _as_read(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.with_columns(read="value")


def _reading(found: pl.DataFrame, cells: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """The findings with `reading`, as text: the cells concerned; for an error that names none, its whole section;

    for what is said of a whole report, who reports about when; else the two sides of the sum.
    """
    near = _texts(concerned(found, cells, documents).with_columns(_cell_text()), KEY).rename({"text": "near"})
    places = found.join(near, on=KEY, how="anti").select(_PLACE).unique()
    whole = _texts(cells.join(places, on=_PLACE, how="semi").with_columns(_cell_text()), _PLACE)
    who = documents.select("report_id", who=pl.concat_str(pl.col(_WHO).cast(pl.String).fill_null(""), separator="\x1f"))
    joined = (
        found.join(near, on=KEY, how="left", maintain_order="left")
        .join(whole.rename({"text": "whole"}), on=_PLACE, how="left", maintain_order="left")
        .join(who, on="report_id", how="left", maintain_order="left")
    )
    sides = pl.concat_str(pl.col("left_value", "right_value").cast(pl.String).fill_null(""), separator="\x1f")
    reading = (
        pl.when(pl.col("near").is_not_null())
        .then("near")
        .when(pl.col("section") == "")
        .then("who")
        .when(pl.col("left_value").is_null() & pl.col("severity").is_in(HOLDING))
        .then(pl.col("whole").fill_null(""))
        .otherwise(sides)
    )
    return joined.with_columns(reading=reading, detail=pl.col("detail").fill_null("")).drop("near", "whole", "who")


def _texts(cells: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """The cells of each group as one text that does not follow the order of the cells."""
    return cells.group_by(by).agg(text=pl.col("text").sort().str.join("\x1e"))


def _cell_text() -> pl.Expr:
    return pl.concat_str(pl.col(_READ).cast(pl.String).fill_null(""), separator="\x1f").alias("text")
