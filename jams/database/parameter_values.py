"""Which values a parameter takes: type, length, and the rule of its definition (semantics 2.8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from jams.objects.base import LONGEST_TEXT
from jams.objects.enums import DataType, ValidationType
from jams.objects.errors import InvalidArgument, InvalidParameter
from jams.objects.parts import ParamDef
from jams.objects.schedule import SubmitParam
from jams.objects.texts import free_fault

from . import patterns

Definition = ParamDef | SubmitParam

_MIDNIGHT = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]00:00(:00(\.0+)?)?(Z|[+-]\d\d:\d\d)?$", re.ASCII)
_DASHED = re.compile(r"(-?[\d.]+)\s*-\s*(-?[\d.]+)")


def check_value(definition: Definition, value: str) -> str:
    """The value as it is kept, if the definition allows it.

    Raises:
        InvalidParameter: it has another type, is too long, or breaks the rule.
    """
    name = definition.param_name
    if definition.uppercase:
        value = value.upper()
    value = typed_text(definition.data_type, value, f"Parameter {name}", InvalidParameter, name)
    check_text(value, f"Parameter {name}", InvalidParameter, name)
    if definition.length and len(value) > definition.length:
        raise InvalidParameter(f"Parameter {name} has at most {definition.length} characters.", member=name)
    if definition.must_fill and definition.length and len(value) != definition.length:
        raise InvalidParameter(f"Parameter {name} has exactly {definition.length} characters.", member=name)
    return _ruled(definition, value)


def is_day(value: str) -> bool:
    """Whether a value is a date as programs write it, and no text of the date language."""
    try:
        _day(value.strip())
    except ValueError:
        return False
    return True


def check_text(value: str, what: str, error: type[InvalidArgument], member: str) -> None:
    """Check that a value is a text that can be kept, whatever made it so. Raises ``error``."""
    if len(value) > LONGEST_TEXT:
        raise error(f"{what} has at most {LONGEST_TEXT} characters; this has {len(value)}.", member=member)
    fault = free_fault(value)
    if fault is not None:
        raise error(f"{what} cannot hold {fault}.", member=member)


def typed_text(
    kind: DataType,
    value: str,
    what: str,
    error: type[InvalidArgument] = InvalidArgument,
    member: str = "value",
) -> str:
    """The text of a value of that type in its usual form. Raises ``error`` when it is not one."""
    reader = _READERS.get(kind)
    if reader is None or value == "":
        return value
    try:
        return reader(value.strip())
    except ValueError:
        raise error(f"{what} is {_DESCRIBED[kind]}; {value[:80]!r} is not.", member=member) from None


def _boolean(text: str) -> str:
    if text.lower() in ("true", "yes", "1"):
        return "True"
    if text.lower() in ("false", "no", "0"):
        return "False"
    raise ValueError(text)


def _integer(text: str) -> str:
    if len(text) > 40 or "_" in text:
        raise ValueError(text)
    return str(int(text))


def _float(text: str) -> str:
    if "_" in text:
        raise ValueError(text)
    float(text)
    return text


def _day(text: str) -> str:
    """A day; of a midnight, which programs write for want of days, the one of where it was written."""
    day = _MIDNIGHT.sub("", text)
    date.fromisoformat(day)
    return day


def _parsed(parse: Callable[[str], Any]) -> Callable[[str], str]:
    def read(text: str) -> str:
        parse(text)
        return text

    return read


_READERS: dict[DataType, Callable[[str], str]] = {
    DataType.INTEGER: _integer,
    DataType.FLOAT: _float,
    DataType.BOOLEAN: _boolean,
    DataType.DATE: _day,
    DataType.TIME: _parsed(time.fromisoformat),
    DataType.DATE_TIME: _parsed(datetime.fromisoformat),
}
_DESCRIBED = {
    DataType.INTEGER: "a whole number",
    DataType.FLOAT: "a number",
    DataType.BOOLEAN: "true or false",
    DataType.DATE: "a date (2026-12-31)",
    DataType.TIME: "a time (23:59:00)",
    DataType.DATE_TIME: "a date and time (2026-12-31T23:59:00)",
}


def check_rule(definition: Definition) -> None:
    """Raises InvalidParameter when the definition's rule itself cannot be read."""
    rule, name = definition.validation_data or "", definition.param_name
    if definition.validation_type is ValidationType.REGEX:
        problem = patterns.problem_of(rule)
        if problem is not None:
            raise InvalidParameter(f"The pattern of parameter {name} {problem}.", member=name)
    elif definition.validation_type is ValidationType.RANGE:
        _bounds(definition)
    elif definition.validation_type is ValidationType.SELECT and not _choices(rule):
        raise InvalidParameter(f"Parameter {name} has no choices: give them with commas.", member=name)


