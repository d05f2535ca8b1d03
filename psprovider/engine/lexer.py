"""Reads the words of a command line: barewords, quoted texts, numbers, parameters.

PowerShell's rules for arguments (about_Parsing), as far as they need no language: nothing is ever expanded.
"""

from __future__ import annotations

import re
from typing import Any

from psprovider.endpoint.clixml.types import PSObject

MAX_TEXT = 64 * 1024
MAX_COMMANDS = 64
MAX_DEPTH = 16

_DASHES = "-\u2013\u2014\u2015"
_SINGLE = "'\u2018\u2019\u201a\u201b"
_DOUBLE = '"\u201c\u201d\u201e'
_SPACES = " \t\f\v\u00a0\u0085"
_ENDS = frozenset(_SPACES + "\r\n;|&(){}<>,")
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}
_NUMBER = re.compile(
    r"([+-]?)(?:0x([0-9a-f]+)|(\d+)(\.\d*)?(e[+-]?\d+)?|(\.\d+)(e[+-]?\d+)?)([kmgtp]b)?", re.I
)
_SIZES = {"k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40, "p": 1 << 50}
_PARAMETER = re.compile(rf"[{_DASHES}]([A-Za-z_?][^\s;|&(){{}}<>,:.\[\]'\"]*)")
_EXPANSION = re.compile(r"\$[\w({:?$^]")
_PLAIN = re.compile("[^" + re.escape("".join(_ENDS) + _SINGLE + _DOUBLE + "`$@") + "]+")
_CONSTANTS = {"$true": True, "$false": False, "$null": None}
_CONSTANT = re.compile(r"\$(?:true|false|null)(?![\w:?])", re.I)


class ParseError(Exception):
    """The text is more than commands and constants, or is no command at all."""


_OPEN_TEXT = "TerminatorExpectedAtEndOfString"


class Incomplete(ParseError):
    """The text would be right if it went on.

    Attributes:
        error_id: what PowerShell calls it.
    """

    def __init__(self, message: str, error_id: str = "IncompleteParseException") -> None:
        super().__init__(message)
        self.error_id = error_id


class Lexer:
    """A text and a place in it."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_TEXT:
            raise ParseError("The text is too long.")
        self.text = text
        self.at = 0

    @property
    def next(self) -> str:
        """The next character, or an empty text at the end."""
        return self.text[self.at : self.at + 1]

    def starts(self, prefix: str) -> bool:
        """Whether ``prefix`` comes next."""
        return self.text.startswith(prefix, self.at)

    def skip_space(self, lines: bool = False) -> None:
        """Pass over spaces, comments and continued lines; over ends of lines too if ``lines``."""
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter in _SPACES or (lines and letter in "\r\n"):
                self.at += 1
            elif letter == "`" and self.text[self.at + 1 : self.at + 2] in ("\r", "\n", ""):
                self._continued()
            elif letter == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif self.starts("<#"):
                end = self.text.find("#>", self.at)
                if end < 0:
                    raise Incomplete("A comment is not closed.", "MissingTerminatorMultiLineComment")
                self.at = end + 2
            else:
                return

    def _continued(self) -> None:
        self.at += 1
        if self.at >= len(self.text):
            raise Incomplete("The line goes on.")
        self.at += 2 if self.starts("\r\n") else 1

    def parameter(self) -> tuple[str, bool] | None:
        """A parameter: its name, and whether a colon follows; None if something else comes next."""
        match = _PARAMETER.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        colon = self.next == ":"
        if colon:
            self.at += 1
        elif self.next and self.next not in _ENDS:
            raise ParseError("A parameter's name ends oddly.")
        return match.group(1), colon

    @property
    def quoted(self) -> bool:
        """Whether a quoted text comes next."""
        return self.next != "" and self.next in _SINGLE + _DOUBLE

    def end_of_parameters(self) -> bool:
        """Pass over ``--``, which makes everything after it a value."""
        if self.starts("--") and (self.at + 2 >= len(self.text) or self.text[self.at + 2] in _ENDS):
            self.at += 2
            return True
        return False

    def word(self) -> Any:
        """A constant: a quoted text, a number, ``$true``, or a bareword."""
        if self.starts("@'") or self.starts('@"'):
            return self._here_text()
        if self.next in _SINGLE and self.next:
            return self._closed(self._single())
        if self.next in _DOUBLE and self.next:
            return self._closed(self._double())
        constant = _CONSTANT.match(self.text, self.at)
        if constant:
            self.at = constant.end()
            self._closed(None)
            return _CONSTANTS[constant.group().lower()]
        return self._bare()

    def _closed(self, value: Any) -> Any:
        """A constant that nothing is done to: no member access, no index."""
        if self.next in (".", "[") and self.next:
            raise ParseError("A member of a value cannot be used.")
        return value

    def _bare(self) -> Any:
        start = self.at
        plain = True
        parts: list[str] = []
        while self.at < len(self.text):
            run = _PLAIN.match(self.text, self.at)
            if run:
                parts.append(run.group())
                self.at = run.end()
                continue
            letter = self.text[self.at]
            if letter in _ENDS:
                break
            if letter in _SINGLE:
                parts.append(self._single())
                plain = False
            elif letter in _DOUBLE:
                parts.append(self._double())
                plain = False
            elif letter == "`":
                parts.append(self._escape())
                plain = False
            elif letter == "$" and _EXPANSION.match(self.text, self.at):
                raise ParseError("Variables cannot be used.")
            elif letter == "@" and self.at == start:
                raise ParseError("Splatting cannot be used.")
            else:
                parts.append(letter)
                self.at += 1
        if self.at == start:
            raise ParseError("Something is missing.")
        if self.next in ("<", ">") and self.next:
            raise ParseError("Redirection cannot be used.")
        if self.next == "(":
            raise ParseError("Methods cannot be called.")
        text = "".join(parts)
        return number_of(text) if plain else text

    def _single(self) -> str:
        self.at += 1
        parts: list[str] = []
        while True:
            if self.at >= len(self.text):
                raise Incomplete("A text is not closed.", _OPEN_TEXT)
            letter = self.text[self.at]
            self.at += 1
            if letter in _SINGLE:
                if self.next not in _SINGLE or not self.next:
                    return "".join(parts)
                self.at += 1
            parts.append(letter)

    def _double(self) -> str:
        self.at += 1
        parts: list[str] = []
        while True:
            if self.at >= len(self.text):
                raise Incomplete("A text is not closed.", _OPEN_TEXT)
            letter = self.text[self.at]
            if letter == "`":
                parts.append(self._escape())
                continue
            if letter == "$" and _EXPANSION.match(self.text, self.at):
                raise ParseError("Variables cannot be used.")
            self.at += 1
            if letter in _DOUBLE:
                if self.next not in _DOUBLE or not self.next:
                    return "".join(parts)
                self.at += 1
            parts.append(letter)

    def _escape(self) -> str:
        self.at += 1
        if self.at >= len(self.text):
            raise Incomplete("The line goes on.")
        letter = self.text[self.at]
        if letter == "u" and self.text[self.at + 1 : self.at + 2] == "{":
            return self._code_point()
        self.at += 1
        return _ESCAPES.get(letter, letter)

    def _code_point(self) -> str:
        match = re.compile(r"u\{([0-9a-f]{1,6})\}", re.I).match(self.text, self.at)
        if match is None or int(match.group(1), 16) > 0x10FFFF:
            raise ParseError("A character's number is wrong.")
        self.at = match.end()
        return chr(int(match.group(1), 16))

    def _here_text(self) -> str:
        quote = self.text[self.at + 1]
        head = re.compile(r"[ \t]*\r?\n").match(self.text, self.at + 2)
        if head is None:
            if "\n" in self.text[self.at + 2 :]:
                raise ParseError("Nothing may follow the head of a here-text.")
            raise Incomplete("A here-text is not closed.", _OPEN_TEXT)
        end = self.text.find(f"\n{quote}@", head.end() - 1)
        if end < 0:
            raise Incomplete("A here-text is not closed.", _OPEN_TEXT)
        body = self.text[head.end() : max(end, head.end())].removesuffix("\r")
        self.at = end + 3
        if quote == '"':
            if _EXPANSION.search(body):
                raise ParseError("Variables cannot be used.")
            body = re.sub(r"`(.)", lambda m: _ESCAPES.get(m.group(1), m.group(1)), body, flags=re.S)
        return body


def number_of(text: str) -> Any:
    """The number that a bareword is, else the word itself.

    A number whose text would be lost (``0x10``, ``1kb``, ``007``) keeps it, so that a text parameter gets it
    back.
    """
    if text[:1] not in "+-.0123456789":
        return text
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > 64:
        return text
    sign, hexadecimal, whole, fraction, exponent, point, point_exponent, size = match.groups()
    value: int | float
    if hexadecimal:
        value = int(hexadecimal, 16)
    elif fraction is None and exponent is None and point is None:
        value = int(whole)
    else:
        value = float((whole or "") + (fraction or "") + (point or "") + (exponent or point_exponent or ""))
    if value in (float("inf"),):
        return text
    value *= _SIZES[size[0].lower()] if size else 1
    if sign == "-":
        value = -value
    return value if str(value) == text else PSObject((), to_string=text, value=value)
