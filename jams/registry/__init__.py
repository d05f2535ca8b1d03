"""What definitions may say: one registry of properties and of types of elements, as data.

For each property and each type of element it tells the name, what it holds, where it may stand, what it
means, and whether this server obeys it. The rest reads it from here: what is checked when a definition is
saved, what documents show, what the doors offer, and ``docs/properties.md``.

To add a property or a type of element, or to say that one is obeyed now, change the data: ``unsupported``
says why a thing is not obeyed, and is empty once it is.
"""

from __future__ import annotations

from .acceptance import Acceptance, Said, everything_said, marks, telling
from .elements import ELEMENT_TYPES, element_type, find_element_type
from .kinds import Place, ValueType
from .model import ElementType, Property, PropertySet
from .properties import AGENT_PROPERTIES, JOB_PROPERTIES, METHOD_PROPERTIES
from .references import Reference
from .values import kept, read

__all__ = [
    "AGENT_PROPERTIES",
    "ELEMENT_TYPES",
    "JOB_PROPERTIES",
    "METHOD_PROPERTIES",
    "Acceptance",
    "ElementType",
    "Place",
    "Property",
    "PropertySet",
    "Reference",
    "Said",
    "ValueType",
    "element_type",
    "everything_said",
    "find_element_type",
    "kept",
    "marks",
    "read",
    "telling",
]
