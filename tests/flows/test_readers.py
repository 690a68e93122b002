"""What one document does to its reading process is its own loss alone: the others of the batch are all read."""

import pytest
from polars.testing import assert_frame_equal

from flows import store
from flows.batch import Item, read_batch
from flows.limits import Limits, limits
from flows.readers import LEAST, ReaderNotStarted, portions, read_all, readers
from tests.flows import faults
from tests.flows.reports import SAMPLES

FEW = Limits(seconds=4, seconds_recognising=4, memory=600_000_000, file=0)
READ = "empty_file"  # what the readers of these tests say of every document that does them no harm
GOOD = SAMPLES / "t3-row-planted.html"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("readers")


def items(home, names):
    data = GOOD.read_bytes()
    kept = [(name, data + f"<!-- {place} {name} -->".encode()) for place, name in enumerate(names)]
    return [Item(store.keep(home, page), name, len(page)) for name, page in kept]


def outcomes(home, given, read=faults.read_with_faults, limits=FEW):
    told = []
    with readers(read, limits) as pool:
        frames = read_all(pool, home, given, lambda done, total: told.append((done, total)))
    assert sum(done for done, _ in told) == len(given)
    assert {total for _, total in told} == {len(given)}
    assert frames.documents["report_id"].to_list() == [item.sha256[:16] for item in given]
    return frames


@pytest.mark.parametrize(
    ("name", "place", "code", "detail"),
    [
        ("hang", 4, "took_too_long", "4"),
        ("hog", 0, "took_too_much_memory", "GB"),
        ("crash", 0, "reader_died", "exit code -9"),
        ("crash", 2, "reader_died", "exit code -9"),
        ("crash", 4, "reader_died", "exit code -9"),
        ("raise", 2, "reader_died", "exit code 1"),
    ],
)
def test_the_guilty_document_alone_is_refused(home, name, place, code, detail):
    names = ["a", "b", "c", "d"]
    names.insert(place, name)
    documents = outcomes(home, items(home, names)).documents
    assert documents["reason"].to_list() == [code if given == name else READ for given in names]
    assert detail in documents["sentence_en"][place]
    assert detail in documents["sentence"][place]


def test_several_at_once_and_twice_are_refused_one_by_one(home):
    names = ["crash", "a", "raise", "b", "crash", "c", "hog"]
    frames = outcomes(home, items(home, names))
    assert [reason == READ for reason in frames.documents["reason"]] == [name in "abc" for name in names]


def test_what_is_read_beside_a_fault_is_what_is_read_without(home):
    names = ["a", "crash", "b", "c"]
    given = items(home, names)
    calm = read_batch(home, [item for item, name in zip(given, names, strict=True) if name != "crash"])
    frames = outcomes(home, given, faults.really_read_with_faults, limits())
    assert_frame_equal(frames.cells, calm.cells, check_row_order=False)
    assert_frame_equal(frames.notes, calm.notes, check_row_order=False)
    assert_frame_equal(frames.documents.filter(reason=""), calm.documents)


def test_a_death_that_does_not_come_again_refuses_nothing(home, tmp_path):
    mark = str(tmp_path / "once").replace("/", "+")
    frames = outcomes(home, items(home, ["a", f"crash@{mark}", "b"]))
    assert frames.documents["reason"].to_list() == [READ, READ, READ]


def test_processes_that_die_before_their_first_document_stop_the_run(home):
    with pytest.raises(ReaderNotStarted, match="3"):
        outcomes(home, items(home, ["a", "b"]), faults.die_unbegun)


def test_no_process_is_left_behind(home):
    with readers(faults.read_with_faults, FEW) as pool:
        read_all(pool, home, items(home, ["a", "crash", "b"]), lambda done, total: None)
        workers = [*pool.idle, *pool.busy]
    assert workers
    assert not any(worker.process.is_alive() for worker in workers)


def test_the_declared_limits_leave_room():
    assert limits().seconds >= 60
    assert limits().memory >= 1_000_000_000
    assert limits().seconds_recognising > limits().seconds


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([5_000], [1]),
        ([9_000, 9_000, 9_000], [2, 1]),
        ([0] * 12, [5, 5, 2]),  # a file of an earlier run, whose size is not known, counts for something
    ],
)
def test_portions_are_of_about_one_size(sizes, expected):
    given = [Item("", "", size) for size in sizes]
    assert [len(portion) for portion in portions(given, 5 * LEAST)] == expected
