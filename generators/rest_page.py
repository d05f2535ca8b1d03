"""The table in ``docs/rest.md`` of what scripts for JAMS 7 meet: what the tests try, in words.

The rest of the page is written by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from .soap_page import listed
from .source import ROOT, Source

FILE = "docs/rest.md"
SCRIPTS = "tests/data/jams7_scripts.json"
BEGIN = f"<!-- Written by `python run.py generate` from {SCRIPTS}. -->\n"


def generate(source: Source) -> Mapping[str, str]:
    """``rest.md``, with what is tried as it stands."""
    rows = json.loads((ROOT / SCRIPTS).read_text(encoding="utf-8"))
    lines = ["| scripts write | here |", "| --- | --- |"]
    lines += [f"| {row['scripts write']} | {row['here']} |" for row in rows]
    page = (ROOT / FILE).read_text(encoding="utf-8")
    return {FILE: listed(page, BEGIN, "\n".join(lines) + "\n")}
