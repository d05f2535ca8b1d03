"""The processes of this platform: the module whose functions start, find and end runs here."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from . import windows as host
else:
    from . import posix as host

__all__ = ["host"]
