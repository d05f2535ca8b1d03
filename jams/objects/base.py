"""What every noun is made of: struct bases, wire names and the scalar types that documents share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

_ACRONYMS = {"id": "ID", "utc": "UTC", "rron": "RRON"}


def wire_name(attribute: str) -> str:
    """The JSON name of a Python attribute: ``last_change_utc`` becomes ``lastChangeUTC``.

    The spellings are those of the published REST documents, which write ``ID``, ``UTC`` and ``RRON`` in
    capitals inside a name. A field whose published name follows another habit (``variableId``) says so
    with ``msgspec.field(name=...)``.
    """
    first, *rest = attribute.split("_")
    return first + "".join(_ACRONYMS.get(word, word.capitalize()) for word in rest)


def pascal_name(wire: str) -> str:
    """The name that SOAP and PowerShell show for a wire name: ``jamsEntry`` becomes ``JamsEntry``."""
    return "".join(word[:1].upper() + word[1:] for word in wire.split("_"))


@lru_cache(maxsize=4096)
def snake_name(wire: str) -> str:
    """The words of a wire or Pascal name joined by underscores: ``lastChangeUTC`` → ``last_change_utc``."""
    words: list[str] = []
    for index, letter in enumerate(wire):
        before = wire[index - 1] if index else ""
        after = wire[index + 1] if index + 1 < len(wire) else ""
        starts_word = letter.isupper() and (
            before.islower() or before.isdigit() or (before and after.islower())
        )
        if starts_word or not words:
            words.append("")
        words[-1] += letter.lower()
    return "_".join(word.strip("_") for word in words)


class Document(Struct, rename=wire_name, kw_only=True, forbid_unknown_fields=True):
    """A noun that travels whole: on every face it is one value with named members.

    Attributes:
        implied: of a part of others, the members that its name says already: the same wherever it appears.
        published_elsewhere: members of the published document that this server neither shows nor needs. Only
            a server writes them, so that they say nothing when they are sent.
        also: of a document that is another one as well: the other's name, and the member of that one with the
            value by which it is told. Where both are listed it is shown once, as what it is called here.
    """

    published_elsewhere: ClassVar[tuple[str, ...]] = ()
    also: ClassVar[tuple[str, str, str] | None] = None
    implied: ClassVar[tuple[str, ...]] = ()


class Fact(Struct, rename=wire_name, kw_only=True, frozen=True):
    """A document that the server alone writes (an entry, a history record): read, never sent back."""


class Arguments(Struct, rename=wire_name, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """The body of an operation whose members are arguments.

    REST sends it as the JSON body; SOAP, the command line and PowerShell show its members as the
    operation's own arguments, beside those of the path and the query.
    """


MAX_ID = 2**53 - 1
"""The largest number that every client can hold (a JavaScript number keeps 53 bits)."""

LONGEST_NAME = 255
LONGEST_FOLDER_PATH = 800
LONGEST_PATH = LONGEST_FOLDER_PATH + 1 + LONGEST_NAME
"""What of a path there can be: a folder's, and one of what lies in a folder."""

LONGEST_TEXT = 4096

