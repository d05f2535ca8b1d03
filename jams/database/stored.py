"""What of an object has no column: a struct, kept as JSON in the column ``document``."""

from __future__ import annotations

import msgspec

from jams.objects.checking import check


def encoded(rest: msgspec.Struct) -> str:
    """The text of the column ``document``, which a strict reader of the same struct takes again.

    Raises:
        InvalidArgument: what is to be kept has become something that cannot be read back.
    """
    check(rest, type(rest))
    return msgspec.json.encode(rest).decode()
