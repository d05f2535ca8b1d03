"""The lists in ``docs/soap.md``: services and operations, as the WSDL has them.

The rest of the page is written by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from jams.operations import Catalogue

from .source import ROOT, Source

FILE = "docs/soap.md"
BEGIN = "<!-- Written by `python run.py generate` from the catalogue of operations. -->\n"
END = "<!-- Here the hand writes again. -->\n"


def generate(source: Source) -> Mapping[str, str]:
    """``soap.md``, with the services as they stand."""
    return {FILE: listed((ROOT / FILE).read_text(encoding="utf-8"), source.catalogue)}


def listed(page: str, catalogue: Catalogue) -> str:
    """A page whose list is that of a catalogue.

    Raises:
        ValueError: the page has no place for it.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{FILE} has lost the lines between which the services are listed")
    return f"{before}{BEGIN}\n{_table(catalogue)}\n{END}{after}"


def _table(catalogue: Catalogue) -> str:
    lines = ["| service | operations |", "| --- | --- |"]
    for service, operations in sorted(catalogue.services().items()):
        names = ", ".join(f"`{name}`" for name in sorted(operation.soap_name for operation in operations))
        lines.append(f"| `{service}` | {names} |")
    return "\n".join(lines) + "\n"
