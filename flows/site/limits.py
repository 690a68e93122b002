"""How much the quality site shows: data/site.yml in."""

from functools import cache

from pydantic import BaseModel, ConfigDict

from transforms.forms import load


class Limits(BaseModel):
    """Counts of things shown; data/site.yml says what each is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages_for_all: int
    excerpts: int
    held: int
    rejected: int
    examples: int
    runs: int
    rows: int
    charted: int


@cache
def limits() -> Limits:
    """The limits as declared."""
    return Limits.model_validate(load("site.yml"))
