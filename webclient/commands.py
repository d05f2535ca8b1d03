"""The commands, as they were written down from the catalogue of operations.

Plain classes without ``dataclasses`` or ``typing``: those two alone would take as long to import as the whole
command has.
"""

from __future__ import annotations

import json
from functools import cache

from .places import packaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class Member:
    """An input of a command, or a member of a document or result.

    Attributes:
        name: Python name of the declaration; its words joined by hyphens are the option.
        wire: JSON name.
        kind: text, integer, number, boolean, time, date, enum, map, object or any.
        of: name of the enumeration or struct, for those kinds.
        many: whether it is a list of the kind.
        nullable: whether that list may be null.
        help: one sentence, or empty.
        place: where REST carries an input: path, query, body, or condition for a version (``If-Match``).
        required: whether it must be given.
        default: what the server takes if it is not given.
        secret: whether it must not stand on a command line.
        read_only: whether only the server writes it.
        long: whether it may be so long that one would rather keep it in a file.
        aliases: further names of the option.
        offer: where values can be looked up: operation, member and within; or None.
    """

    def __init__(self, described: dict[str, Any]) -> None:
        self.name: str = described["name"]
        self.wire: str = described["wire"]
        self.kind: str = described["kind"]
        self.of: str = described.get("of", "")
        self.many: bool = described.get("many", False)
        self.nullable: bool = described.get("nullable", False)
        self.help: str = described.get("help", "")
        self.place: str = described.get("place", "body")
        self.required: bool = described.get("required", False)
        self.default: Any = described.get("default")
        self.secret: bool = described.get("secret", False)
        self.read_only: bool = described.get("read_only", False)
        self.long: bool = described.get("long", False)
        self.aliases: list[str] = described.get("aliases", [])
        self.offer: dict[str, str] | None = described.get("offer")

    @property
    def option(self) -> str:
        """The long option: ``submitted_by`` → ``--submitted-by``."""
        return "--" + self.name.replace("_", "-")


CLEARED = "clear"
"""The input of commands that change a document: members that go back to what they are by themselves."""


class Command:
    """One operation as a command; attributes are the hints of its declaration (jams.operations.catalogue).

    Attributes:
        word: what is typed.
        operation: the operation's name.
        routes: verb, path and query names of each REST address.
        body: whether REST sends a body.
        document: the document that the body is, or None: ``wire``, ``of`` which struct, ``hints`` of its
            members; of one to be changed also the operation that gives it (``source``), and the wire names
            of its ``version`` and of members that can go back to what they are by themselves (``clears``).
        result: kind, of and many of the answer.
    """

    def __init__(self, word: str, described: dict[str, Any]) -> None:
        self.word = word
        self.operation: str = described["operation"]
        self.summary: str = described["summary"]
        self.description: str = described.get("description", "")
        self.service: str = described["service"]
        self.routes: list[tuple[str, str, list[str]]] = described["routes"]
        self.body: bool = described.get("body", False)
        self.document: dict[str, Any] | None = described.get("document")
        self.inputs = [Member(item) for item in described.get("inputs", ())]
        self.key: list[str] = described.get("key", [])
        self.positional: list[str] = described.get("positional", [])
        self.result: dict[str, Any] = described["result"]
        self.columns: list[str] = described.get("columns", [])
        self.whole: bool = described.get("whole", False)
        self.text: str | None = described.get("text")
        self.failing: str | None = described.get("failing")
        self.retry: bool = described.get("retry", False)
        self.pieces: dict[str, str] | None = described.get("pieces")
        self.follow: dict[str, str] | None = described.get("follow")
        self.feed: dict[str, str] | None = described.get("feed")
        self.making: dict[str, str] | None = described.get("making")
        self.ending: dict[str, str] | None = described.get("ending")
        self.starts: dict[str, str] | None = described.get("starts")
        self.bound: dict[str, Any] | None = described.get("bound")
        self.page: dict[str, str] | None = described.get("page")
        self.session: str | None = described.get("session")

    def input(self, name: str) -> Member:
        """The input of that Python name."""
        return next(item for item in self.inputs if item.name == name)

    def patience(self, values: dict[str, Any]) -> float:
        """For how many seconds the server may work at the answer, with these inputs; 0 where it does not."""
        told = next((item for item in self.inputs if item.name == "timeout" and item.kind == "number"), None)
        return 0.0 if told is None else float(values.get("timeout", told.default) or 0)

    @property
    def patches(self) -> bool:
        """Whether it changes a document that is there already."""
        return self.document is not None and "clears" in self.document

    @property
    def clearable(self) -> list[str]:
        """Wire names of the members that can go back to what they are by themselves."""
        return self.document["clears"] if self.document is not None and self.patches else []

    @property
    def template(self) -> str | None:
        """The operation that gives the document to begin with, where a new one is made from that.

        None where what is given by position says something else.
        """
        if self.patches or self.document is None or self.positional:
            return None
        return self.document.get("source")

    @property
    def path(self) -> list[str]:
        """The members of a new document that a path stands for: where it lies, if anywhere, and its name."""
        return self.document.get("path", []) if self.document is not None else []

    @property
    def reads(self) -> bool:
        """Whether it only reads, so that asking twice does no harm."""
        return all(verb == "GET" for verb, _, _ in self.routes)


