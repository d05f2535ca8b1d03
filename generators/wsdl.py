"""The frozen WSDL. Review what changed in it before committing it: programs elsewhere were made from it."""

from __future__ import annotations

from collections.abc import Mapping

from .source import Source

FILE = "webservices/soap/jams.wsdl"


def generate(source: Source) -> Mapping[str, str]:
    """``jams.wsdl``."""
    return {FILE: source.wsdl}
