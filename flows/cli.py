"""The command `gongkai`: run, check, review, sql, trace, show. Arguments in, words on the screen and an exit code out.

Everything heavy is imported inside the commands, so that help answers at once.
"""

import gc
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows import review
from flows.command import BUSY, STOPPED, UNANSWERED, USAGE, WARNED, WRONG, Home, Reviews, chosen_home, complain, fail
from flows.memory import GARBAGE
from flows.withdraw import withdraw

if TYPE_CHECKING:
    import polars as pl

SHOWN = 100
# From the best to the worst: the worst file decides.
CHECKED = {"clean": 0, "warnings": WARNED, "unchecked": WARNED, "errors": WRONG, "unreadable": UNANSWERED}

EXIT_CODES = """
\b
Exit codes:
  0  done; reports held back or rejected are listed, not errors
  1  it failed, or has no answer: no database yet, SQL that does not run,
     nothing by that name, a file that is no report
  2  the command was wrong, or there was nothing to read
  3  the gate, or a file of decisions that cannot be read, stopped the run:
     nothing was published, the last good data stay as they were
  4  another run is at work on this home
  5  check: warnings only, or nothing that could be compared
  6  check: errors, to be mended before publication
"""

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    epilog=EXIT_CODES,
)


app.add_typer(review.app, name="review")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"gongkai {version('gongkai')}")
        raise typer.Exit


