"""JSON objects in which a member is given twice (RFC 8259 section 4): readers disagree which of them counts.

The reader takes the last one, and says nothing of it. To look at each member would take longer than to read
the body, so only their number is compared: that of the colons in the body, and in what was read of it. They
differ where a member was lost. Colons within texts are in both; those that are written as an escape are not,
and a body with such ones is looked at member by member.
"""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec

from jams.objects.errors import InvalidArgument

_ESCAPED = re.compile(rb"\\u003[aA]")
_encode = msgspec.json.Encoder().encode


def refuse_twice(data: bytes, value: Any) -> None:
    """Check that no object in a body gives a member twice; ``value`` is what was read of the body, as it is.

    Raises:
        InvalidArgument: one does.
    """
    if data.count(b":") != _encode(value).count(b":") or (b"\\u003" in data and _ESCAPED.search(data)):
        json.loads(data, object_pairs_hook=_members, parse_float=str, parse_int=str)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise InvalidArgument(
            f"{twice[:100]} is given {names.count(twice)} times in one object.", member=twice[:100]
        )
    return found
