"""A bar on standard error while something long is done; nothing where no one watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.terminal import both, errors
from flows.texts import Phrase


@contextmanager
def progress(what: Phrase) -> Iterator[Callable[[int, int], None]]:
    """A function to call with (done, total) while the work goes on; the bar goes away with the work."""
    out = errors()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task(both(what), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
