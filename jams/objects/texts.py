"""What a text may hold: one rule for free texts, a stricter one for what is read in one line, such as names.

- Any text: no half of a surrogate pair, which cannot be written in UTF-8, and no NUL, at which other programs
  would take it to end.
- A free text: what XML 1.0 (2.2) can carry as well, so that every door gives back exactly what it was given:
  no control characters but tab, line feed and carriage return, and neither U+FFFE nor U+FFFF.
- What names something: no line breaks and no control characters at all.
- A label, and the name that something is newly given: nothing that cannot be seen, and no blank but the plain
  one. By the categories of Unicode these are controls (Cc), format characters such as directional marks and
  zero-width spaces (Cf), private use (Co), what is not assigned (Cn), and separators (Zl, Zp, Zs) but U+0020,
  all that ``str.isprintable`` refuses; and the few letters and marks that show nothing.
"""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_ANYWHERE = re.compile("[\0\ud800-\udfff]")
_NOT_IN_TEXTS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_LINES = re.compile("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")


def raw_fault(text: str) -> str | None:
    """Which character no text may hold, as ``U+0000 (character 5)``; None if all is well."""
    return None if text.isprintable() else _found(_NOT_ANYWHERE, text)


def free_fault(text: str) -> str | None:
    """Which character a free text may not hold; None if all is well."""
    return None if text.isprintable() else _found(_NOT_IN_TEXTS, text)


def line_fault(text: str) -> str | None:
    """Which character may not stand in what names something; None if all is well."""
    return None if text.isprintable() else _found(_NOT_IN_LINES, text)


def unseen_fault(text: str) -> str | None:
    """Which character nobody would see, or take for a plain blank; None if all is well."""
    if text.isprintable():
        return _found(_UNSEEN, text)
    return next(_told(letter, place) for place, letter in enumerate(text) if not letter.isprintable())


def writable(text: str) -> str:
    """The text with U+FFFD for what cannot be written in UTF-8."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def storable(text: str, longest: int) -> str:
    """A text of our own making as it can be kept: without what no free text holds, and not too long."""
    if free_fault(text) is not None:
        text = _NOT_IN_TEXTS.sub("\ufffd", text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _found(forbidden: re.Pattern[str], text: str) -> str | None:
    found = forbidden.search(text)
    return None if found is None else _told(found[0], found.start())


def _told(letter: str, position: int) -> str:
    return f"U+{ord(letter):04X} (character {position + 1})"
