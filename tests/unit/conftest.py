"""Lends the unit tests the fixtures that several of their files need."""

from __future__ import annotations

from tests.support.fixtures import d, gate, server, shell

__all__ = ["d", "gate", "server", "shell"]
