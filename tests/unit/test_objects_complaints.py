"""Values that do not fit are complained of in words, not in names of types."""

from __future__ import annotations

import enum
import re
from datetime import date, datetime
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta, Struct

from jams.objects import complaints
from jams.operations import CATALOGUE

_PYTHON = re.compile(r"`|\bExpected\b|\$|\b(str|int|float|bool|array|datetime|NoneType|enum|RFC3339)\b")
_WRONG: tuple[Any, ...] = (5, -1, 1.5, 2**60, True, None, "", "{x} ", "x" * 70_000, [], [None], {}, {"": 1})


class Colour(enum.Enum):
    RED = "Red"


class Part(Struct, forbid_unknown_fields=True):
    number: int
    names: list[Annotated[str, Meta(min_length=1, max_length=3)]] = []
    sizes: dict[Annotated[str, Meta(min_length=1)], int] = {}


@pytest.mark.parametrize(
    ("wanted", "value", "told"),
    [
        (str, 5, "a text is wanted, not a whole number"),
        (str | None, [], "a text is wanted, not a list"),
        (str, None, "a text is wanted, not null"),
        (bool | int | float | str | None, {}, "true or false, a number or a text is wanted, not an object"),
        (Annotated[str, Meta(min_length=1)], "", "a text of at least 1 character is wanted"),
        (Annotated[list[int], Meta(max_length=2)], [1, 2, 3], "a list of at most 2 items is wanted"),
        (Annotated[float, Meta(ge=0)], -0.5, "a number of at least 0 is wanted"),
        (Annotated[float, Meta(gt=3)], 3.0, "a number of more than 3 is wanted"),
        (datetime, "tomorrow", "a time is wanted, as 2026-01-31T08:00:00Z or 2026-01-31T08:00:00+01:00"),
        (date | None, "1 May", "a day is wanted, as 2026-01-31"),
        (Colour, "Blue", "'Blue' is none of its words"),
        (Part, {}, "number is missing"),
        (Part, {"number": 1, "size": 2}, "there is no size"),
        (Part, {"number": 1, "names": ["a", ""]}, "names[1]: a text of at least 1 character is wanted"),
        (
            Part,
            {"number": 1, "sizes": {"": 1}},
            "sizes: of a name in it, a text of at least 1 character is wanted",
        ),
    ],
)
def test_what_is_wanted_is_said(wanted: Any, value: Any, told: str) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert(value, wanted)
    assert complaints.told(str(refused.value)) == told


def test_no_input_of_an_operation_is_complained_of_in_the_words_of_python() -> None:
    refused = 0
    for operation in CATALOGUE:
        for field in msgspec.structs.fields(operation.arguments):
            members = [(field.type, value) for value in _WRONG]
            document = operation.body_type if field.encode_name == "body" else None
            for each in () if document is None else msgspec.structs.fields(document):
                members += [(document, {each.encode_name: value}) for value in _WRONG]
            for wanted, value in members:
                try:
                    msgspec.convert(value, wanted)
                except msgspec.ValidationError as error:
                    refused += 1
                    told = complaints.told(str(error))
                    assert not _PYTHON.search(told), f"{operation.name}: {error}: {told}"
    assert refused > 1_000
