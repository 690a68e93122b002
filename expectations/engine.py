"""Great Expectations, imported without what a gate never asks of it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

# Statistics and charts of expectations that no suite here has: two fifths of the time to import the library.
UNASKED = ("altair", "scipy.stats")


def start() -> ModuleType:
    """The library; the first call takes seconds."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    if "great_expectations" in sys.modules:
        return import_module("great_expectations")
    with _deferred(*UNASKED):
        return import_module("great_expectations")


@contextmanager
def _deferred(*names: str) -> Iterator[None]:
    """Whoever imports one of these meanwhile gets it when it asks something of it, not before."""
    absent = {name: _stand_in(name) for name in names if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name in absent:
            sys.modules.pop(name, None)


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__getattr__ = lambda asked: getattr(import_module(name), asked)  # type: ignore[method-assign]
    return module
