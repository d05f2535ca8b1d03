"""How long a whole ``jamswebclient jobs`` takes, from starting its process to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .report import Row, median_seconds
from .running import server

SCRIPT = "import sys; from webclient.main import main; sys.exit(main())"
"""What the installed command does."""

REPEAT = 21


def rows() -> Iterable[Row]:
    """Seconds of the whole process over REST and over SOAP."""
    with server() as jams, tempfile.TemporaryDirectory(prefix="jams-benchmark-") as folder:
        environment = _as_installed(Path(folder), str(jams.home))

        def seconds(*arguments: str) -> float:
            command = [sys.executable, *arguments]

            def once() -> None:
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)

            once()  # writes the bytecode, as an installation does
            return median_seconds(once, repeat=REPEAT)

        bare = seconds("-c", "pass")
        rest = seconds("-c", SCRIPT, "jobs")
        soap = seconds("-c", SCRIPT, "jobs", "--protocol", "soap")
        shown = seconds("-c", SCRIPT, "--help")
    floor = "python3 -c pass"
    yield Row("jamswebclient jobs over REST", rest, "s", bare, floor, 0.15)
    yield Row("jamswebclient jobs over SOAP", soap, "s", bare, floor, 0.3)
    yield Row("jamswebclient --help", shown, "s", bare, floor)


def _as_installed(folder: Path, home: str) -> dict[str, str]:
    """An environment in which the client's modules have bytecode, as installed ones have."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "JAMS_HOME": home,
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "XDG_CONFIG_HOME": str(folder),
    }
