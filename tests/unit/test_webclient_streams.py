"""Standard streams that are closed lead nowhere, and an output that is lost is told in one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import ROOT

if sys.platform == "win32":
    pytest.skip("a shell closes and leads streams", allow_module_level=True)

COMMANDS = {
    "jamswebclient": (["webclient", "completion", "bash"], 141),
    "jams": (["jams.commands.main", "config", "--sample"], 1),
    "jams HELP": (["jams.commands.main", "HELP"], 141),
    "jamsdba": (["jams.commands.jamsdba.main", "HELP"], 1),
}


def _said(words: list[str], streams: str, home: Path) -> subprocess.CompletedProcess[str]:
    line = ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", *words]
    return subprocess.run(
        line, cwd=ROOT, env={"HOME": str(home), "JAMS_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("streams", [">&-", "<&- >&-", ">&- 2>&-"])
def test_streams_that_are_closed_take_nothing_away(name: str, streams: str, tmp_path: Path) -> None:
    done = _said(COMMANDS[name][0], streams, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("name", COMMANDS)
def test_an_output_that_cannot_be_written_is_told(name: str, tmp_path: Path) -> None:
    words, code = COMMANDS[name]
    done = _said(words, ">/dev/full", tmp_path)
    assert done.returncode == code
    assert done.stderr.endswith("what there is to show cannot be written: No space left on device\n")
    assert done.stderr.count("\n") == 1
