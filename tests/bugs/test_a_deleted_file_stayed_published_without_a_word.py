"""A file that was deleted stayed published, no run said so, and nothing took it back."""

import polars as pl
import pytest
from rich.console import Console
from typer.testing import CliRunner

from flows.cli import app
from flows.summary import print_summary
from flows.warehouse import current, gone, record_sources
from tests.flows.test_cli import summary


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / name).write_text(name)
    give(tmp_path / "home", **{"in/a": "1", "in/b": "2"})
    return tmp_path / "home"


def give(home, **given):
    record_sources(home, pl.DataFrame(list(given.items()), schema=["source", "sha256"], orient="row"))


def test_what_is_gone_from_a_folder_that_was_given_is_told(home):
    (home.parent / "in" / "a").unlink()
    assert gone(home, ["in"]) == ["in/a"]
    assert gone(home, []) == gone(home, ["other"]) == []


def test_a_file_that_was_renamed_is_not_gone(home):
    (home.parent / "in" / "a").rename(home.parent / "in" / "c")
    give(home, **{"in/c": "1"})
    assert gone(home, ["in"]) == []


def test_what_is_withdrawn_is_in_force_again_when_it_is_given_again(home):
    done = CliRunner().invoke(app, ["--home", str(home), "withdraw", "in/a", str(home.parent / "in" / "b")])
    assert (done.exit_code, current(home).height) == (0, 0)
    assert CliRunner().invoke(app, ["--home", str(home), "withdraw", "in/a"]).exit_code == 1
    give(home, **{"in/a": "1"})
    assert current(home)["source"].to_list() == ["in/a"]


def test_the_summary_lists_them(capsys):
    print_summary(summary(gone=("in/a",)), summary().analytics.parent, Console())
    assert "in/a" in capsys.readouterr().out
