"""Run the measurements and print them with their floors.

Every module of this package with a function ``rows()`` is one measurement; it takes less than 50 s, but for
those that are run only when they are named.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
import time
from pathlib import Path

import benchmarks

from .report import Row, table


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; exit code 1 when a target is missed."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name not in _HELPERS
    )
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=names, action="append", help="run only this one (repeatable)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows as JSON")
    options = parser.parse_args(arguments)

    found: list[Row] = []
    for name in options.only or [name for name in names if name not in _ASKED_FOR]:
        begin = time.perf_counter()
        print(f"{name} …", end="", file=sys.stderr, flush=True)
        found.extend(importlib.import_module(f"benchmarks.{name}").rows())
        print(f" {time.perf_counter() - begin:.1f} s", file=sys.stderr)
    print(f"{machine()}\n\n{table(found)}")
    if options.json:
        document = {"machine": machine(), "rows": [row.record() for row in found]}
        options.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return 1 if any(row.reached is False for row in found) else 0


def machine() -> str:
    """What this machine is, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30 if hasattr(os, "sysconf") else 0
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


_HELPERS = {"__main__", "crowd", "report", "running"}
_ASKED_FOR = {"backup", "endurance", "keys", "peers", "purging"}
"""What is run only when it is named: it takes long, or needs what is not of this project."""

if __name__ == "__main__":
    sys.exit(main())
