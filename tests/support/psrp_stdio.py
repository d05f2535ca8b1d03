"""Serves one PowerShell session over standard input and output, with the demo engine.

    python -m tests.support.psrp_stdio

A stand-in for an SSH subsystem: put a program named ``ssh`` on PATH that runs this, and a real PowerShell
opens a session with ``New-PSSession -HostName demo -Subsystem jams``. ``ssh_stand_in`` makes one.
"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from psprovider.transports.stdio import StandardStreams
from tests.support.psrp_demo import DemoEngine
from tests.support.psrp_doors import Somebody

ROOT = Path(__file__).parents[2]


def ssh_stand_in(folder: Path) -> Path:
    """A folder for PATH whose ``ssh`` runs this module, whatever host it is asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "ssh"
    program.write_text(
        f"#!/bin/sh\ncd '{ROOT}' && exec '{sys.executable}' -m tests.support.psrp_stdio\n", encoding="utf-8"
    )
    program.chmod(0o755)
    return folder


def main() -> None:
    """Serve one session."""
    streams = StandardStreams()
    streams.serve(DemoEngine(reads_text=True), Somebody(getpass.getuser()))


if __name__ == "__main__":
    main()
