"""Everything that a caller may send has bounds: no text without a length, no number without its ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import inspect, structs

from jams.operations import CATALOGUE
from jams.operations.catalogue import Operation

OPEN = {"currentValue", "defaultValue"}
"""Members that take an object of any members; what is in it is bounded by jams.objects.checking."""


def unbounded(kind: inspect.Type, place: str, known: frozenset[type] = frozenset()) -> Iterator[str]:
    """The places in a type at which something may be as long or as large as its sender likes."""
    match kind:
        case inspect.Metadata():
            yield from unbounded(kind.type, place, known)
        case inspect.StrType() if kind.max_length is None:
            yield f"{place}: text"
        case inspect.IntType() if kind.ge is None or kind.le is None:
            yield f"{place}: whole number"
        case inspect.DateTimeType() if kind.tz is not True:
            yield f"{place}: time without an offset"
        case inspect.BytesType() | inspect.DecimalType() | inspect.RawType():
            yield f"{place}: {kind}"
        case inspect.AnyType() if place.rpartition(".")[2].removesuffix("{}") not in OPEN:
            yield f"{place}: anything"
        case inspect.ListType() | inspect.VarTupleType():
            yield from unbounded(kind.item_type, f"{place}[]", known)
        case inspect.DictType():
            if place.rpartition(".")[2] not in OPEN:
                yield from unbounded(kind.key_type, f"{place}{{}}", known)
            yield from unbounded(kind.value_type, f"{place}{{}}", known)
        case inspect.UnionType():
            for part in kind.types:
                yield from unbounded(part, place, known)
        case inspect.StructType() if kind.cls not in known:
            for field in kind.fields:
                yield from unbounded(field.type, f"{place}.{field.encode_name}", known | {kind.cls})


@pytest.mark.parametrize("operation", list(CATALOGUE), ids=lambda operation: operation.name)
def test_every_member_that_a_caller_may_send_has_bounds(operation: Operation) -> None:
    found = [
        place
        for field in structs.fields(operation.arguments)
        for place in unbounded(inspect.type_info(field.type), field.encode_name)
    ]
    assert found == []
