"""JSON in such lines that differences can be read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any


def render(described: Mapping[str, Any], *, whole: Collection[str] = ()) -> str:
    """A description as text, one member of each section a line; the sections named ``whole`` on one line."""
    sections = []
    for section, content in described.items():
        if isinstance(content, dict) and section not in whole:
            lines = [f"{json.dumps(name)}: {_compact(value)}" for name, value in content.items()]
            sections.append(f"{json.dumps(section)}: {{\n" + ",\n".join(lines) + "\n}")
        else:
            sections.append(f"{json.dumps(section)}: {_compact(content)}")
    return "{\n" + ",\n".join(sections) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
