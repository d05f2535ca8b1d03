"""Files of settled runs serve runs to come, and hold nothing of them."""

from __future__ import annotations

from pathlib import Path

from jams.executor.spares import Spares


def test_a_file_that_was_given_is_taken_empty(tmp_path: Path) -> None:
    spares = Spares(str(tmp_path))
    given, taken = tmp_path / "a.state", tmp_path / "b.state"
    given.write_text("what a run has said\n")
    file = given.stat().st_ino
    spares.give(str(given))
    assert not given.exists()
    assert spares.take(str(taken))
    assert (taken.stat().st_ino, taken.read_bytes()) == (file, b"")
    assert not spares.take(str(tmp_path / "c.state"))


def test_no_more_are_kept_than_are_wanted(tmp_path: Path) -> None:
    spares = Spares(str(tmp_path), most=2)
    for name in "abc":
        (tmp_path / name).write_text(name)
        spares.give(str(tmp_path / name))
    assert len(list(tmp_path.iterdir())) == 2


def test_what_an_earlier_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "t1.state").write_text("a run")
    spares = Spares(str(tmp_path))
    (tmp_path / "x").write_text("x")
    spares.give(str(tmp_path / "x"))
    assert not Spares(str(tmp_path)).take(str(tmp_path / "y"))
    assert [each.name for each in tmp_path.iterdir()] == ["t1.state"]
