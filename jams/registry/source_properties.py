"""The properties by which jobs, folders and methods say how a source is parsed, and with whom it connects."""

from __future__ import annotations

from .kinds import Place, ValueType
from .model import DEFINITION, Property

SOURCE = (
    Property(
        name="MacroFile",
        value_type=ValueType.TEXT,
        description="The file in the server's folder macros in which macros are looked for first.",
        category="Source",
        places=(*DEFINITION, Place.METHOD),
        longest=255,
    ),
)
