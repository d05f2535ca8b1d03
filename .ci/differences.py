"""Names what this environment has in other versions than requirements.lock; exit code 1 if there is any."""

from __future__ import annotations

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"


def canonical(name: str) -> str:
    """The name as pip compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


locked = {canonical(n): v for n, v in re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text("utf-8"), re.M)}
here = {canonical(d.name): d.version for d in distributions()}
found = {name: version for name, version in here.items() if name in locked and locked[name] != version}
added = sorted(here.keys() - locked.keys() - {"openjams", "pip", "setuptools", "uv"})
for name, version in sorted(found.items()):
    print(f"  {name} {version}, locked {locked[name]}")
for name in added:
    print(f"  {name} {here[name]}, not locked")
if not found and not added:
    print("  nothing newer than the lock is allowed")
sys.exit(1 if found or added else 0)
