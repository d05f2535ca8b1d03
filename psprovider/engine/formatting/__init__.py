"""Objects as text, the way a PowerShell console shows them: tables, lists, single values."""

from __future__ import annotations

from .render import ErrorLine, Style, render

__all__ = ["ErrorLine", "Style", "render"]
