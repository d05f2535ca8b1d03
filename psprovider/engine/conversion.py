"""Arguments turned into the types of parameters, as PowerShell would turn them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec

from jams.objects.errors import InvalidArgument
from jams.operations.catalogue import Operation
from psprovider.cmdlets.kinds import item_of
from psprovider.cmdlets.model import SECURE_STRING, SWITCH, Parameter
from psprovider.endpoint.clixml.text import instant
from psprovider.endpoint.clixml.types import EnumValue, Primitive, PSObject, SecureString, Switch
from psprovider.endpoint.protocol_errors import ClixmlViolation, SessionKeyMissing

from .times import time_of
from .values import MISSING, as_list, duration, filled, get, is_scalar, text, type_names, unwrapped

_DEEPEST = 50
_SPAN = re.compile(r"(?:(\d{1,8})\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d{1,7})?))?", re.ASCII)
_FORMAT, _OVERFLOW = "System.FormatException", "System.OverflowException"


class ConversionError(Exception):
    """A value that cannot become what a parameter takes.

    Attributes:
        kind: ``Transformation`` or ``Validation``, as PowerShell tells them apart.
        suffix: what the error id ends in.
        given: full name of the type that was given, if that matters.
        reason: why a text is no such value, and the type of the exception that says so.
    """

    def __init__(
        self,
        message: str,
        kind: str = "Transformation",
        suffix: str = "",
        given: str = "",
        reason: tuple[str, str] = ("", _FORMAT),
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.suffix = suffix
        self.given = given
        self.reason = reason


def convert(parameter: Parameter, value: Any, mandatory: bool = False) -> Any:
    """The value of a parameter from what was given.

    Raises ConversionError.
    """
    if value is None and mandatory:
        raise ConversionError(_bound(parameter, "it is null"), "Validation", "NullNotAllowed")
    if parameter.chooses and not mandatory:
        _check_filled(value)
    if parameter.many and parameter.type_name != "System.Object[]":
        items = [item for given in as_list(value) for item in _single(parameter, given, mandatory)]
        return items
    if parameter.type_name in ("System.Object", "System.Object[]"):
        return value
    if value is None and parameter.type_name != SWITCH:
        return None
    found = list(_single(parameter, value, mandatory))
    return found[0] if len(found) == 1 else found


def _check_filled(value: Any) -> None:
    """Raises ConversionError for what chooses nothing, as the attribute ValidateNotNullOrEmpty does."""
    inner = unwrapped(value)
    if inner is None or inner == "" or (isinstance(inner, list | tuple) and not inner):
        raise ConversionError(
            "The argument is null or empty. Provide an argument that is not null or empty, and then try the "
            "command again.",
            "Validation",
        )
    if isinstance(inner, list | tuple) and any(unwrapped(item) in (None, "") for item in inner):
        raise ConversionError(
            "The argument is null, empty, or an element of the argument collection contains a null value. "
            "Supply a collection that does not contain any null values and then try the command again.",
            "Validation",
        )


def _single(parameter: Parameter, value: Any, mandatory: bool) -> list[Any]:
    """One value; a word may stand for several."""
    if parameter.piped and not is_scalar(value):
        told, inner = filled(value, parameter.sources), get(value, parameter.piped)
        if told is not MISSING:
            value = told or value
        elif inner is not MISSING and parameter.struct is None and not isinstance(value, dict):
            value = inner
    if parameter.day and _is_moment(unwrapped(value)):
        value = to_day(value).isoformat()
    base = parameter.type_name.removesuffix("[]")
    convert_one = _CONVERTERS.get(base)
    result = value if convert_one is None else convert_one(value)
    if parameter.values:
        return _allowed(parameter, text(result))
    if result == "" and mandatory and base == "System.String":
        raise ConversionError(
            _bound(parameter, "it is an empty string"),
            "Validation",
            "EmptyStringNotAllowed",
            given="System.String",
        )
    _check_range(parameter, result)
    return [result]


def _allowed(parameter: Parameter, word: str) -> list[Any]:
    for name in parameter.values:
        if name.lower() == word.lower():
            return [name]
    for name, meant in parameter.words.items():
        if name.lower() == word.lower():
            return list(meant)
    known = ",".join((*parameter.values, *parameter.words))
    raise ConversionError(
        f'The argument "{word}" does not belong to the set "{known}" specified by the ValidateSet attribute. '
        "Supply an argument that is in the set and then try the command again.",
        "Validation",
        given="System.String",
    )


def _check_range(parameter: Parameter, value: Any) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return
    low, high = parameter.minimum, parameter.maximum
    if low is not None and value < low:
        raise ConversionError(
            f"The {value} argument is less than the minimum allowed range of {low}. Supply an argument that "
            f"is greater than or equal to {low} and then try the command again.",
            "Validation",
            given=type_names(value)[0],
        )
    if high is not None and value > high:
        raise ConversionError(
            f"The {value} argument is greater than the maximum allowed range of {high}. Supply an argument "
            f"that is less than or equal to {high} and then try the command again.",
            "Validation",
            given=type_names(value)[0],
        )


def _bound(parameter: Parameter, why: str) -> str:
    return f"Cannot bind argument to parameter '{parameter.name}' because {why}."


def to_text(value: Any) -> str:
    """Any value as text."""
    return text(value)


def to_secret(value: Any) -> SecureString:
    """A secret text; what cannot be one is never repeated, since it may be the secret nevertheless."""
    value = unwrapped(value)
    if isinstance(value, str):
        return SecureString(value)
    if isinstance(value, SecureString):
        try:
            return SecureString(value.reveal())
        except (SessionKeyMissing, ClixmlViolation):
            raise ConversionError("The SecureString cannot be decrypted.", given=SECURE_STRING) from None
    given = type_names(value)[0]
    raise ConversionError(
        f'Cannot convert the "{given}" value to type "{SECURE_STRING}": give a SecureString, or a text in '
        "quotes.",
        given=given,
    )


def revealed(value: Any) -> Any:
    """The text of a secret; any other value as it is."""
    return value.reveal() if isinstance(value, SecureString) else value


def _number(value: Any) -> Any:
    """A value that may be a number. A BigInteger, as JSON's numbers may be, travels as its text only."""
    value = unwrapped(value)
    if isinstance(value, PSObject) and value.type_names[:1] == ("System.Numerics.BigInteger",):
        return value.to_string or ""
    return value


