"""Tables and lists of members for a terminal.

Forty lines of our own: the libraries for tables take longer to import than the whole command may take
(tabulate: 100 ms), and none of them cuts to the width of the terminal and leaves colours out of the count.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = "  "
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]+")
_NARROWEST = 8
_READABLE = 24
_HEADING_LINES = 3
_ACRONYMS = frozenset({"acl", "id", "io", "jams", "ron", "rron", "uid", "utc"})


class Cell:
    """One value.

    Attributes:
        text: the value, made one line.
        right: whether it stands on the right side of its column.
        colour: an SGR code, or empty.
        free: whether it may be cut before others are.
        short: a shorter form, in which it is shown rather than cut; it is never cut then.
    """

    def __init__(
        self, text: str, *, right: bool = False, colour: str = "", free: bool = False, short: str = ""
    ) -> None:
        self.text = one_line(text)
        self.short = short
        self.free = free
        self.right = right
        self.colour = colour

    def render(self, width: int, *, last: bool) -> str:
        """The text in so many columns; the last cell of a row is not filled up."""
        text = shortened(self.text, width)
        space = " " * (width - columns_of(text))
        shown = f"\x1b[{self.colour}m{text}\x1b[0m" if self.colour else text
        if self.right:
            return space + shown
        return shown if last else shown + space


def table(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], width: int | None, *, whole: bool = False
) -> list[str]:
    """The lines of a table, at most ``width`` columns wide if that is given.

    Where that is too narrow, headings take several lines, and cells with a short form are shown in that; only
    then values are cut. With ``whole`` the last cell of a row is not cut: it goes on below, in lines of its
    own.
    """
    heads = _heads(headings, rows, 1)
    lines = [*heads, *rows]
    widths = _widths(lines)
    if width is not None:
        room = width - len(GAP) * (len(widths) - 1)
        every = list(range(len(widths)))
        if sum(widths) > room:
            heads = _heads(headings, rows, _HEADING_LINES)
            lines = [*heads, *rows]
            widths = _widths(lines)
        short = [at for at in every if any(row[at].short for row in rows)]
        if short and sum(widths) > room:
            for row in rows:
                for at in short:
                    row[at].text = row[at].short or row[at].text
            widths = _widths(lines)
        if whole:
            widths[-1] = min(widths[-1], max(_READABLE, room - sum(widths[:-1])))
            _fit(widths, room, every[:-1])
            lines = [line for row in lines for line in _over_lines(row, widths[-1])]
        _fit(widths, room, [at for at in every if any(row[at].free for row in rows)])
        _fit(widths, room, [at for at in every if at not in short])
    return [
        GAP.join(cell.render(widths[at], last=at == len(widths) - 1) for at, cell in enumerate(line)).rstrip()
        for line in lines
    ]


def _widths(lines: Sequence[Sequence[Cell]]) -> list[int]:
    return [max(columns_of(line[at].text) for line in lines) for at in range(len(lines[0]))]


def _heads(headings: Sequence[str], rows: Sequence[Sequence[Cell]], most: int) -> list[list[Cell]]:
    """The headings in so many lines at most; the last line is full, as people read down from it."""
    broken = []
    for at, text in enumerate(headings):
        least = max((columns_of(row[at].text) for row in rows), default=0)
        longest = max(map(len, text.split(" ")))
        parts = [text] if most == 1 or len(text) <= least else wrapped(text, max(longest, least))
        broken.append(parts if len(parts) <= most else [*parts[: most - 1], " ".join(parts[most - 1 :])])
    tall = max(map(len, broken), default=1)
    right = [bool(rows) and rows[0][at].right for at in range(len(headings))]
    return [
        [Cell(([""] * (tall - len(parts)) + parts)[line], right=right[at]) for at, parts in enumerate(broken)]
        for line in range(tall)
    ]


def _over_lines(row: Sequence[Cell], width: int) -> list[Sequence[Cell]]:
    """A row as several, the last cell of which is in so many columns."""
    *before, last = row
    first, *further = wrapped(last.text, width)
    below = [Cell("") for _ in before]
    return [
        [*before, Cell(first, colour=last.colour)],
        *([*below, Cell(text, colour=last.colour)] for text in further),
    ]


def heading(wire: str) -> str:
    """The heading of a member: ``startTimeUTC`` → ``START TIME``; a table shows local times."""
    return " ".join(_words(wire)).upper()


def label(wire: str) -> str:
    """The label of a member in a list: ``startTimeUTC`` → ``Start time``."""
    words = [word.upper() if word.lower() in _ACRONYMS else word.lower() for word in _words(wire)]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def one_line(text: str) -> str:
    """The text without what would move the cursor, hide, or turn the direction of a line."""
    return _UNSEEN.sub(" ", text)


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def shortened(text: str, width: int) -> str:
    """The text cut to so many columns, with an ellipsis where something was cut."""
    if columns_of(text) <= width:
        return text
    while text and columns_of(text) > width - 1:
        text = text[:-1]
    return text + "…"


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many columns, broken between words as far as these are short enough."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if columns_of(longer) <= width:
            lines[-1] = longer
            continue
        rest = word
        if not lines[-1]:
            lines.pop()
        while columns_of(rest) > width:
            end = width
            while end > 1 and columns_of(rest[:end]) > width:
                end -= 1
            lines.append(rest[:end])
            rest = rest[end:]
        lines.append(rest)
    return lines


def _words(wire: str) -> list[str]:
    words = _WORDS.findall(wire) or [wire]
    return words[:-1] if len(words) > 1 and words[-1] == "UTC" else words


def _fit(widths: list[int], room: int, columns: list[int]) -> None:
    """Take from the widest of some columns until all fit, or these are too narrow to be of use."""
    while columns and sum(widths) > room:
        widest = max(columns, key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1