def plural(noun: str) -> str:
    """``entry`` → ``entries``, ``job`` → ``jobs``."""
    if noun.endswith("history"):
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def singular(noun: str) -> str:
    """``entries`` → ``entry``, ``jobs`` → ``job``; a singular stays."""
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


class Commands:
    """All commands, and the types and errors that they speak of."""

    def __init__(self, described: dict[str, Any]) -> None:
        self.version: str = described["version"]
        self.kinds: dict[str, str] = described["errors"]
        self.enums: dict[str, list[str]] = described["enums"]
        self.parts: dict[str, dict[str, str]] = described.get("parts", {})
        self._properties: dict[str, dict[str, str]] = described.get("properties", {})
        self._types: dict[str, list[dict[str, Any]]] = described["types"]
        self._commands: dict[str, dict[str, Any]] = described["commands"]

    def __contains__(self, word: object) -> bool:
        return word in self._commands

    def __iter__(self) -> Iterator[str]:
        return iter(self._commands)

    def __getitem__(self, word: str) -> Command:
        return Command(word, self._commands[word])

    def word_of(self, first: str, second: str) -> str | None:
        """The command that two words name, noun and verb in either order: ``job create``, ``entry hold``.

        A plural will do for the noun, ``list`` for what lists, ``show`` for what shows one.
        """
        for noun, verb in ((first, second), (second, first)):
            for one in (noun, singular(noun)):
                if verb in ("show", "get", "list"):
                    word = plural(one) if verb == "list" else one
                    if word in self and one in self:
                        return word
                    continue
                operation = f"{verb}_{one}".replace("-", "_")
                named = (word for word, told in self._commands.items() if told["operation"] == operation)
                found = f"{verb}-{one}" if f"{verb}-{one}" in self else next(named, None)
                if found:
                    return found
        return None

    def verbs_of(self, noun: str) -> list[tuple[str, str]]:
        """What can be said after a noun, each with the summary of the command that it makes."""
        one = singular(noun)
        found = []
        for word, told in self._commands.items():
            verb, _, rest = told["operation"].partition("_")
            if one in (rest.replace("_", "-"), word.partition("-")[2]):
                said = verb if rest.replace("_", "-") == one else word.partition("-")[0]
                if self.word_of(noun, said) == word and said not in ("get", "list", "find"):
                    found.append((said, told["summary"]))
        return found

    def by_operation(self, name: str) -> Command:
        """The command of an operation."""
        return self[next(word for word, told in self._commands.items() if told["operation"] == name)]

    def reader_of(self, lists: str, member: str) -> Command | None:
        """The command that shows one of what an operation lists, by its number; None where there is none."""
        word = singular(self.by_operation(lists).word)
        if word not in self or not {"name", "id"} <= {*self[word].key}:
            return None
        found = self[word]
        return found if any(each.wire == member for each in self.members(found.result["of"])) else None

    def opening(self) -> Command:
        """The command that opens a session."""
        return self[next(word for word, told in self._commands.items() if told.get("session") == "opens")]

    def of_sign_on(self, hint: str) -> Command:
        """The command that ``offers`` a login by an issuer, or ``names`` whose a token is."""
        return self[next(word for word, told in self._commands.items() if told.get("signOn") == hint)]

    def by_service(self) -> dict[str, list[tuple[str, str]]]:
        """Word and summary of every command, by the family it belongs to."""
        families: dict[str, list[tuple[str, str]]] = {}
        for word, told in self._commands.items():
            families.setdefault(told["service"], []).append((word, told["summary"]))
        return families

    def properties(self, of: str) -> dict[str, str]:
        """The properties of a struct that the server obeys, each with its meaning."""
        return self._properties.get(of, {})

    def members(self, name: str) -> list[Member]:
        """The members of a struct, in order."""
        return [Member(item) for item in self._types.get(name, ())]

    def document_members(self, document: dict[str, Any]) -> list[Member]:
        """The members of a document that one may write, with the hints of the operation that takes it."""
        hints = document["hints"]
        return [
            Member({**item, **hints.get(item["name"], {})})
            for item in self._types[document["of"]]
            if not item.get("read_only")
        ]


@cache
def load_commands() -> Commands:
    """Read the generated file, once."""
    return Commands(json.loads(packaged("commands.json")))
