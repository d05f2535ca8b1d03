"""What an installation is answered is looked at before anything is made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jams.objects.errors import InvalidArgument
from jams.services.answers import complete


@pytest.mark.parametrize("key", ["TempLocation", "DefaultLogLocation"])
def test_a_directory_is_one_or_can_be_made(tmp_path: Path, key: str) -> None:
    (tmp_path / "file").write_text("")
    for good in ("", "logs", str(tmp_path), str(tmp_path / "a" / "b"), f"{tmp_path}/logs/{{0:yyyy}}"):
        assert complete({"Database": "sqlite", key: good})[key] == good
    for bad in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(InvalidArgument, match=f"{tmp_path}/file is no directory"):
            complete({"Database": "sqlite", key: str(bad)})


def test_a_directory_in_which_nothing_can_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere, but to what is mounted to be read.
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path and not mode & ~7)
    with pytest.raises(InvalidArgument, match=f"Nothing can be written to {tmp_path}\\."):
        complete({"Database": "sqlite", "TempLocation": str(tmp_path / "runs")})


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_temporary_files_do_not_lie_where_others_may_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    with pytest.raises(InvalidArgument, match="others may write there"):
        complete({"Database": "sqlite", "TempLocation": str(tmp_path)})
    assert complete({"Database": "sqlite", "TempLocation": str(tmp_path / "runs")})
    assert complete({"Database": "sqlite", "DefaultLogLocation": str(tmp_path)})