# ``type`` among the extras is what SOAP calls a type, so that its name outlives a change of its limits.
ObjectId = Annotated[int, Meta(ge=1, le=MAX_ID, title="ObjectId", description="Number of an object.")]
EntryNumber = Annotated[
    int, Meta(ge=1, le=MAX_ID, title="EntryNumber", description="JAMS entry number in the schedule.")
]
RunNumber = Annotated[
    int, Meta(ge=1, le=MAX_ID, title="RunNumber", description="Run occurrence number (RON).")
]
Timestamp = Annotated[
    datetime, Meta(tz=True, description="ISO 8601 time with its offset.", extra={"type": "Timestamp"})
]
Day = Annotated[date, Meta(title="Day", description="A day, written YYYY-MM-DD.")]
# Patterns tell generators of clients what can be told to all of them: neither \u nor looking around.
NO_CONTROL = {"pattern": r"^[^\x00-\x1f\x7f-\x9f]*$"}
_AT_EDGE = r'[^\x00-\x20\x7f-\xa0\\/*?<>|"]'
_WITHIN = r'[^\x00-\x1f\x7f-\xa0\\/*?<>|"]'
_OWN_NAME = f"{_AT_EDGE}({_WITHIN}*{_AT_EDGE})?"
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_NAME,
        extra={"text": "name", "type": "Name"},
        extra_json_schema=NO_CONTROL,
    ),
]
"""The name of something, its own or that of another; which names may be given is checked where they are."""
OwnName = Annotated[Name, Meta(extra_json_schema={"pattern": f"^{_OWN_NAME}$"})]
"""The name that a definition bears; the pattern says what a pattern can say of them."""
OwnFolderName = Annotated[Name, Meta(extra_json_schema={"pattern": rf"^(\\|{_OWN_NAME})$"})]
"""The same of a folder; the root is called by the separator."""
Label = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_NAME,
        extra={"text": "label", "type": "Label"},
        extra_json_schema=NO_CONTROL,
    ),
]
Line = Annotated[
    str,
    Meta(max_length=LONGEST_NAME, extra={"text": "label", "type": "Line"}, extra_json_schema=NO_CONTROL),
]
"""A label that may be empty."""
Path = Annotated[str, Meta(max_length=LONGEST_PATH, extra={"type": "Path"})]
"""What names a folder, job or variable: its path or its bare name."""
Text = Annotated[str, Meta(max_length=LONGEST_TEXT, extra={"type": "Text"})]
DateText = Annotated[str, Meta(max_length=LONGEST_TEXT, extra={"date_text": True, "type": "DateText"})]
"""A text in the date language; doors with points in time of their own take one for its day."""
Source = Annotated[str, Meta(max_length=4 << 20, extra={"text": "raw", "type": "Source"})]
ParameterText = Annotated[str, Meta(max_length=4 << 20, extra={"text": "parameter", "type": "ParameterText"})]
"""The value of a parameter as somebody gives it; which one it may have is for its definition to say."""
Base64 = Annotated[str, Meta(extra={"type": "Base64"})]
"""Bytes, written in base64."""
Count = Annotated[int, Meta(ge=0, le=MAX_ID, extra={"type": "Count"})]
Integer = Annotated[int, Meta(ge=-MAX_ID, le=MAX_ID, extra={"type": "Integer"})]
Measure = Annotated[float, Meta(ge=-1e300, le=1e300, extra={"type": "Measure"})]
Seconds = Annotated[float, Meta(ge=0, le=10**9, extra={"type": "Seconds"})]

ReadOnly = Meta(extra={"read_only": True})
"""Marks a member that the server fills in: accepted and ignored when a document is sent back."""

Redundant = Meta(extra={"redundant": True})
"""Marks a member of an arguments body that repeats the address: accepted in JSON, shown on no other face."""

Place = Meta(extra={"place": True})
"""Marks a member that says where a definition lies: null in a change leaves it there."""

NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""The published documents' way to write "no time"; read as absent wherever a time is optional."""


class Duration(Document, kw_only=True):
    """A span of time; ``totalSeconds`` -1 means that the span is not set."""

    total_seconds: Annotated[int, Meta(ge=-1, le=10**10)] = -1


def read_only_members(struct: type[Struct]) -> frozenset[str]:
    """The attribute names of ``struct`` that only the server writes."""
    return members_marked(struct, "read_only")


@cache
def struct_members(struct: type[Struct]) -> tuple[FieldInfo, ...]:
    """The members of ``struct``; msgspec takes longer to find them out than most askers take for the rest."""
    return fields(struct)


@cache
def members_marked(struct: type[Struct], mark: str) -> frozenset[str]:
    """The attribute names of ``struct`` whose declaration bears a mark (``Meta(extra={mark: True})``)."""
    from msgspec.inspect import Metadata, type_info

    info: Any = type_info(struct)
    return frozenset(
        field.name
        for field in info.fields
        if isinstance(field.type, Metadata) and (field.type.extra or {}).get(mark)
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean …?`` where something known resembles the word, else nothing."""
    import difflib

    by_fold = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1)
    return f" Did you mean {by_fold[near[0]]}?" if near else ""
