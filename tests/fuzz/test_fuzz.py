"""Some hundred damaged documents go through the whole reading: each is read, or refused by a name, never a defect."""

from tests.fuzz.bases import bases
from tests.fuzz.run import DEFECTS, WEIGHTS, documents, fuzz


def test_no_damaged_document_meets_a_defect(tmp_path):
    found = fuzz(400, 7, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
    assert {kind for kind, _ in found} == set(WEIGHTS)
    assert not {reason for _, reason in found} & set(DEFECTS)


def test_every_format_has_its_bases():
    assert {base.format for base in bases()} == set(WEIGHTS)


def test_a_seed_gives_the_same_documents():
    assert [next(documents(3)) for _ in range(2)] == [next(documents(3))] * 2
