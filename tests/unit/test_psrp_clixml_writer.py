"""What the writer makes, read back by an independent reader (psrpcore) and by our own."""

from __future__ import annotations

import enum
import math
import struct
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import msgspec
import psrpcore.types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psprovider.endpoint.clixml import (
    EnumValue,
    Int64,
    PSList,
    PSObject,
    SecureString,
    Single,
    UInt64,
    Uri,
    Version,
    custom,
    read,
    write,
)
from psprovider.endpoint.clixml.shapes import Shapes
from psprovider.endpoint.protocol_errors import SessionKeyMissing

bounded = settings(deadline=None, max_examples=60)
TEXT = st.text(st.characters(codec=None), max_size=40)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    TEXT,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20),
    st.uuids(),
    st.binary(max_size=40),
    st.datetimes(timezones=st.one_of(st.none(), st.just(UTC))),
    st.timedeltas(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(TEXT.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)


def peer(value: Any) -> Any:
    """What psrpcore reads from what we write."""
    return psrpcore.types.deserialize(ElementTree.fromstring(write(value)), None)


@bounded
@given(VALUES)
def test_every_value_comes_back_from_our_own_reader(value: Any) -> None:
    assert read(write(value).encode()) == value or value is None


@bounded
@given(TEXT)
def test_text_means_the_same_to_an_independent_reader(text: str) -> None:
    plain = text.replace("\ufffe", "").replace("\uffff", "")
    assert _units(str(peer(plain))) == _units(plain)


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@bounded
@given(st.integers(-(2**63), 2**63 - 1))
def test_numbers_mean_the_same_to_an_independent_reader(number: int) -> None:
    assert int(peer(number)) == number


@bounded
@given(st.datetimes(timezones=st.just(UTC)))
def test_times_mean_the_same_to_an_independent_reader(moment: datetime) -> None:
    assert peer(moment) == moment


@bounded
@given(st.timedeltas(timedelta(days=-10000), timedelta(days=10000)))
def test_spans_mean_the_same_to_an_independent_reader(span: timedelta) -> None:
    assert peer(span) == span


@bounded
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_is_written_with_the_digits_that_give_it_again(number: float) -> None:
    text = write(number)[4:-5]
    assert float(text) == number
    assert math.copysign(1, float(text)) == math.copysign(1, number)


@bounded
@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_a_single_is_written_with_the_digits_that_give_it_again(number: float) -> None:
    text = write(Single(number))[4:-5]
    assert struct.pack("<f", float(text)) == struct.pack("<f", number)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1e16, "10000000000000000"),
        (1.5e17, "1.5E+17"),
        (1e-5, "1E-05"),
        (0.0001, "0.0001"),
        (123456789012345.0, "123456789012345"),
    ],
)
def test_a_double_is_written_as_dotnet_writes_it(number: float, text: str) -> None:
    assert write(number) == f"<Db>{text}</Db>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2**31, "<I64>2147483648</I64>"),
        (2**63, "<D>9223372036854775808</D>"),
        (10**40, f"<S>{10**40}</S>"),
        (UInt64(2**63), "<U64>9223372036854775808</U64>"),
        (Int64(1), "<I64>1</I64>"),
        (Decimal("1.10"), "<D>1.10</D>"),
        (Decimal("NaN"), "<S>NaN</S>"),
        (uuid.UUID(int=1), "<G>00000000-0000-0000-0000-000000000001</G>"),
        (Uri("a&b"), "<URI>a&amp;b</URI>"),
        (Version("1.2.3"), "<Version>1.2.3</Version>"),
        ("\U0001f600", "<S>_xD83D__xDE00_</S>"),
        ("_x0041_", "<S>_x005F_x0041_</S>"),
        ((1, 2), write([1, 2])),
        ({3}, write([3])),
    ],
)
def test_scalars_have_their_elements(value: Any, text: str) -> None:
    assert write(value) == text


class Color(enum.Enum):
    RED = "Red"
    DARK_BLUE = "DarkBlue"


class Inner(msgspec.Struct, rename="camel"):
    job_name: str


class Outer(msgspec.Struct, rename="camel"):
    entry_id: int
    color: Color
    inner: Inner
    absent: str | msgspec.UnsetType = msgspec.UNSET


def test_a_struct_is_a_custom_object_with_pascal_names() -> None:
    text = write(Outer(7, Color.DARK_BLUE, Inner("load")))
    found = read(text.encode())
    assert found.type_names[0] == "MVPSI.JAMS.Outer"
    assert list(found.members) == ["EntryId", "Color", "Inner"]
    assert found.get("Color") == "DarkBlue"
    assert found.get("inner").get("jobname") == "load"


def test_declared_names_and_texts_are_used() -> None:
    shapes = Shapes()
    shapes.declare(Inner, "My.Job", "My.Base", to_string=lambda item: item.job_name)
    text = write(Outer(7, Color.RED, Inner("load")), shapes)
    found = read(text.encode())
    assert found.get("Inner").type_names[:2] == ("My.Job", "My.Base")
    assert str(found.get("Inner")) == "load"


def test_an_enumeration_of_ours_is_its_name_wherever_it_stands() -> None:
    assert write(Color.DARK_BLUE) == "<S>DarkBlue</S>"
    assert read(write([Color.RED, custom(None, Color=Color.RED)]).encode())[1].get("Color") == "Red"


def test_an_enumeration_among_properties_is_its_name() -> None:
    shown = PSObject(properties={"Kind": EnumValue("T", 1, "Round"), "Color": Color.RED})
    assert '<Props><S N="Kind">Round</S><S N="Color">Red</S></Props>' in write(shown)


def test_what_was_written_before_is_referred_to() -> None:
    one = custom(None, a=1)
    first, second = read(write([one, one]).encode())
    assert first is second


def test_an_object_may_hold_itself() -> None:
    made: list[Any] = []
    made.append(made)
    assert "<Ref" in write(made)


def test_what_is_nested_too_deeply_is_written_as_its_text() -> None:
    deep: Any = custom("Last", a=1)
    for _ in range(200):
        deep = [deep]
    text = write(deep)
    assert text.count("<Obj") < 50
    assert read(text.encode()) is not None


def test_temporary_objects_do_not_become_references() -> None:
    items = PSList([frozenset({number}) for number in range(100)])
    assert [found[0] for found in read(write(items).encode())] == list(range(100))


def test_a_secret_is_not_written_without_a_key() -> None:
    with pytest.raises(SessionKeyMissing):
        write(SecureString("abc"))
    assert "abc" not in repr(SecureString("abc"))
