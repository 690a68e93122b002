"""Hypothesis strategies: fills of the form, whole reports, and the ways to print them."""

from random import Random

from hypothesis import strategies as st

from tests.corpus.form import IDENTITIES, KEYS, Filled, Key, fill, plant_identity
from tests.corpus.plaintext import DIALECTS
from tests.corpus.printers import KINDS, LOST
from tests.corpus.reports import Report, report
from tests.corpus.scripts import SCRIPTS

seeds = st.integers(0, 2**32 - 1)
html_kinds = st.sampled_from(KINDS)
text_dialects = st.sampled_from(DIALECTS)
lost_dialects = st.sampled_from(LOST)
scripts = st.sampled_from(SCRIPTS)


def fills() -> st.SearchStrategy[Filled]:
    """Consistent fills of the form of 2021."""
    return st.builds(fill, seeds)


def reports() -> st.SearchStrategy[Report]:
    """Consistent reports, with prose that agrees with the tables."""
    return st.builds(report, seeds)


def faults() -> st.SearchStrategy[tuple[Filled, str, str]]:
    """Fills with one planted fault: the fill, the identity that it breaks, and where."""
    return st.builds(
        lambda filled, seed, name: plant_identity(filled, Random(seed), name), fills(), seeds, identities()
    )


def identities() -> st.SearchStrategy[str]:
    """The identities of tables 3 and 4."""
    return st.sampled_from(IDENTITIES)


def summed_keys() -> st.SearchStrategy[Key]:
    """Cells of tables 3 and 4, where a changed digit must show."""
    return st.sampled_from([key for key in KEYS if key[1] or "reconsideration" in key[0] or "litigation" in key[0]])