@app.callback()
def gongkai(
    context: typer.Context,
    home: Home = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Yearly reports on government information disclosure, read into checked numbers.

    \b
    Start here:
      gongkai run data/samples                    read, check, publish
      gongkai sql "select * from analytics.requests"        ask the published numbers
      gongkai trace REPORT requests_new           follow a number back to its byte
      gongkai show report.html                    see what the reader sees in a file
      gongkai review                              see what waits for a decision
      gongkai check draft.docx                    check a draft before it is published
    """
    context.obj = home


@app.command()
def run(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, or patterns in quotes.")],
    full: Annotated[bool, typer.Option("--full", help="Read everything again, even what has not changed.")] = False,
    reviews: Reviews = None,
    home: Home = None,
) -> None:
    """Read reports, check them, and publish what adds up.

    Files that were read before are not read again. What does not add up is held back with the reason; the rest goes on.

    \b
    Examples:
      gongkai run data/samples
      gongkai run reports/2023 "inbox/**/*.html"
      gongkai run --full --home /tmp/try data/samples
    """
    from flows.collect import files
    from flows.texts import texts

    where = chosen_home(context, home)
    missing = [path for path in paths if not files(path)]
    for path in missing:
        complain(texts()["cli"]["missing_path"].fill(path=path))
    if len(missing) == len(paths):
        fail(texts()["cli"]["nothing_to_read"], USAGE)
    _run(paths, where, full, reviews)


@app.command()
def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Drafts: files, folders, or patterns in quotes.")
    ],
    english: Annotated[bool, typer.Option("--english", help="Answer in English.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, as docs/check.md describes it.")] = False,
) -> None:
    """Check drafts before publication, with the rules of a run.

    Nothing is kept and no database is needed. Files of one agency are checked together, year against year. Sums are
    computed by one engine here (polars); `gongkai run` has them confirmed by a second one (Great Expectations).

    \b
    Exit codes: 0 nothing found wrong, 5 warnings only (or nothing to compare),
      6 errors to be mended, 1 a file that cannot be checked, whatever the
      others say, 2 nothing to check.

    \b
    Examples:
      gongkai check draft.docx
      gongkai check --json 2022.html 2023.html
    """
    from flows.collect import files
    from flows.texts import texts

    if not any(files(path) for path in paths):
        fail(texts()["cli"]["nothing_to_read"], USAGE)

    from flows.draft import drafts
    from flows.telling import as_json, print_drafts
    from flows.terminal import screen

    found = drafts(paths)
    if json:
        sys.stdout.write(as_json(found))
    else:
        print_drafts(found, "en" if english else "zh", screen())
    raise typer.Exit(CHECKED[max(found, key=lambda draft: list(CHECKED).index(draft.status)).status])


@app.command()
def sql(
    context: typer.Context,
    query: Annotated[str | None, typer.Argument(help="One SQL statement; without it, the tables and views.")] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    home: Home = None,
) -> None:
    """Ask the published numbers in SQL.

    Nothing can be changed. Without a statement: the tables and views, and what they hold.

    \b
    Examples:
      gongkai sql
      gongkai sql "select agency, fiscal_year, status from analytics.reports"
      gongkai sql --csv "from analytics.facts where metric = 'requests_new'" > new.csv
    """
    from flows.query import LISTING, as_json

    answer = _answer(chosen_home(context, home), query or LISTING)
    if csv:
        sys.stdout.write(answer.write_csv())
    elif json:
        sys.stdout.write(as_json(answer))
    else:
        _print_answer(answer)


@app.command()
def trace(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="Beginning of a report id, or part of a source path.")],
    metric: Annotated[str, typer.Argument(help="Metric code, or its Chinese name.")],
    applicant: Annotated[str | None, typer.Argument(help="Column of table 3; the total when left out.")] = None,
    item: Annotated[str | None, typer.Option(help="Category or channel named in prose.")] = None,
    home: Home = None,
) -> None:
    """Follow a number back to the byte where it is printed.

    Shows it as published, as checked, as read, and the line of the original with the printed characters marked.

    \b
    Examples:
      gongkai trace clean_2023.html requests_new
      gongkai trace 3f2a90 requests_granted natural_person
    """
    from flows.query import NoAnswer
    from flows.terminal import screen
    from flows.texts import texts
    from flows.trace import Unknown
    from flows.trace import trace as ways
    from flows.way import print_way

    where = chosen_home(context, home)
    try:
        for way in ways(where, report, metric, applicant, item):
            print_way(way, where, screen())
    except NoAnswer as error:
        fail(texts()["cli"][error.code].fill(**error.values), UNANSWERED)
    except Unknown as error:
        complain(texts()["trace"][error.code].fill(**error.values))
        typer.echo("".join(f"  {line}\n" for line in error.listed), err=True, nl=False)
        raise typer.Exit(UNANSWERED) from error


@app.command()
def show(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="One report.")],
) -> None:
    """See a file as the reader sees it.

    Who reports about which year and why we think so, the tables with their recognised rows, the claims in the text,
    what was left over. No database is needed and nothing is kept.

    \b
    Example:
      gongkai show data/samples/report.html
    """
    from flows.reading import read_one
    from flows.show import print_reading
    from flows.terminal import screen
    from flows.texts import Phrase, texts
    from transforms.forms import note_kinds
    from transforms.model import Refusal

    try:
        print_reading(read_one(file.read_bytes(), str(file)), screen())
    except Refusal as refusal:
        kind = note_kinds()[refusal.code]
        sentence = Phrase(zh=kind.zh, en=kind.en).fill(detail=refusal.detail)
        fail(texts()["cli"]["no_report"].fill(path=file, sentence=sentence), UNANSWERED)


app.command()(withdraw)


def main() -> None:
    """Entry point of the console script."""
    gc.set_threshold(GARBAGE)
    app(prog_name="gongkai")


def _run(paths: list[str], home: Path, full: bool, reviews: Path | None) -> None:
    from flows.nursery import prepare

    prepare()  # first of all: what is imported next takes seconds
    from flows.failure import SURROUNDINGS, reason
    from flows.lock import HomeBusy
    from flows.pipeline import run as run_pipeline
    from flows.progress import progress
    from flows.reviews import REVIEWS, ReviewsError
    from flows.summary import print_summary
    from flows.terminal import screen
    from flows.texts import texts

    try:
        with progress(texts()["cli"]["working"]) as tell:
            summary = run_pipeline(paths, home, full, reviews or REVIEWS, progress=tell)
    except ReviewsError as error:
        fail(texts()["cli"]["reviews_unread"].fill(path=error.path, what=error.what), STOPPED)
    except HomeBusy:
        fail(texts()["cli"]["busy"].fill(home=home), BUSY)
    except SURROUNDINGS as error:
        fail(texts()["cli"]["failed"].fill(what=reason(error, home)), UNANSWERED)
    print_summary(summary, home, screen())
    if summary.outcome == "stopped":
        raise typer.Exit(STOPPED)


def _answer(home: Path, question: str) -> "pl.DataFrame":
    from flows.query import NoAnswer, ask
    from flows.texts import texts

    try:
        return ask(home, question)
    except NoAnswer as error:
        fail(texts()["cli"][error.code].fill(**error.values), UNANSWERED)


def _print_answer(answer: "pl.DataFrame") -> None:
    from flows.terminal import both, errors, screen, table
    from flows.texts import texts

    if answer.is_empty():
        errors().print(both(texts()["cli"]["empty_answer"]))
        return
    screen().print(table(answer.columns, answer.head(SHOWN).rows()))
    if answer.height > SHOWN:
        errors().print(both(texts()["cli"]["rows_cut"].fill(count=answer.height - SHOWN)))


if __name__ == "__main__":
    main()
