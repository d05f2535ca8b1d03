"""What an operation offers to be said is read: what nothing looks at would be dropped without a word."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

import jams
from jams.objects.base import Arguments
from jams.operations import CATALOGUE
from jams.operations.catalogue import Operation

_SOURCES = Path(jams.__file__).parent
_TOLD = {"date_type_id", "date_type_type", "source", "last_change_utc"}
"""Members that a date has where it was got; it may be put into the same date type or another one."""

_BY_THE_FRAME = {"version", "clear", "lenient"}
"""Inputs that operations have without declaring them; :mod:`jams.operations.versioned` reads them."""


@pytest.mark.parametrize("operation", list(CATALOGUE), ids=lambda operation: operation.name)
def test_every_input_is_read_by_its_operation(operation: Operation) -> None:
    (function,) = ast.parse(textwrap.dedent(inspect.getsource(operation.function))).body
    assert isinstance(function, ast.FunctionDef)
    read = {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}
    declared = set(inspect.signature(operation.function).parameters)
    assert declared - {"context"} <= read
    inputs = {item.parameter or item.name for item in operation.inputs}
    assert inputs - declared <= _BY_THE_FRAME


def _bodies() -> dict[str, type[Arguments]]:
    found = {}
    for operation in CATALOGUE:
        kind: Any = operation.body_type if operation.body is not None else None
        if isinstance(kind, type) and issubclass(kind, Arguments):
            found[kind.__name__] = kind
    return found


BODIES = _bodies()


@pytest.mark.parametrize("name", sorted(BODIES))
def test_every_member_of_a_body_is_read_where_it_arrives(name: str) -> None:
    members = {field.name for field in msgspec.structs.fields(BODIES[name])}
    read = _members_read()
    # What a base declares is read by functions that take the base.
    assert members - _TOLD <= {each for base in BODIES[name].__mro__ for each in read.get(base.__name__, ())}


@cache
def _members_read() -> dict[str, set[str]]:
    """The attributes that functions read of the arguments that they declare, by the type's name."""
    found: dict[str, set[str]] = {}
    for path in _SOURCES.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                for name, attribute in _reads(function):
                    found.setdefault(name, set()).add(attribute)
    return found


def _reads(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    kinds = {
        argument.arg: [node.id for node in ast.walk(argument.annotation) if isinstance(node, ast.Name)]
        for argument in (*function.args.args, *function.args.kwonlyargs)
        if argument.annotation is not None
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            for kind in kinds.get(node.value.id, ()):
                yield kind, node.attr
