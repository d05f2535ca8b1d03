"""The parser of the restricted language: commands, parameters and constants, and nothing that could run.

It is what PowerShell calls NoLanguage, a little widened: pipelines and several statements are understood as
text too. Variables, expressions, script blocks, operators, redirection and keywords are refused, never
evaluated.
"""

from __future__ import annotations

from typing import Any

from psprovider.endpoint.requests import Argument, Command

from .lexer import MAX_COMMANDS, MAX_DEPTH, Incomplete, Lexer, ParseError

_KEYWORDS = frozenset(
    (
        *("assembly", "begin", "break", "catch", "class", "clean", "configuration", "continue", "data"),
        *("define", "do", "dynamicparam", "else", "elseif", "end", "enum", "filter", "finally", "for"),
        *(
            "foreach",
            "function",
            "hidden",
            "if",
            "inlinescript",
            "interface",
            "namespace",
            "parallel",
            "param",
        ),
        *(
            "process",
            "return",
            "sequence",
            "static",
            "switch",
            "throw",
            "trap",
            "try",
            "until",
            "using",
            "var",
        ),
        *("while", "workflow"),
    )
)

Pipeline = tuple[Command, ...]


def parse(text: str) -> tuple[Pipeline, ...]:
    """The statements of a text, each a chain of commands.

    Raises:
        Incomplete: the text would be right if it went on.
        ParseError: it is more than this language knows, or too long.
    """
    return _Parser(text).statements()


class _Parser:
    def __init__(self, text: str) -> None:
        self._lexer = Lexer(text)
        self._commands = 0

    def statements(self) -> tuple[Pipeline, ...]:
        found: list[Pipeline] = []
        lexer = self._lexer
        while True:
            lexer.skip_space(lines=True)
            if not lexer.next:
                return tuple(found)
            if lexer.next == ";":
                lexer.at += 1
                continue
            found.append(self._pipeline())
            if lexer.next not in ("", ";", "\r", "\n"):
                raise ParseError("Something follows that has no place here.")

    def _pipeline(self) -> Pipeline:
        commands = [self._command(first=True)]
        lexer = self._lexer
        while True:
            lexer.skip_space()
            if lexer.next != "|":
                if lexer.next == "&":
                    raise ParseError("Commands cannot be run in the background.")
                return tuple(commands)
            lexer.at += 1
            if lexer.next == "|":
                raise ParseError("Statements cannot be chained.")
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("An empty pipe element is not allowed.", "EmptyPipeElement")
            commands.append(self._command(first=False))

    def _command(self, first: bool) -> Command:
        self._commands += 1
        if self._commands > MAX_COMMANDS:
            raise ParseError("There are too many commands.")
        name = self._name(first)
        arguments: list[Argument] = []
        lexer = self._lexer
        values_only = False
        while True:
            lexer.skip_space()
            if lexer.next in ("", ";", "|", "\r", "\n", "&"):
                return Command(name, arguments=tuple(arguments))
            if not values_only and lexer.end_of_parameters():
                values_only = True
                continue
            parameter = None if values_only else lexer.parameter()
            if parameter is None:
                arguments.append(Argument(None, self._value()))
            elif parameter[1]:
                lexer.skip_space()
                if lexer.next in ("", ";", "|", "\r", "\n"):
                    raise ParseError("A parameter has no value.")
                arguments.append(Argument(f"-{parameter[0]}:", self._value()))
            else:
                arguments.append(Argument(f"-{parameter[0]}", None))

    def _name(self, first: bool) -> str:
        lexer = self._lexer
        if (
            lexer.quoted
            or lexer.next in ("[", "(", "@", "$", "&", "{", "}", ")", "!", ",", "+")
            or lexer.starts("--")
        ):
            raise ParseError("A statement begins with a command.")
        word = lexer.word()
        if not isinstance(word, str) or word in ("", ".", "-"):
            raise ParseError("A statement begins with a command.")
        if word.lower() in _KEYWORDS and (first or word.lower() != "foreach"):
            raise ParseError("Keywords cannot be used.")
        if lexer.next in ("(", "{", "<", ">", ",") and lexer.next:
            raise ParseError("A command's name ends oddly.")
        return word

    def _value(self) -> Any:
        """One argument: a constant, or several joined by commas."""
        items = [self._constant(0)]
        lexer = self._lexer
        while True:
            mark = lexer.at
            lexer.skip_space()
            if lexer.next != ",":
                lexer.at = mark
                return items[0] if len(items) == 1 else items
            lexer.at += 1
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("A list goes on.")
            items.append(self._constant(0))

    def _constant(self, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ParseError("The text is nested too deeply.")
        lexer = self._lexer
        if lexer.starts("@("):
            return self._array(depth)
        if lexer.starts("@{"):
            return self._table(depth)
        if lexer.next in ("(", "{", "}", ")", "<", ">") and lexer.next:
            raise ParseError("Expressions cannot be used.")
        return lexer.word()

    def _array(self, depth: int) -> list[Any]:
        lexer = self._lexer
        lexer.at += 2
        items: list[Any] = []
        while True:
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("A list is not closed.")
            if lexer.next == ")":
                lexer.at += 1
                return items
            if items and lexer.next in (",", ";"):
                lexer.at += 1
                lexer.skip_space(lines=True)
                if not lexer.next:
                    raise Incomplete("A list is not closed.")
                if lexer.next == ")":
                    continue
            items.append(self._literal(depth + 1))

    def _table(self, depth: int) -> dict[Any, Any]:
        lexer = self._lexer
        lexer.at += 2
        table: dict[Any, Any] = {}
        while True:
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("A table is not closed.")
            if lexer.next == "}":
                lexer.at += 1
                return table
            if lexer.next == ";":
                lexer.at += 1
                continue
            key = self._key()
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("A table is not closed.")
            if lexer.next != "=":
                raise ParseError("A key has no value.")
            lexer.at += 1
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("A table is not closed.")
            table[key] = self._listed(depth + 1)

    def _key(self) -> Any:
        lexer = self._lexer
        start = lexer.at
        if lexer.quoted:
            return lexer.word()
        while lexer.next and (lexer.next.isalnum() or lexer.next in "_-."):
            lexer.at += 1
        if lexer.at == start:
            raise ParseError("A table's key is not a word.")
        return lexer.text[start : lexer.at]

    def _listed(self, depth: int) -> Any:
        items = [self._literal(depth)]
        lexer = self._lexer
        while True:
            lexer.skip_space()
            if lexer.next != ",":
                return items[0] if len(items) == 1 else items
            lexer.at += 1
            lexer.skip_space(lines=True)
            if not lexer.next:
                raise Incomplete("A list goes on.")
            items.append(self._literal(depth))

    def _literal(self, depth: int) -> Any:
        """A constant where PowerShell expects an expression: a bareword there would be a command."""
        quoted = self._lexer.quoted or self._lexer.next in ("@", "$")
        value = self._constant(depth)
        if isinstance(value, str) and not quoted:
            raise ParseError("A text must stand in quotes here.")
        return value
