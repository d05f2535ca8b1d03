"""A setting as a member of a class of settings: its key, how it is read, and what it means."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from .values import Reader


def setting(key: str, default: Any, read: Reader, about: str, written: str = "") -> Any:
    """A member of a dataclass that is read from the configuration.

    ``written`` is the default as the sample writes it; empty when the default depends on the machine.
    """
    return field(default=default, metadata={"key": key, "read": read, "about": about, "written": written})
