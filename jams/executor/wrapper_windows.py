"""The supervising process of a run on Windows: claims, runs the command, records the exit code.

Run as a script with the journal, the answer to the start, the working directory and the command as
arguments; imports the standard library alone. Not verified.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys


def supervise(journal: str, record: str, directory: str, command: list[str]) -> int:
    """Run ``command`` under the claim of ``journal``; its exit code, which is also recorded."""
    alive = open(f"{journal}.alive", "w+b")  # noqa: SIM115 - held until the process ends
    alive.write(b"\n")
    alive.flush()
    alive.seek(0)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(alive.fileno(), msvcrt.LK_NBLCK, 1)
    mine = f"{os.getpid()}\n"
    try:
        with open(f"{journal}.state", encoding="utf-8", newline="") as claimed:
            if claimed.readline():
                return 125
            with open(f"{journal}.state", "a", encoding="utf-8", newline="") as claim:
                claim.write(f"{mine}{record}\n")
            if claimed.readline() != mine:
                return 125
    except FileNotFoundError:
        return 125
    for name in ("SIGINT", "SIGBREAK", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: None)
    try:
        code = subprocess.call(command, cwd=directory)
    except OSError as error:
        print(error, file=sys.stderr)
        code = 126
    with open(f"{journal}.state", "a", encoding="utf-8") as claim:
        claim.write(f"exit {code}\n")
    return code


if __name__ == "__main__":
    sys.exit(supervise(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]))