def to_integer(value: Any) -> int:
    """A whole number of 64 bits; fractions are rounded to even, as .NET does."""
    return _within(value, 64)


def to_small_integer(value: Any) -> int:
    """A whole number of 32 bits."""
    return _within(value, 32)


def _within(value: Any, bits: int) -> int:
    type_name = f"System.Int{bits}"
    try:
        number = _whole(_number(value), type_name)
    except OverflowError:
        number = 1 << bits
    if -(1 << bits - 1) <= number < 1 << bits - 1:
        return number
    reason = f"Value was either too large or too small for an Int{bits}."
    raise _unlike(value, type_name, reason, _OVERFLOW)


def _whole(value: Any, type_name: str) -> int:
    """A whole number of any size. Raises OverflowError if there is no end to it."""
    if isinstance(value, bool | int | EnumValue):
        return int(value)
    if isinstance(value, float | Decimal):
        return _rounded(value)
    if not isinstance(value, str):
        raise _unlike(value, type_name)
    word = value.strip() or "0"
    if len(word) > 64:
        raise OverflowError
    with suppress(ValueError):
        return int(word, 16) if word.lower().startswith("0x") else int(word)
    try:
        return _rounded(float(word))
    except ValueError:
        message = f"The input string '{value}' was not in a correct format."
        raise _unlike(value, type_name, message) from None


def _rounded(value: float | Decimal) -> int:
    if not math.isfinite(value):
        raise OverflowError
    return round(value)


def to_double(value: Any) -> float:
    """A number; every one that is not whole here is one of seconds, for which a span will do."""
    value = _number(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, str) and (span := _SPAN.fullmatch(value.strip())):
        days, hours, minutes, seconds = (float(part or 0) for part in span.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    if isinstance(value, bool | int | float | Decimal):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value.strip())
        except ValueError:
            message = f"The input string '{value}' was not in a correct format."
            raise _unlike(value, "System.Double", message) from None
    raise _unlike(value, "System.Double")


