"""What generators read: the catalogue, and what follows from it and takes time to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jams.operations import CATALOGUE, Catalogue
from psprovider.cmdlets import cmdlets
from psprovider.cmdlets.model import Cmdlet
from webservices.soap.wsdl import build

from .soap_members import member_words
from .soap_promises import order

ROOT = Path(__file__).resolve().parents[1]
"""The checkout: generated files are named from here."""


@dataclass(frozen=True)
class Source:
    """One catalogue for all generators of a run; what two of them need is made once."""

    catalogue: Catalogue = CATALOGUE

    @cached_property
    def cmdlets(self) -> tuple[Cmdlet, ...]:
        """The cmdlets of the catalogue."""
        return tuple(cmdlets(self.catalogue))

    @cached_property
    def wsdl(self) -> str:
        """The WSDL of the catalogue."""
        return build(self.catalogue, member_words(), order()).decode("utf-8")


Generator = Callable[[Source], Mapping[str, str]]
"""Gives the text of each file it writes, by the file's path from the root of the checkout."""
