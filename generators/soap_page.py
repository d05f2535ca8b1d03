"""The lists in ``docs/soap.md``: services and operations as the WSDL has them, toolkits as they are tested.

The rest of the page is written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jams.operations import Catalogue

from .source import ROOT, Source

FILE = "docs/soap.md"
BEGIN = "<!-- Written by `python run.py generate` from the catalogue of operations. -->\n"
TOOLKITS = "tests/data/soap_toolkits.json"
BEGIN_TOOLKITS = f"<!-- Written by `python run.py generate` from {TOOLKITS}. -->\n"
END = "<!-- Here the hand writes again. -->\n"


def generate(source: Source) -> Mapping[str, str]:
    """``soap.md``, with the services and toolkits as they stand."""
    page = listed((ROOT / FILE).read_text(encoding="utf-8"), BEGIN, _table(source.catalogue))
    toolkits = json.loads((ROOT / TOOLKITS).read_text(encoding="utf-8"))
    return {FILE: listed(page, BEGIN_TOOLKITS, _toolkits(toolkits))}


def listed(page: str, begin: str, table: str) -> str:
    """A page whose table behind a line is another.

    Raises:
        ValueError: the page has no place for it.
    """
    before, found, rest = page.partition(begin)
    _, end, after = rest.partition(END)
    if not found or not end:
        raise ValueError(f"{FILE} has lost the lines between which there is a table: {begin.strip()}")
    return f"{before}{begin}\n{table}\n{END}{after}"


def _toolkits(toolkits: list[dict[str, Any]]) -> str:
    steps = ["lists, in pages", "submits with a parameter", "waits", "reads the log", "holds", "releases"]
    heads = ["toolkit", "version", "client from", "SOAP", "logs in", *steps, "meets three faults as"]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for each in toolkits:
        faults = ", ".join(f"`{each[name]}`" for name in ("missing", "state", "refused"))
        told = [each["name"], each["version"], each["made from"], ", ".join(each["soap"]), each["logs in"]]
        lines.append(f"| {' | '.join([*told, *'✓' * len(steps), faults])} |")
    return "\n".join(lines) + "\n"


def _table(catalogue: Catalogue) -> str:
    lines = ["| service | operations |", "| --- | --- |"]
    for service, operations in sorted(catalogue.services().items()):
        names = ", ".join(f"`{name}`" for name in sorted(operation.soap_name for operation in operations))
        lines.append(f"| `{service}` | {names} |")
    return "\n".join(lines) + "\n"
