"""The values of the recorded module's Get-Sample, by the name of their group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from psprovider.endpoint import records
from psprovider.endpoint.clixml import (
    Byte,
    Char,
    Credential,
    EnumValue,
    Int16,
    Primitive,
    PSDict,
    PSList,
    PSObject,
    SByte,
    ScriptBlock,
    SecureString,
    Single,
    UInt16,
    UInt32,
    UInt64,
    Uri,
    Version,
    XmlText,
    custom,
)
from psprovider.endpoint.clixml.types import ARRAY_LIST, OBJECT
from psprovider.endpoint.exceptions import ErrorCategory, ErrorRecord, ExceptionData

KIND = "DemoKind"
PLAIN, ROUND, SQUARE = (
    EnumValue(KIND, number, name) for number, name in enumerate(("Plain", "Round", "Square"))
)


def _array(element: str, items: list[Any], dimensions: str = "[]") -> PSList:
    return PSList(items, (f"System.{element}{dimensions}", "System.Array", OBJECT))


def _nested(*names: str) -> PSObject:
    inner: Any = 1
    for name in reversed(names[1:]):
        inner = custom(None, **{name: inner})
    return custom("My.Type", **{names[0]: inner})


def _deep_table() -> dict[str, Any]:
    table: Any = 1
    for name in "qpomn":
        table = {name: table}
    return dict(table)


def _itself() -> PSObject:
    made = custom()
    made.members["me"] = made
    return made


def _exception(name: str, message: str) -> ExceptionData:
    chain = {
        "System.Exception": ("System.Exception", OBJECT),
        "System.InvalidOperationException": (
            "System.InvalidOperationException",
            "System.SystemException",
            "System.Exception",
            OBJECT,
        ),
    }
    return ExceptionData(chain[name], message)


def file_not_found(message: str, name: str, inner: ExceptionData | None = None) -> ExceptionData:
    chain = ("System.IO.FileNotFoundException", "System.IO.IOException", "System.SystemException")
    members = {"Message": message, "FileName": name, "FusionLog": None}
    return ExceptionData(
        (*chain, "System.Exception", OBJECT), message, members, inner, remark=f"\nFile name: '{name}'"
    )


def _dictionary(key: str, value: str) -> str:
    return records.generic("System.Collections.Generic.Dictionary", key, value)


def _dates() -> list[Any]:
    when = datetime(2026, 1, 2, 3, 4, 5)
    day = {"Day": 2, "DayOfWeek": "Friday", "DayOfYear": 2}
    fraction = {"Millisecond": 0, "Microsecond": 0, "Nanosecond": 0}
    offset = {
        "DateTime": when,
        "UtcDateTime": datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC),
        "LocalDateTime": datetime(2026, 1, 2, 1, 4, 5, tzinfo=timezone(timedelta(), "local")),
        "Date": datetime(2026, 1, 2),
        **day,
        "Hour": 3,
        **fraction,
        "Minute": 4,
        "Month": 1,
        "Offset": timedelta(hours=2),
        "TotalOffsetMinutes": 120,
        "Second": 5,
        "Ticks": 639029198450000000,
        "UtcTicks": 639029126450000000,
        "TimeOfDay": timedelta(hours=3, minutes=4, seconds=5),
        "Year": 2026,
    }
    date_only = {"Year": 2026, "Month": 1, **day, "DayNumber": 739617}
    time_only = {"Hour": 3, "Minute": 4, "Second": 5, **fraction, "Ticks": 110450000000}
    return [
        when,
        when.replace(tzinfo=UTC),
        when.replace(microsecond=6000, tzinfo=timezone(timedelta(), "local")),
        Primitive("DT", "2026-01-02T03:04:05.1234567Z"),
        datetime.min,
        Primitive("DT", "9999-12-31T23:59:59.9999999"),
        _value_type("System.DateTimeOffset", "01/02/2026 03:04:05 +02:00", offset),
        _value_type("System.DateOnly", "01/02/2026", date_only),
        _value_type("System.TimeOnly", "03:04", time_only),
    ]


def _value_type(name: str, text: str, properties: dict[str, Any]) -> PSObject:
    return PSObject((name, "System.ValueType", OBJECT), properties=properties, to_string=text)


SAMPLES: dict[str, Callable[[], list[Any]]] = {
    "Null": lambda: [None],
    "Nulls": lambda: ["a", None, "b"],
    "NullOnly2": lambda: [None, None],
    "Ints": lambda: [
        1,
        -1,
        2**31 - 1,
        -(2**63),
        Byte(7),
        SByte(-7),
        Int16(-3),
        UInt16(3),
        UInt32(4),
        UInt64(2**64 - 1),
        _value_type(
            "System.Numerics.BigInteger",
            "123456789012345678901234567890",
            {"IsPowerOfTwo": False, "IsZero": False, "IsOne": False, "IsEven": True, "Sign": 1},
        ),
    ],
    "Floats": lambda: [
        1.5,
        float("nan"),
        float("inf"),
        float("-inf"),
        0.1,
        1e300,
        Single(1.1),
        -0.0,
        12345678901234567.0,
        1e-7,
    ],
    "Decimals": lambda: [Decimal("1.10"), Decimal("79228162514264337593543950335"), Decimal("-0.0000001")],
    "Bools": lambda: [True, False],
    "Chars": lambda: [Char("a"), Char("\u20ac"), Char("\0"), Char("\ud83d")],
    "Strings": lambda: [
        "",
        " lead and trail ",
        "tab\tnl\ncr\rcrlf\r\nend",
        "nul\0esc\x1b[0m",
        "a<b>&\"c' d",
        "under_x0041_score _x _X0041_ __x",
        "\ufffe\uffff",
        "\U0001f600",
        "\ud83dalone",
        "alone\ude00",
        "ae\xe4\x85\xa0\u2028",
        "del\x7f",
        "x" * 100,
    ],
    "Dates": _dates,
    "Spans": lambda: [
        timedelta(),
        timedelta(seconds=1.5),
        timedelta(days=1, hours=2, minutes=3, seconds=4, milliseconds=5),
        Primitive("TS", "-PT0.0000001S"),
        Primitive("TS", "P10675199DT2H48M5.4775807S"),
        Primitive("TS", "-P10675199DT2H48M5.4775808S"),
    ],
    "Misc": lambda: [
        UUID("01234567-89ab-cdef-0123-456789abcdef"),
        Version("1.2"),
        Version("1.2.3.4"),
        PSObject(
            ("System.Management.Automation.SemanticVersion", OBJECT),
            properties={"Major": 7, "Minor": 6, "Patch": 5, "PreReleaseLabel": "rc.1", "BuildLabel": None},
            to_string="7.6.5-rc.1",
        ),
        Uri("https://example.org/a b?c=d#e"),
        Uri("x/y"),
    ],
    "Xml": lambda: [XmlText('<a b="1"><c>t&amp;u</c><!-- n --></a>')],
    "Bytes": lambda: [b"\0\1\2\xff", b""],
    "Script": lambda: [ScriptBlock(" Get-Date | Out-Null ")],
    "Enums": lambda: [
        EnumValue("System.DayOfWeek", 5, "Friday"),
        ROUND,
        EnumValue("System.IO.FileAttributes", 3, "ReadOnly, Hidden"),
    ],
    "Arrays": lambda: [
        [1, "a", None, True],
        [],
        [1, [2, [3]]],
        _array("Int32", [1, 2]),
        _array("String", ["a", "b"]),
        PSList([1, 2], ARRAY_LIST),
        PSList(["x"], records.STRING_LIST),
        PSList(
            [1, 2],
            (records.generic("System.Collections.Generic.HashSet", "System.Int32"), OBJECT),
            "IE",
            {
                "Count": 2,
                "Capacity": 3,
                "Comparer": "System.Collections.Generic.GenericEqualityComparer`1[System.Int32]",
                "IsReadOnly": False,
            },
        ),
        PSList([1], ("System.Collections.Queue", OBJECT), "QUE"),
        PSList([2, 1], ("System.Collections.Stack", OBJECT), "STK"),
        _array("Int32", [0, 0, 0, 0], "[,]"),
        [1, 2, 3],
    ],
    "Tables": lambda: [
        {"a": 1},
        {},
        PSDict(
            {"b": 1, "a": None, "c": [1, 2]}, ("System.Collections.Specialized.OrderedDictionary", OBJECT)
        ),
        {1: "one"},
        PSDict({"k": 5}, (_dictionary("System.String", "System.Int32"), OBJECT)),
        _deep_table(),
    ],
    "Objects": lambda: [
        custom(None, a=1, b="x", c=None),
        custom(),
        _nested("x", "y", "z", "w", "v"),
        custom("My.WithString", a=1),
        _itself(),
        PSObject((), {"Extra": "e"}, value=5),
        PSObject((), {"Extra": "e"}, value="str"),
    ],
    "Live": lambda: [
        PSObject(
            ("System.Diagnostics.Stopwatch", OBJECT),
            properties={"IsRunning": False, "Elapsed": timedelta(), "ElapsedMilliseconds": _long(0)}
            | {"ElapsedTicks": _long(0)},
            to_string="00:00:00",
        ),
        records.exception(_exception("System.Exception", "plain")),
        records.exception(file_not_found("nf", "a.txt", _exception("System.Exception", "inner"))),
    ],
    "ErrorRecord": lambda: [
        records.error(
            ErrorRecord(
                _exception("System.InvalidOperationException", "as output"),
                "OutId",
                ErrorCategory.InvalidData,
                target=5,
            )
        )
    ],
    "Secure": lambda: [SecureString("abc"), Credential("ann", SecureString("abc"))],
    "SameTwice": lambda: [_twice(), [custom("T1", a=1), custom("T1", a=2)]],
}


def _long(number: int) -> Any:
    from psprovider.endpoint.clixml import Int64

    return Int64(number)


def _twice() -> list[Any]:
    one = custom(None, a=1)
    return [one, one]
