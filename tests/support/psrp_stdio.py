"""Serves one PowerShell session over standard input and output, with the demo engine.

    python -m tests.support.psrp_stdio

A stand-in for an SSH subsystem: put a program named ``ssh`` on PATH that runs this, and a real PowerShell
opens a session with ``New-PSSession -HostName demo -Subsystem jams``. ``ssh_stand_in`` makes one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from psprovider.endpoint.connection import PipeConnection
from tests.support.psrp_demo import DemoEngine

ROOT = Path(__file__).parents[2]


def serve(source: int, sink: int) -> None:
    """Serve one session on two file descriptors until the client leaves."""

    def write(data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(sink, view) :]

    connection = PipeConnection(
        DemoEngine(reads_text=True), write, identity=os.environ.get("USER"), transport="stdio"
    )
    while not connection.finished:
        data = os.read(source, 1 << 16)
        if not data:
            connection.lost()
            break
        connection.receive(data)


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
    """Keep the protocol's descriptors to ourselves: nothing else may write to the client."""
    source, sink = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    serve(source, sink)


if __name__ == "__main__":
    main()
