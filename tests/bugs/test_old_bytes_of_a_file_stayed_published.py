"""The same file given by two names kept its old bytes under one of them; an archive's members stayed when it
had new ones; a home of an earlier version, whose log of runs lacks a column, ended the run.
"""

import zipfile
from io import BytesIO

import duckdb
import polars as pl
import pytest

from flows.collect import collect, opened
from flows.warehouse import current, record_sources, runs


def zipped(members):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.fixture
def give(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"

    def held(*paths):
        arrivals, missing = collect(home, [str(path) for path in paths])
        given = [(each.source, each.sha256) for each in arrivals]
        frame = pl.DataFrame(given, schema={"source": pl.String, "sha256": pl.String}, orient="row")
        record_sources(home, frame, opened(arrivals, missing))
        return current(home)["source"].sort().to_list()

    return held


def test_a_file_keeps_the_name_that_it_was_first_given_by(give, tmp_path):
    file = tmp_path / "in.html"
    file.write_text("first")
    assert give("in.html") == ["in.html"]
    file.write_text("second")
    assert give(file) == ["in.html"]
    file.write_text("third")
    assert give("in.html", file) == ["in.html"]


def test_two_files_of_one_name_in_two_folders_are_two(give, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "in.html").write_text("here")
    (other / "in.html").write_text("there")
    give("in.html")
    monkeypatch.chdir(other)
    assert give("in.html") == [(other / "in.html").as_posix(), "in.html"]


def test_a_folder_that_was_moved_keeps_its_names(give, tmp_path, monkeypatch):
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    (old / "in.html").write_text("first")
    monkeypatch.chdir(old)
    give("in.html")
    old.rename(new)
    (new / "in.html").write_text("second")
    monkeypatch.chdir(new)
    assert give("in.html") == ["in.html"]


def test_what_an_archive_no_longer_holds_is_no_longer_in_force(give, tmp_path):
    archive = tmp_path / "in.zip"
    archive.write_bytes(zipped({"a.html": b"a", "b.html": b"b"}))
    assert give("in.zip") == ["in.zip!/a.html", "in.zip!/b.html"]
    archive.write_bytes(zipped({"b.html": b"b", "a (2).html": b"a, mended"}))
    assert give(archive) == [f"{archive.as_posix()}!/a (2).html", "in.zip!/b.html"]
    archive.write_bytes(zipped({"a.html": b"a"}))
    assert give(archive) == ["in.zip!/a.html"]


def test_an_archive_that_cannot_be_opened_takes_nothing_back(give, tmp_path):
    archive = tmp_path / "in.zip"
    archive.write_bytes(zipped({"a.html": b"a"}))
    give("in.zip")
    archive.write_bytes(archive.read_bytes()[:40])
    assert "in.zip!/a.html" in give("in.zip")


def test_a_home_of_an_earlier_version_gets_the_columns_it_lacks(give, tmp_path):
    (tmp_path / "in.html").write_text("first")
    give("in.html")
    with duckdb.connect(tmp_path / "home" / "warehouse.duckdb") as base:
        base.execute("ALTER TABLE core.sources DROP COLUMN place")
        base.execute("ALTER TABLE core.runs DROP COLUMN detail")
        base.execute("ALTER TABLE core.runs ADD COLUMN left_over INTEGER")
    assert give("in.html") == ["in.html"]
    assert runs(tmp_path / "home").height == 0
