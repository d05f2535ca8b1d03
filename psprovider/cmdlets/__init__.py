"""The cmdlets, made from the catalogue of operations as data: nothing here is written for one operation.

``cmdlets()`` gives them all; ``Cmdlet`` says what each is. The remoting endpoint binds and runs them, the
module is generated from them. Nothing here knows a transport.
"""

from __future__ import annotations

from functools import cache

from jams.operations import CATALOGUE, Catalogue

from .builder import build_cmdlets
from .model import Cmdlet, Parameter, ParameterSet, Place, Role

__all__ = ["Cmdlet", "Parameter", "ParameterSet", "Place", "Role", "cmdlets"]


def cmdlets(catalogue: Catalogue = CATALOGUE) -> tuple[Cmdlet, ...]:
    """Every cmdlet of a catalogue, by name."""
    return _all() if catalogue is CATALOGUE else build_cmdlets(catalogue)


@cache
def _all() -> tuple[Cmdlet, ...]:
    return build_cmdlets(CATALOGUE)
