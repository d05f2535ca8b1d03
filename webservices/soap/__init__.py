"""The SOAP web services: every operation of the catalogue over SOAP 1.1 and 1.2.

spyne and lxml stay inside this package; :func:`create_soap` is all that others need of it.
"""

from __future__ import annotations

from . import compat
from .application import create_soap

__all__ = ["compat", "create_soap"]
