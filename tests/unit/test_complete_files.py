"""When a file that somebody waits for is complete."""

from __future__ import annotations

import os
from pathlib import Path

from jams.executor.complete_files import Asked, CompleteFiles

NOW = 1_800_000_000.0


class Eye:
    """Looks at one pattern at times that are counted from :data:`NOW`; files are written then."""

    def __init__(self, folder: Path, pattern: str = "*.csv", steady: int = 10, **more: bool) -> None:
        self.folder = folder
        self.asked = Asked(str(folder / pattern), steady, **more)
        self.files = CompleteFiles()

    def write(self, name: str, text: str, at: float) -> None:
        with (self.folder / name).open("a") as file:
            file.write(text)
        os.utime(self.folder / name, (NOW + at, NOW + at))

    def sees(self, at: float) -> str | None:
        found = self.files.look([self.asked], NOW + at)[self.asked].path
        return None if found is None else os.path.basename(found)


def test_a_file_is_complete_when_nobody_has_written_to_it_for_so_long(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    assert eye.sees(0) is None
    for at in (0, 8, 16, 24, 32, 40):
        eye.write("a.csv", "line\n", at)
        assert eye.sees(at + 0.5) is None and eye.sees(at + 7.5) is None
    assert eye.sees(49.9) is None
    assert eye.files.look([eye.asked], NOW + 49.9)[eye.asked].again_at == NOW + 50
    assert eye.sees(50) == "a.csv"


def test_a_file_that_is_renamed_into_place_is_complete_at_once(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    eye.write("b.csv.tmp", "all", 0)
    assert eye.sees(1) is None
    (tmp_path / "b.csv.tmp").rename(tmp_path / "b.csv")
    assert eye.sees(1.5) == "b.csv" and eye.sees(2) == "b.csv"


def test_a_file_that_was_written_to_while_it_was_renamed_is_not(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    eye.write("b.csv.tmp", "some", 0)
    assert eye.sees(1) is None
    (tmp_path / "b.csv.tmp").rename(tmp_path / "b.csv")
    eye.write("b.csv", "more", 1.2)
    assert eye.sees(1.5) is None and eye.sees(11) is None and eye.sees(11.3) == "b.csv"


def test_a_newer_file_that_is_renamed_over_one_that_is_under_way_is_complete(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    eye.write("h.csv", "old", 0)
    assert eye.sees(1) is None
    eye.write("h.new", "newer", 2)
    assert eye.sees(2.5) is None
    (tmp_path / "h.new").rename(tmp_path / "h.csv")
    assert eye.sees(3) == "h.csv" and (tmp_path / "h.csv").read_text() == "newer"


def test_hidden_files_folders_and_other_names_are_none(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    eye.write(".c.csv.swp", "x", 0)
    eye.write(".d.csv", "x", 0)
    (tmp_path / "g.csv").mkdir()
    assert eye.sees(100) is None


def test_an_empty_file_is_one_unless_it_is_not_wanted(tmp_path: Path) -> None:
    Eye(tmp_path).write("e.csv", "", 0)
    assert Eye(tmp_path).sees(100) == "e.csv"
    assert Eye(tmp_path, ignore_empty=True).sees(100) is None


def test_of_a_file_whose_clock_is_ahead_what_is_seen_counts(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    eye.write("f.csv", "x", 5000)
    assert eye.sees(0) is None and eye.sees(9) is None and eye.sees(10) == "f.csv"
    eye.write("f.csv", "x", 6000)
    assert eye.sees(11) is None and eye.sees(21) == "f.csv"


def test_a_file_that_comes_and_goes_while_one_looks_harms_nobody(tmp_path: Path) -> None:
    eye = Eye(tmp_path)
    eye.write("a.csv", "x", 0)
    assert eye.sees(1) is None
    (tmp_path / "a.csv").unlink()
    assert eye.sees(20) is None
    assert Eye(tmp_path / "none").sees(0) is None
    eye.write("a.csv", "x", 21)
    assert eye.sees(22) is None and eye.sees(31) == "a.csv"


def test_where_the_clock_was_set_back_nothing_counts_as_renamed(tmp_path: Path) -> None:
    """Another file may bear the number of one that is gone, and be older by the clock than the last look."""
    eye = Eye(tmp_path)
    eye.write("a.part", "x", 3600)
    assert eye.sees(3600) is None
    (tmp_path / "a.part").rename(tmp_path / "a.csv")
    eye.write("a.csv", "half", 5)
    assert eye.sees(6) is None and eye.sees(14) is None and eye.sees(15) == "a.csv"


def test_a_path_without_wildcards_is_one_file(tmp_path: Path) -> None:
    eye = Eye(tmp_path, "a.csv")
    eye.write("aa.csv", "x", 0)
    assert eye.sees(50) is None
    eye.write("a.csv", "x", 51)
    assert eye.sees(61) == "a.csv"


def test_ten_thousand_files_are_listed_once_a_look(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.txt").touch()
    files = CompleteFiles()
    asked = [Asked(str(tmp_path / f"{number}.csv"), 10) for number in range(1000)]
    (tmp_path / "7.csv").touch()
    os.utime(tmp_path / "7.csv", (NOW - 100, NOW - 100))
    found = files.look(asked, NOW)
    assert [each.path for each, seen in found.items() if seen.path] == [str(tmp_path / "7.csv")]
