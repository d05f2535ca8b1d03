"""Writes what follows from the catalogue into the module: ``python -m psprovider.module.generate``.

The files are checked in and travel with the module; a test says when they are stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from jams.operations import CATALOGUE, Catalogue
from psprovider.cmdlets import cmdlets

from .classes import render_classes
from .completers import render_completers
from .describe import describe
from .functions import render_functions
from .manifest import render_manifest
from .views import render_format, render_types

FOLDER = Path(__file__).with_name("JAMS")
DOCUMENTS = "source/Documents.cs"


def main() -> None:
    """Write the generated files."""
    for name, text in rendered(CATALOGUE).items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


def rendered(catalogue: Catalogue) -> dict[str, str]:
    """The generated files by their path in the module."""
    built = cmdlets(catalogue)
    sources = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / "source").glob("*.cs")}
    sources["Documents.cs"] = render_classes(catalogue)
    return {
        DOCUMENTS: sources["Documents.cs"],
        "Completers.ps1": render_completers(built),
        "Functions.ps1": render_functions(built),
        "JAMS.format.ps1xml": render_format(catalogue),
        "JAMS.json": _lines(describe(catalogue, built)),
        "JAMS.psd1": render_manifest(built, sources),
        "JAMS.types.ps1xml": render_types(catalogue),
    }


def _lines(described: dict[str, Any]) -> str:
    """The description with one operation, cmdlet or error a line, so that differences can be read."""
    sections = []
    for section, content in described.items():
        if isinstance(content, dict):
            lines = [f"{json.dumps(name)}: {_compact(value)}" for name, value in content.items()]
            sections.append(f"{json.dumps(section)}: {{\n" + ",\n".join(lines) + "\n}")
        else:
            sections.append(f"{json.dumps(section)}: {_compact(content)}")
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
