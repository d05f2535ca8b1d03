"""The REST interface: routes, bodies, answers and their description, all derived from the catalogue."""

from __future__ import annotations

from .app import RestApplication

__all__ = ["RestApplication"]
