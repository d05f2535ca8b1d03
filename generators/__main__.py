"""The command ``python run.py generate [--check]``."""

from __future__ import annotations

import argparse
import sys

from .registry import COMMAND, generated, stale, write
from .source import Source


def main(arguments: list[str] | None = None) -> int:
    """Write what is stale and name it; with ``--check`` only name it, and fail if there is any."""
    parser = argparse.ArgumentParser(prog="run.py generate", description="Writes all that is generated.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something is stale")
    options = parser.parse_args(arguments)
    files = generated(Source())
    if not options.check:
        changed = write(files)
        print("\n".join(f"wrote {path}" for path in changed) or f"{len(files)} files are up to date.")
        return 0
    found = stale(files)
    if found:
        print("\n".join(f"stale: {path}" for path in found), f"Run: {COMMAND}", sep="\n", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