def to_switch(value: Any) -> bool:
    """Whether a switch is on; only booleans and numbers tell."""
    if isinstance(value, PSObject) and "IsPresent" in value:
        value = value.get("IsPresent")
    value = unwrapped(value)
    if value is None or isinstance(value, bool | int | float | Switch):
        return bool(value)
    raise ConversionError(
        f'Cannot convert value "{type_names(value)[0]}" to type "{SWITCH}". Boolean parameters accept only '
        "Boolean values and numbers, such as $True, $False, 1 or 0.",
        given=type_names(value)[0],
    )


def to_time(value: Any) -> datetime:
    """A point in time. Without an offset it is the server's local time; spans are counted from now."""
    value = unwrapped(value)
    if isinstance(value, Primitive):
        value = value.text
    if isinstance(value, datetime):
        return value if value.tzinfo else value.astimezone()
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day).astimezone()
    if isinstance(value, timedelta):
        try:
            return datetime.now(UTC) + value
        except OverflowError:
            raise _unlike(value, "System.DateTime", "There is no such time.") from None
    if isinstance(value, str):
        found = time_of(value.strip())
        if found is not None:
            return found if found.tzinfo else found.astimezone()
        message = f"String '{value}' was not recognized as a valid DateTime."
        raise _unlike(value, "System.DateTime", message)
    raise _unlike(value, "System.DateTime")


def _is_moment(value: Any) -> bool:
    return isinstance(value, datetime) or (isinstance(value, Primitive) and value.tag == "DT")


def to_day(value: Any) -> date:
    """A day; of a point in time, the day where it was written."""
    value = unwrapped(value)
    return value if isinstance(value, date) and not isinstance(value, datetime) else to_time(value).date()


def with_days(operation: Operation, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    """The inputs of an operation, points in time turned into days where it takes days.

    Raises InvalidArgument.
    """
    days = [item.name for item in operation.inputs if item.name in inputs and item_of(item.type) is date]
    if not days:
        return inputs
    found = dict(inputs)
    try:
        for name in days:
            value = found[name]
            found[name] = [to_day(v) for v in value] if isinstance(value, list) else value and to_day(value)
    except ConversionError as error:
        raise InvalidArgument(str(error)) from None
    return found


def to_table(value: Any) -> dict[str, Any]:
    """A hash table with texts as keys; also from an object's properties."""
    if isinstance(value, PSObject) and isinstance(value.value, dict):
        value = value.value
    if isinstance(value, dict):
        return {text(key): _written(item) for key, item in value.items()}
    raise _unlike(value, "System.Collections.Hashtable")


def _written(value: Any) -> Any:
    """A value that is kept as a text: times with their offset, and spans, as .NET writes them."""
    value = plain(value)
    if isinstance(value, datetime):
        return instant(value)
    return duration(value) if isinstance(value, timedelta) else value


def plain(value: Any, depth: int = 0) -> Any:
    """A value without what only PowerShell knows: for documents and tables.

    Raises ConversionError where it is nested too deeply, as what contains itself is.
    """
    if depth > _DEEPEST:
        raise ConversionError("The value is nested too deeply.")
    if isinstance(value, msgspec.Struct):
        return msgspec.to_builtins(value)
    if isinstance(value, EnumValue):
        return value.name
    if isinstance(value, Primitive):
        return value.text
    inner = depth + 1
    if isinstance(value, PSObject):
        if value.value is not None:
            return (
                value.to_string
                if isinstance(value.value, int) and value.type_names
                else plain(value.value, inner)
            )
        return {name: plain(item, inner) for name, item in {**value.properties, **value.members}.items()}
    if isinstance(value, dict):
        return {text(key): plain(item, inner) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item, inner) for item in value]
    return value


def _unlike(value: Any, type_name: str, reason: str = "", cause: str = _FORMAT) -> ConversionError:
    given = type_names(value)[0]
    shown = text(value) if is_scalar(value) else given
    message = f'Cannot convert value "{shown}" to type "{type_name}".'
    if reason:
        message += f' Error: "{reason}"'
    return ConversionError(message, given=given, reason=(reason, cause))


_CONVERTERS: dict[str, Any] = {
    "System.String": to_text,
    "System.Int64": to_integer,
    "System.Int32": to_small_integer,
    "System.Double": to_double,
    "System.Boolean": to_switch,
    "System.DateTime": to_time,
    "System.Collections.Hashtable": to_table,
    SECURE_STRING: to_secret,
    SWITCH: to_switch,
}
