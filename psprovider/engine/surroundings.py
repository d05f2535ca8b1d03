"""What the engine and its commands know of the session they run in; whoever makes sessions provides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from jams.operations.catalogue import Catalogue, Operation
from psprovider.endpoint.requests import SessionInfo

from .principal import Principal
from .registry import Registry


@dataclass(frozen=True)
class Match:
    """One completion: the text, its kind as PowerShell calls it, what a list shows, what a tip says."""

    text: str
    kind: str
    item: str = ""
    tip: str = ""


class Location(Protocol):
    """Where a session stands on its drive. Paths inside are tuples of names, the root is empty.

    Attributes:
        path: the place.
        stack: the places that were left for a while, the last one at the end.
    """

    path: tuple[str, ...]
    stack: list[tuple[str, ...]]

    @property
    def shown(self) -> str:
        """The place as a prompt shows it."""

    @property
    def folder(self) -> str:
        """The place as the server names it."""

    def resolve(self, text: str) -> tuple[str, ...]:
        """The place that a path means; wildcards stay in it. Raises whatever the drive says of wrong ones."""


class Session(Protocol):
    """A session, as its commands see it."""

    @property
    def principal(self) -> Principal:
        """Whom it belongs to."""

    @property
    def info(self) -> SessionInfo:
        """How it came in."""

    @property
    def registry(self) -> Registry:
        """Its commands: those that the caller may use now."""

    @property
    def catalogue(self) -> Catalogue:
        """The operations."""

    @property
    def location(self) -> Location:
        """Where it stands on the drive."""

    @property
    def server_name(self) -> str:
        """The name of the server."""

    def is_own(self, name: str) -> bool:
        """Whether a name is this server's."""

    def call(self, operation: Operation, inputs: Mapping[str, Any]) -> Any:
        """Call an operation as the session's caller. Raises JAMSError."""

    def complete_path(self, word: str, literal: bool = False) -> Iterator[Match]:
        """Completions of a path of the drive, as patterns unless it is ``literal``."""
