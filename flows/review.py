"""The command `gongkai review`: what waits for a person is listed, what the person decides is recorded."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.command import UNANSWERED, USAGE, Home, Reviews, chosen_home, complain, fail

if TYPE_CHECKING:
    from flows.texts import Phrase

Record = dict[str, Any]

app = typer.Typer(invoke_without_command=True, add_completion=False, rich_markup_mode=None)

Who = Annotated[str, typer.Option("--who", envvar="GONGKAI_WHO", help="Who decides; GONGKAI_WHO if not given.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for those who come after.")]
Finding = Annotated[str, typer.Argument(metavar="FINDING", help="The id of a finding, or its beginning.")]


@app.callback()
def review(
    context: typer.Context,
    agency: Annotated[str, typer.Option(help="Only agencies whose name contains this.")] = "",
    report: Annotated[str, typer.Option(help="Beginning of a report id, or part of a source path.")] = "",
    identity: Annotated[str, typer.Option(help="Only this rule or note.")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="Print all of them as CSV.")] = False,
    reviews: Reviews = None,
    home: Home = None,
) -> None:
    """List what waits for a decision, and decide: accept, dismiss, correct.

    Errors that hold a section come first, then warnings. A decision goes to data/reviews.csv and counts from the next
    run; it is asked again only when the document, or the reading of the cells concerned, has changed.

    \b
    Examples:
      gongkai review --agency 某局
      gongkai review accept 3f2a90 --who 李四 --reason 已电话核实，原文如此
      gongkai review dismiss 3f2a90 --who 李四 --reason 规则不适用
      gongkai review correct a.html requests_new --printed 1O --value 10 --who 李四 --reason 字母误作数字
    """
    where = chosen_home(context, home)
    context.obj, context.meta["reviews"] = where, reviews
    if context.invoked_subcommand is None:
        _list(where, agency, report, identity, csv, _file(context, None))


@app.command()
def accept(
    context: typer.Context,
    finding: Finding,
    who: Who,
    reason: Reason,
    reviews: Reviews = None,
    home: Home = None,
) -> None:
    """Publish the section as it is printed, though the rule fails.

    \b
    Example:
      gongkai review accept 3f2a90 --who 李四 --reason 已电话核实，原文如此
    """
    _decide(
        chosen_home(context, home),
        _file(context, reviews),
        finding,
        {"decision": "accept", "who": who, "reason": reason},
    )


@app.command()
def dismiss(
    context: typer.Context,
    finding: Finding,
    who: Who,
    reason: Reason,
    reviews: Reviews = None,
    home: Home = None,
) -> None:
    """This finding is a false alarm: it holds nothing and is not asked again.

    \b
    Example:
      gongkai review dismiss 3f2a90 --who 李四 --reason 规则不适用
    """
    _decide(
        chosen_home(context, home),
        _file(context, reviews),
        finding,
        {"decision": "dismiss", "who": who, "reason": reason},
    )


@app.command()
def correct(
    context: typer.Context,
    report: Annotated[str, typer.Argument(help="Beginning of a report id, or part of a source path.")],
    metric: Annotated[str, typer.Argument(help="Metric code, or its Chinese name.")],
    printed: Annotated[str, typer.Option("--printed", help="What is printed there now; must fit exactly.")],
    value: Annotated[float, typer.Option("--value", help="The number that is right, in the unit of the cell.")],
    who: Who,
    reason: Reason,
    applicant: Annotated[str | None, typer.Argument(help="Column of table 3; the total when left out.")] = None,
    item: Annotated[str | None, typer.Option(help="Category or channel named in prose.")] = None,
    reviews: Reviews = None,
    home: Home = None,
) -> None:
    """Publish another value than the one printed; both are shown, and the sums are checked with the new one.

    \b
    Example:
      gongkai review correct a.html requests_new --printed 1O --value 10 --who 李四 --reason 字母误作数字
    """
    found, near = _cells(chosen_home(context, home), report, metric, applicant, item)
    cells = [cell for cell in near if cell["printed"] == printed]
    if len(cells) != 1 or not cells[0]["locator"]:
        told = "; ".join(_called(cell) for cell in near)
        fail(_words("no_such_cell").fill(metric=metric, printed=printed, count=len(cells), near=told), UNANSWERED)
    names = ("report_id", "section", "metric", "applicant", "item", "origin", "locator", "printed")
    about = {name: cells[0][name] for name in names} | {"read": cells[0]["value"], "source": found["source"]}
    _record(_file(context, reviews), about | {"decision": "correct", "value": value, "who": who, "reason": reason})


def _called(cell: Record) -> str:
    return " ".join(filter(None, (cell["applicant"], cell["item"], cell["origin"], f"“{cell['printed']}”")))


def _file(context: typer.Context, reviews: Path | None) -> Path:
    """The file of decisions that was named nearest to the command."""
    from flows.reviews import REVIEWS

    return Path(reviews or context.meta.get("reviews") or REVIEWS)


def _list(home: Path, agency: str, report: str, identity: str, csv: bool, reviews: Path) -> None:
    from flows.query import NoAnswer
    from flows.reviews import ReviewsError, load
    from flows.terminal import screen
    from flows.texts import texts
    from flows.waiting import print_waiting, waiting

    try:
        found = waiting(home, agency, report, identity)
        said = {decision.finding_id for decision in load(reviews)} if reviews.exists() else set()
    except NoAnswer as error:
        fail(texts()["cli"][error.code].fill(**error.values), UNANSWERED)
    except ReviewsError as error:
        fail(texts()["cli"]["reviews_unread"].fill(path=error.path, what=error.what), UNANSWERED)
    if csv:
        sys.stdout.write(found.write_csv())
    else:
        print_waiting(found, said, screen())


def _decide(home: Path, reviews: Path, finding: str, said: Record) -> None:
    """Records a decision about the one finding whose id begins so."""
    from flows.query import NoAnswer
    from flows.texts import texts
    from flows.waiting import failing

    try:
        found = failing(home, finding).to_dicts()
    except NoAnswer as error:
        fail(texts()["cli"][error.code].fill(**error.values), UNANSWERED)
    if len(found) != 1:
        fail(_words("no_such_finding").fill(finding=finding, count=len(found)), UNANSWERED)
    names = ("report_id", "source", "section", "identity", "instance", "finding_id")
    _record(reviews, {name: found[0][name] for name in names} | said)


def _cells(
    home: Path, report: str, metric: str, applicant: str | None, item: str | None
) -> tuple[Record, list[Record]]:
    from flows.query import NoAnswer
    from flows.texts import texts
    from flows.trace import Unknown, find_cells, find_report

    try:
        found = find_report(home, report)
        return found, find_cells(home, found, metric, applicant, item)
    except NoAnswer as error:
        fail(texts()["cli"][error.code].fill(**error.values), UNANSWERED)
    except Unknown as error:
        complain(texts()["trace"][error.code].fill(**error.values))
        typer.echo("".join(f"  {line}\n" for line in error.listed), err=True, nl=False)
        raise typer.Exit(UNANSWERED) from error


def _record(where: Path, said: Record) -> None:
    from pydantic import ValidationError

    from flows.reviews import ReviewsError, record
    from flows.terminal import both, screen
    from flows.texts import texts
    from transforms.decisions import Decision

    try:
        record(where, Decision(**said, decided_on=date.today()))
    except ValidationError as error:
        told = "; ".join(f"{each['loc'][0]} {each['msg']}" if each["loc"] else each["msg"] for each in error.errors())
        fail(_words("no_decision").fill(what=told), USAGE)
    except ReviewsError as error:
        fail(texts()["cli"]["reviews_unread"].fill(path=error.path, what=error.what), UNANSWERED)
    screen().print(both(_words("recorded").fill(path=where)))


def _words(name: str) -> "Phrase":
    from flows.texts import texts

    return texts()["review"][name]
