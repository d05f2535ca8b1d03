"""Catalogues for tests that add operations, and what is generated from the real one.

Tests of what generated files say read them from here, as they would be written now: whether the files checked
in are the same is asked by one test alone, ``test_generated.py``.
"""

from __future__ import annotations

from functools import cache

from generators.registry import generated
from generators.source import Source
from jams.operations import CATALOGUE, Catalogue


def copied(*, without: str | None = None) -> Catalogue:
    """A catalogue of its own with all operations but one."""
    found = Catalogue()
    for operation in CATALOGUE:
        if operation.name != without:
            found.add(operation)
    return found


@cache
def fresh() -> dict[str, str]:
    """The generated files, by their path from the root of the checkout."""
    return generated(Source())
