"""The command `gongkai withdraw`: what a source holds is no longer in force, and not published from the next run on."""

from typing import Annotated

import typer

from flows.command import BUSY, UNANSWERED, Home, chosen_home, fail


def withdraw(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Sources as quality.reports names them.")],
    home: Home = None,
) -> None:
    """Take files back that are no reports any more.

    Given by mistake, or no longer where they were. Counts from the next run. The bytes are kept; a file that is given
    again is in force again.

    \b
    Example:
      gongkai withdraw inbox/wrong.html
    """
    from flows.lock import HomeBusy, one_run
    from flows.terminal import both, screen
    from flows.texts import texts
    from flows.warehouse import withdraw as taken_back

    where = chosen_home(context, home)
    try:
        with one_run(where):
            found = taken_back(where, sources)
    except HomeBusy:
        fail(texts()["cli"]["busy"].fill(home=where), BUSY)
    if not found:
        fail(texts()["cli"]["not_withdrawn"].fill(source=" ".join(sources)), UNANSWERED)
    screen().print(both(texts()["cli"]["withdrawn"].fill(count=len(found))))
