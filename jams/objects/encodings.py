"""Encodings by their names, and texts whose encoding nobody has written down, as logs of runs are."""

from __future__ import annotations

import codecs
from collections.abc import Callable

USUAL = "utf-8"

_PLAIN = (rb"\n\u0041 +AGE- ~{VP~} xn--a", b"\x1b$B0!\x1b(B", bytes(range(128)))
"""Bytes that are ASCII, and what some encodings take for the beginning of something else."""

_LONGEST_REST = 3
"""Bytes at the beginning of a piece of UTF-8 that may be the rest of a character that begins before it."""


def encoding_of(name: str) -> str:
    """The encoding of a name as Python has it, as ``windows-1252``, or of the number of a code page.

    Raises:
        ValueError: there is none, or one in which ASCII is not what it is everywhere: lines and words could
            not be found in it.
    """
    word = name.strip()
    if word.isascii() and word.isdigit():
        word = USUAL if word == "65001" else f"cp{word}"
    try:
        # By the methods of bytes and str, which refuse what makes no text of bytes, as bz2.
        plain = all(each.decode(word, "replace") == each.decode("ascii") for each in _PLAIN)
        plain = plain and "ab".encode(word) == b"ab"
    except (LookupError, ValueError):
        plain = False
    if not plain:
        raise ValueError(name)
    return codecs.lookup(word).name


def decoded(data: bytes, other: Callable[[], str], *, final: bool) -> tuple[str, int]:
    """What bytes say, and how many of them were read.

    It is UTF-8 as long as it can be that, else the ``other`` encoding; a byte that says nothing is U+FFFD.

    Args:
        data: the bytes.
        other: gives the name of that encoding, when it is needed.
        final: whether nothing follows; else a character that is not whole is left.
    """
    encoding = USUAL if _is_usual(data) else _known(other())
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(data, final)
    return text, len(data) - len(decoder.getstate()[0])


def _is_usual(data: bytes) -> bool:
    rest = next((n for n, byte in enumerate(data[:_LONGEST_REST]) if byte & 0xC0 != 0x80), _LONGEST_REST)
    try:
        codecs.getincrementaldecoder(USUAL)().decode(data[rest:])
    except UnicodeDecodeError:
        return False
    return True


def _known(name: str) -> str:
    try:
        return encoding_of(name)
    except ValueError:
        return USUAL