def _ruled(definition: Definition, value: str) -> str:
    kind = definition.validation_type
    if not value:
        return value
    if kind is ValidationType.SELECT:
        return _selected(definition, value)
    if kind is ValidationType.REGEX:
        _match(definition, value)
    elif kind is ValidationType.RANGE:
        low, high = _bounds(definition)
        if not low <= _ordered(definition, value) <= high:
            raise InvalidParameter(
                f"Parameter {definition.param_name} lies in the range {definition.validation_data}.",
                member=definition.param_name,
            )
    return value


def _choices(rule: str) -> list[str]:
    return [choice.strip() for choice in rule.split(",") if choice.strip()]


def _selected(definition: Definition, value: str) -> str:
    choices = _choices(definition.validation_data or "")
    for choice in choices:
        if choice.casefold() == value.strip().casefold():
            return choice
    raise InvalidParameter(
        f"Parameter {definition.param_name} is one of {', '.join(choices)}.", member=definition.param_name
    )


def _match(definition: Definition, value: str) -> None:
    name = definition.param_name
    try:
        fits = patterns.fits(definition.validation_data or "", value)
    except TimeoutError:
        raise InvalidParameter(
            f"The pattern of parameter {name} takes too long on this value.", member=name
        ) from None
    if not fits:
        raise InvalidParameter(
            f"Parameter {name} does not have the form {definition.validation_data}.", member=name
        )


def _bounds(definition: Definition) -> tuple[Any, Any]:
    name = definition.param_name
    low, high = _ends((definition.validation_data or "").strip())
    if not low or not high:
        raise InvalidParameter(f"The range of parameter {name} is written low..high.", member=name)
    return _ordered(definition, low), _ordered(definition, high)


def _ends(rule: str) -> tuple[str, str]:
    """The two ends of a range: ``1..10``, ``1,10``, or for numbers ``1-10``."""
    for separator in ("..", ","):
        low, found, high = rule.partition(separator)
        if found:
            return low.strip(), high.strip()
    dashed = _DASHED.fullmatch(rule)
    return (dashed[1], dashed[2]) if dashed else ("", "")


def _ordered(definition: Definition, text: str) -> Any:
    """The value in a form that can be compared with others of its type."""
    orders: dict[DataType, Callable[[str], Any]] = {
        DataType.INTEGER: int,
        DataType.FLOAT: float,
        DataType.DATE: date.fromisoformat,
        DataType.TIME: _clock,
        DataType.DATE_TIME: _moment,
    }
    order: Callable[[str], Any] = orders.get(definition.data_type, _number_or_text)
    try:
        return order(text)
    except ValueError:
        raise InvalidParameter(
            f"The range of parameter {definition.param_name} cannot be compared with {text[:80]!r}.",
            member=definition.param_name,
        ) from None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clock(text: str) -> time:
    return time.fromisoformat(text).replace(tzinfo=None)


def _number_or_text(text: str) -> tuple[int, Any]:
    try:
        return (0, float(text))
    except ValueError:
        return (1, text.casefold())
