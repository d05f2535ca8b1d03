"""The properties by which jobs, folders and methods say how a source is parsed, and with whom it connects."""

from __future__ import annotations

from .kinds import Place, ValueType
from .model import DEFINITION, Property

CONNECTION_CREDENTIAL = "ConnectionCredential"
MACRO_FILE = "MacroFile"

SOURCE = (
    Property(
        name=MACRO_FILE,
        value_type=ValueType.TEXT,
        description="The file in the server's folder macros in which macros are looked for first.",
        category="Source",
        places=(*DEFINITION, Place.METHOD),
        longest=255,
    ),
    Property(
        name=CONNECTION_CREDENTIAL,
        value_type=ValueType.CREDENTIAL,
        description="The credential with which a job of SQL, HTTP or Routine logs on to what it connects to.",
        category="Source",
        places=(*DEFINITION, Place.METHOD),
    ),
)
