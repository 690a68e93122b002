"""What the commands of `gongkai` share: exit codes, where home is, and how a command says that it cannot go on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from flows.texts import Phrase

UNANSWERED, USAGE, STOPPED, BUSY, WARNED, WRONG = 1, 2, 3, 4, 5, 6
HOME = Path("data/home")

Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Where all that is made is kept; data/home if not given."),
]
Reviews = Annotated[
    Path | None,
    typer.Option(
        "--reviews",
        metavar="FILE",
        envvar="GONGKAI_REVIEWS",
        help="The decisions of people; GONGKAI_REVIEWS, else data/reviews.csv, if not given.",
    ),
]


def chosen_home(context: typer.Context, home: Path | None) -> Path:
    """The home that was named nearest to the command."""
    return Path(home or context.obj or HOME)


def complain(phrase: "Phrase") -> None:
    """Both languages on standard error."""
    from flows.terminal import errors, safe

    errors().print(f"{safe(phrase.zh)}\n{safe(phrase.en)}")


def fail(phrase: "Phrase", code: int) -> NoReturn:
    """Says why and leaves with an exit code."""
    complain(phrase)
    raise typer.Exit(code)
