from __future__ import annotations

import pytest
from sqlalchemy import Column, MetaData, Table, Unicode, create_engine, insert, select

from jams.database import names
from jams.objects.errors import InvalidName


@pytest.mark.parametrize("name", ["Load", "Ärger im Büro", "a-b_c$ d", "x" * 255, "...", "日報"])
def test_good_names(name: str) -> None:
    assert names.check_name(name, "jobName") == name


@pytest.mark.parametrize(
    "name",
    ["", " ", " a", "a ", ".", "..", "a\\b", "a/b", "a*", "a?", "<a", "a>", "a|b", 'a"', "a\nb", "a\0",
     "x" * 256, "a\x7f", "a\x85", "a\ud800", "ß" * 200],
)  # fmt: skip
def test_bad_names(name: str) -> None:
    with pytest.raises(InvalidName) as caught:
        names.check_name(name, "jobName")
    assert caught.value.member == "jobName"


@pytest.mark.parametrize(
    ("path", "full"),
    [("", "\\"), ("\\", "\\"), ("/", "\\"), ("Sales", "\\Sales"), ("\\Sales\\", "\\Sales"),
     ("/Sales/EU", "\\Sales\\EU"), (" Sales\\EU ", "\\Sales\\EU")],
)  # fmt: skip
def test_paths_are_read_with_either_separator(path: str, full: str) -> None:
    assert names.normalize(path) == full


def test_names_compare_without_case_and_composition() -> None:
    assert names.fold("STRASSE") == names.fold("Straße") == "strasse"
    assert names.fold("e\u0301") == names.fold("É")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("load", {"load"}),
        ("LOAD*", {"load", "load_all", "load[1]", "loadxall"}),
        ("load_all", {"load_all"}),
        ("load_*", {"load_all"}),
        ("load?all", {"load_all", "loadxall"}),
        ("*%*", {"50%"}),
        ("*[1]", {"load[1]"}),
        ("*~*", {"a~b"}),
        ("*", {"load", "load_all", "load[1]", "loadxall", "50%", "a~b"}),
    ],
)
def test_patterns(pattern: str, expected: set[str]) -> None:
    table = Table("t", MetaData(), Column("name", Unicode(50)))
    engine = create_engine("sqlite://")
    with engine.begin() as c:
        table.create(c)
        for name in ("load", "load_all", "load[1]", "loadxall", "50%", "a~b"):
            c.execute(insert(table).values(name=name))
        assert set(c.scalars(select(table.c.name).where(names.matches(table.c.name, pattern)))) == expected
    engine.dispose()
