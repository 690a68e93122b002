"""Trust in pages as clones and converters leave them: what speaks against each, and what of it is still believed."""

from pathlib import Path

import pytest
import yaml

from flows.reading import read_one
from transforms.normalise import normalise_document
from transforms.provenance import WHOLE, Clone, Counted, Host, Told, declared, provenance
from transforms.read.reader import read

DAMAGED = yaml.safe_load(Path(__file__).with_name("damaged_pages.yml").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("page", DAMAGED["pages"], ids=lambda page: page["what"])
def test_damaged_page_is_believed_as_far_as_it_goes(page: dict[str, str]) -> None:
    found = read_one(page["text"].format(body=DAMAGED["body"]).encode(), page["source"])
    where, who = found.provenance, found.identification
    assert (where.host_class, where.spelled, where.trust) == (page["class"], page["reasons"], page["trust"])
    assert (who.agency, who.region_code) == (page["agency"], page["region"])
    assert ("low_trust" in {note.code for note in who.notes}) == (where.trust < declared().doubtful_below)


@pytest.mark.parametrize("sentence", DAMAGED["clean"])
def test_honest_sentence_costs_no_trust(sentence: str) -> None:
    printed, normalised = normalise_document(read(sentence.encode(), "page.txt"))
    assert provenance(printed, normalised, "page.txt").trust == WHOLE


def test_trust_is_a_hundred_less_the_weights_and_never_less_than_nothing() -> None:
    weights = {reason.code: reason.weight for reason in reasons()}
    for page in DAMAGED["pages"]:
        lost = sum(weights[reason.partition("=")[0]] for reason in page["reasons"].split())
        assert page["trust"] == max(0, WHOLE - lost), page["what"]


def reasons() -> list[Host | Clone | Counted | Told]:
    where = declared()
    return [*where.hosts, where.clone, *where.counts, *where.texts]


def test_every_reason_is_in_the_docs_with_its_weight() -> None:
    docs = (ROOT / "docs" / "assurance.md").read_text(encoding="utf-8")
    for reason in reasons():
        assert f"| `{reason.code}` | {reason.weight} | {reason.zh} | {reason.en} |" in docs
