"""What is generated and checked in is what the catalogue says: asked here, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generators import __main__ as command
from generators.registry import COMMAND, GENERATORS, generated, stale, write
from generators.source import Generator, Source
from tests.support.catalogues import copied, fresh


def test_nothing_is_stale() -> None:
    found = stale(fresh())
    assert not found, f"stale: {', '.join(found)}\n\nRun: {COMMAND}\n"


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda generator: generator.__module__)
def test_every_generator_reads_the_catalogue_it_is_given(generator: Generator) -> None:
    written = generator(Source(copied(without="remove_entry")))
    assert written and all(fresh()[path] != text for path, text in written.items() if _lists_operations(path))


def test_two_generators_never_write_one_file() -> None:
    with pytest.raises(ValueError, match=r"a\.md is written by two"):
        generated(Source(), [lambda source: {"a.md": ""}, lambda source: {"a.md": ""}])


def test_what_is_stale_is_written_and_named(tmp_path: Path) -> None:
    files = {"docs/a.md": "one\n", "b.json": "{}\n"}
    assert stale(files, tmp_path) == ["docs/a.md", "b.json"]
    (tmp_path / "b.json").write_bytes(b"{}\r\n")
    assert write(files, tmp_path) == ["docs/a.md", "b.json"]
    assert stale(files, tmp_path) == write(files, tmp_path) == []
    assert (tmp_path / "b.json").read_bytes() == b"{}\n"


def test_the_check_names_what_is_stale_and_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "generated", lambda source: {"docs/a.md": "one\n"})
    monkeypatch.setattr(command, "stale", lambda files: stale(files, tmp_path))
    monkeypatch.setattr(command, "write", lambda files: write(files, tmp_path))
    assert command.main(["--check"]) == 1
    assert capsys.readouterr().err == f"stale: docs/a.md\nRun: {COMMAND}\n"
    assert not list(tmp_path.iterdir())
    assert command.main([]) == 0 and command.main(["--check"]) == 0
    assert capsys.readouterr().out == "wrote docs/a.md\n"


def _lists_operations(path: str) -> bool:
    """Types, views and properties follow from the documents, which outlive a single operation."""
    others = (
        "words.json",
        "documents.md",
        "properties.md",
        "settings.md",
        "architecture.md",
        "engine.md",
        "rest.md",
    )
    types = ("Documents.cs", "Enumerations.cs", "ModuleVersion.cs", ".format.ps1xml", ".types.ps1xml")
    return not path.endswith((*types, *others))
