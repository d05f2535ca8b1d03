"""Every operation is described, and its hints name what exists."""

from __future__ import annotations

import msgspec
import pytest

from jams.objects.errors import error_classes
from jams.operations import CATALOGUE, Operation


@pytest.mark.parametrize("operation", list(CATALOGUE), ids=lambda operation: operation.name)
def test_everything_is_described(operation: Operation) -> None:
    assert operation.summary
    assert [item.name for item in operation.inputs if not item.description] == []


@pytest.mark.parametrize("operation", list(CATALOGUE), ids=lambda operation: operation.name)
def test_errors_exist(operation: Operation) -> None:
    known = {cls.__name__ for cls in error_classes().values()}
    assert set(operation.errors) <= known


@pytest.mark.parametrize("operation", list(CATALOGUE), ids=lambda operation: operation.name)
def test_hints_name_what_exists(operation: Operation) -> None:
    names = {item.name for item in operation.inputs}
    document = set(operation.body_type.__struct_fields__) if operation.body_type else set()
    assert {*operation.key, *operation.positional, *operation.pipeline} <= names
    assert {*operation.aliases, *operation.offers} <= names | document
    result = operation.result.__args__[0] if operation.lists else operation.result
    if operation.columns or operation.text or operation.follow:
        members = {field.encode_name for field in msgspec.structs.fields(result)}
        page = next((f for f in msgspec.structs.fields(result) if f.encode_name == "items"), None)
        if page is not None:
            members = {field.encode_name for field in msgspec.structs.fields(page.type.__args__[0])}
        assert set(operation.columns) <= members
        assert {operation.text} - {None} <= members
    if operation.follow:
        assert {operation.follow.cursor, operation.follow.wait} <= names
        assert {operation.follow.next, operation.follow.done, operation.follow.text} <= members
