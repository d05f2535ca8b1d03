"""What was typed for an option, as the JSON value that the server wants."""

from __future__ import annotations

import json
import sys

from .client_errors import UsageError, did_you_mean
from .places import check_private

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .commands import Commands, Member

_BOOLEANS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_value(member: Member, texts: list[str], commands: Commands, *, name: str | None = None) -> Any:
    """The value of a member for which ``texts`` were given, in order.

    Lists take several texts, each with values between commas; texts that may hold commas themselves are not
    split. Maps take ``name=value`` texts. ``name`` is what the person knows the value by, if not its option.
    Raises UsageError.
    """
    read = _reader(member, commands)
    try:
        if member.kind == "map":
            return dict(pair(text) for text in texts)
        if not member.many:
            return read(texts[-1])
        if member.kind in ("text", "object", "any"):
            return _joined([read(text) for text in texts])
        return [read(part) for text in texts for part in text.split(",") if part.strip()]
    except ValueError as error:
        raise UsageError(f"{name or member.option}: {error}") from None


def read_document(source: str) -> dict[str, Any]:
    """The document in a file, as YAML or JSON. Raises UsageError."""
    text = read_text(source)
    try:
        document = _json_or_yaml(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{_named(source)} is neither YAML nor JSON: {error}") from None
    if not isinstance(document, dict):
        raise UsageError(f"{_named(source)} does not hold one document: names of members with their values")
    return document


def _json_or_yaml(text: str) -> Any:
    """JSON where it begins so, without YAML's parser; what is broken there may still be YAML."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except ValueError as error:
            wrong = error
        try:
            from .yamlreading import from_yaml

            return from_yaml(text)
        except (ValueError, UsageError):
            raise wrong from None
    from .yamlreading import from_yaml

    return from_yaml(text)


def read_text(source: str, *, private: bool = False) -> str:
    """The text of a file, or of standard input when the name is ``-``.

    UTF-8, or UTF-16 where a byte order mark says so; the mark is no part of the text.

    Raises:
        UsageError: it cannot be read, or is no text.
        ClientError: it is to be ``private``, and others can read it.
    """
    try:
        if source == "-":
            return _decoded(sys.stdin.buffer.read())
        with open(source, "rb") as file:
            if private:
                check_private(source, file.fileno())
            return _decoded(file.read())
    except UnicodeDecodeError:
        raise UsageError(f"{_named(source)} is neither UTF-8 nor UTF-16 text") from None
    except OSError as error:
        raise UsageError(f"{_named(source)} cannot be read: {error.strerror}") from None


def _decoded(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if marked else "utf-8-sig")


def _named(source: str) -> str:
    return "standard input" if source == "-" else source


def _reader(member: Member, commands: Commands) -> Callable[[str], Any]:
    if member.kind == "enum":
        return lambda text: _enum(text, commands.enums[member.of])
    if member.kind == "time":
        from .times import read_time

        return read_time
    if member.kind == "date":
        from .times import read_day

        return read_day
    return {
        "integer": _integer,
        "number": _number,
        "boolean": _boolean,
        "object": _json,
        "any": any_value,
    }.get(member.kind, str)


def _enum(text: str, values: list[str]) -> str:
    by_fold = {value.casefold(): value for value in values}
    found = by_fold.get(text.strip().casefold())
    if found is None:
        near = did_you_mean(text.strip(), values)
        raise ValueError(f"{text!r} is none of {', '.join(values)}{near}")
    return found


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


def _number(text: str) -> float:
    from .times import read_seconds

    try:
        value = float(text)
    except ValueError:
        return read_seconds(text)
    if value - value != 0:
        raise ValueError(f"{text!r} is not a number")
    return value


def _boolean(text: str) -> bool:
    try:
        return _BOOLEANS[text.strip().lower()]
    except KeyError:
        raise ValueError(f"{text!r} is neither true nor false") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON: {error}") from None


def any_value(text: str) -> Any:
    """JSON if it is that, else the text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def pair(text: str) -> tuple[str, str]:
    """What stands on both sides of ``=``. Raises ValueError."""
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise ValueError(f"{text!r} is not of the form name=value")
    return name.strip(), value


def _joined(values: list[Any]) -> list[Any]:
    """Values of which each may itself be a list."""
    return [part for value in values for part in (value if isinstance(value, list) else [value])]
