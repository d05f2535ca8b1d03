"""The front door of the class library: ``from jams.client import Server, State, Severity``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jams.objects.enums import EntryState as State
    from jams.objects.enums import Severity

    from .server import Server

__all__ = ["Server", "Severity", "State"]

_HOMES = {
    "Server": ("jams.client.server", "Server"),
    "Severity": ("jams.objects.enums", "Severity"),
    "State": ("jams.objects.enums", "EntryState"),
}


def __getattr__(name: str) -> Any:
    """Import on first use: who only wants the local login need not load the operations."""
    import importlib

    if name not in _HOMES:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    module, attribute = _HOMES[name]
    return getattr(importlib.import_module(module), attribute)
