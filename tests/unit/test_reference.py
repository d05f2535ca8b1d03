"""The page of operations tells of every operation, by all its names, and of every error."""

from __future__ import annotations

import pytest

from generators.operations_page import reference
from jams.objects.errors import error_classes
from jams.operations import CATALOGUE, Operation

PAGE = reference(CATALOGUE)


@pytest.mark.parametrize("operation", list(CATALOGUE), ids=lambda operation: operation.name)
def test_every_operation_is_told_of(operation: Operation) -> None:
    (section,) = (part for part in PAGE.split("\n### ") if f"- Class library: `{operation.name}`" in part)
    assert f"`{operation.service}.{operation.soap_name}`" in section
    assert f"`{operation.command}`" in section and f"`{operation.cmdlet}`" in section
    assert all(f"{route.verb} {route.path}" in section for route in operation.routes)
    assert all(f"| `{item.wire}` |" in section and item.description in section for item in operation.inputs)


def test_every_error_is_told_of() -> None:
    assert all(f"| `{code}` | {cls.kind.value} |" in PAGE for code, cls in error_classes().items())
