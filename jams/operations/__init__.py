"""The verbs: every operation of JAMS, one module a family of nouns.

Importing this package fills :data:`CATALOGUE`; a new family is a new module here and nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil

from .catalogue import CATALOGUE, Catalogue, Input, Operation
from .declaration import operation

__all__ = ["CATALOGUE", "Catalogue", "Input", "Operation", "operation"]

for _module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")
CATALOGUE.check()
