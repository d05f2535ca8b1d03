"""A wrong declaration is refused when it is made, in a sentence that says what to change."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from msgspec import Meta

from jams.objects.base import Arguments, Count, Document, EntryNumber, Fact, Name, ObjectId, Seconds
from jams.objects.patch import Patch, Version
from jams.operations import Catalogue, operation
from jams.operations.catalogue import (
    Binding,
    Bound,
    Ending,
    Follow,
    Message,
    Offer,
    Page,
    Pieces,
    Start,
    Variables,
    WrongDeclaration,
)
from jams.operations.context import Context
from jams.security.rights import Monitor
from tests.support.catalogues import copied

Told = Annotated[str, Meta(description="Something.")]


class Words(Arguments, frozen=True, kw_only=True):
    """Some words."""

    comment: Told = ""
    password: Annotated[str, Meta(description="A secret.", extra={"secret": True})] = ""


class Thing(Document, kw_only=True):
    """A thing."""

    thing_name: Name
    size: int = 0


class Kept(Document, kw_only=True):
    """A thing that has a version."""

    kept_name: Name
    version: Version = None


class Piece(Fact, frozen=True, kw_only=True):
    """A piece of text."""

    text: str
    next_offset: Count
    size: Count
    complete: bool


class Things(Fact, frozen=True, kw_only=True):
    """A page of things."""

    items: list[Thing]
    count: Count
    link: str | None = None


def declare(function: Any, catalogue: Catalogue | None = None, **hints: Any) -> Catalogue:
    """Declare ``function`` as an operation with nothing wrong but what ``hints`` say."""
    found = Catalogue() if catalogue is None else catalogue
    said: dict[str, Any] = {
        "right": Monitor.MANAGE,
        "rest": "PUT /dummy/{id}/poke",
        "soap": "Dummy.Poke",
        "cmdlet": "Invoke-JAMSDummy",
        "command": "poke",
    }
    operation(**{**said, **hints}, catalogue=found)(function)
    return found


def poke(context: Context, id: EntryNumber, body: Words) -> Message:
    """Poke an entry.

    Args:
        id: the entry.
    """
    return ""


def find(
    context: Context, name: Name = "", limit: Count = 10, start: Told = "", id: ObjectId = 1
) -> list[Thing]:
    """Find things.

    Args:
        name: a name.
        limit: how many.
        start: from where.
        id: a number.
    """
    return []


def change(context: Context, thing: Thing) -> Message:
    """Change a thing.

    Args:
        thing: the thing.
    """
    return ""


def replace(context: Context, kept: Kept) -> Message:
    """Put a thing in the place of one.

    Args:
        kept: the thing.
    """
    return ""


def patch(context: Context, thing: Patch[Thing], id: ObjectId | None = None) -> Message:
    """Change what is named in a thing.

    Args:
        thing: what shall be otherwise.
        id: the thing.
    """
    return ""


def read(context: Context, id: EntryNumber, offset: Count = 0, one: bool = False, wait: Seconds = 0) -> Piece:
    """Read a text.

    Args:
        id: the text.
        offset: where to begin.
        one: whether one piece is enough.
        wait: how long to wait.
    """
    raise NotImplementedError


def page(context: Context, skip: Count = 0, top: Count = 10) -> Things:
    """Show a page.

    Args:
        skip: how many to pass over.
        top: how many at most.
    """
    raise NotImplementedError


FIND = {"rest": "GET /dummy"}
CHANGE = {"rest": "PUT /dummy"}
PATCH = {"rest": "PUT /dummy", "key": ("id",)}
READ = {"rest": "GET /dummy/{id}/text"}
PAGE = {"rest": "GET /dummy"}
PIECES = {"cursor": "offset", "next": "nextOffset", "done": "complete", "text": "text", "size": "size",
          "single": "one"}  # fmt: skip
PAGED = {"skip": "skip", "size": "top", "items": "items", "total": "count", "link": "link"}

WRONG: list[tuple[Any, dict[str, Any], str]] = [
    # The names it bears
    (poke, {"soap": "Poke"}, "soap is \"Service.Operation\" in PascalCase; the operation is ''."),
    (
        poke,
        {"soap": "Dummy.Switch"},
        "the SOAP operation Switch would be a method with the name of a word of Java.",
    ),
    (poke, {"soap": "dummy.Poke"}, "soap is \"Service.Operation\" in PascalCase; the service is 'dummy'."),
    (poke, {"cmdlet": "Poke-Dummy"}, "cmdlet is \"Verb-JAMSNoun\", not 'Poke-Dummy'."),
    (poke, {"command": "Poke It"}, "command is words in small letters joined by hyphens, not 'Poke It'."),
    # Its addresses
    (poke, {"rest": ()}, "rest names no address."),
    (poke, {"rest": "POKE /dummy/{id}"}, "rest is \"VERB /words/{input}?query\", not 'POKE /dummy/{id}'."),
    (poke, {"rest": "PUT dummy/{id}"}, "rest is \"VERB /words/{input}?query\", not 'PUT dummy/{id}'."),
    (poke, {"rest": "PUT /dummy/{idd}"}, "PUT /dummy/{idd} names no parameter: idd"),
    (poke, {"rest": "GET /dummy/{id}"}, "GET /dummy/{id} cannot carry the body 'body'."),
    (poke, {"created": True}, "created is the answer of a POST, not of PUT /dummy/{id}/poke."),
    (
        find,
        {"rest": "GET /dummy?name,limit,start"},
        "no route carries the input 'id'; name 'id' after a '?'.",
    ),
    (
        poke,
        {"rest": ("PUT /dummy/{id}", "PUT /dummy/any")},
        "the input 'id' must be given, and /dummy/any cannot.",
    ),
    (find, {**FIND, "retry_key": True}, "retry_key is for operations that change something."),
    (find, {**FIND, "versioned": True}, "versioned is for operations that change something."),
    # Who may
    (poke, {"right": None}, "it changes something, so it needs a right; None would let anybody in."),
    (poke, {"right": "Monitor"}, "right is one of jams/security/rights.py or None, not 'Monitor'."),
    # Inputs
    (poke, {"key": ("idd",)}, "key names 'idd', which is no input; there are 'id', 'comment', 'password'."),
    (poke, {"positional": ("id", "coment")}, "positional names 'coment', which is no input"),
    (poke, {"pipeline": {"Id": "JamsEntry"}}, "pipeline names 'Id', which is no input"),
    (
        poke,
        {"offers": {"entry": Offer("find_entries", "jamsEntry")}},
        "offers names 'entry', which is no input",
    ),
    (poke, {"aliases": {"remark": ("note",)}}, "aliases names 'remark', which is no input"),
    (
        poke,
        {"aliases": {"comment": ("Pass-Word",)}},
        "alias 'Pass-Word' of 'comment' already means 'password'.",
    ),
    (poke, {"key": ("id", "comment")}, "one of its keys names the object, so 'id' needs a default."),
    (find, {**FIND, "key": ("name", "start")}, "of its keys, 'name' and 'start' are both names"),
    (find, {**FIND, "key": ("id", "limit")}, "of its keys, 'id' and 'limit' are both numbers"),
    (poke, {"positional": ("comment", "id")}, "positional has 'id', which must be given, after 'comment'"),
    (poke, {"positional": ("id", "password")}, "positional has 'password', which is a secret"),
    (patch, {**PATCH, "key": ()}, "it changes members of one object, so it needs a key that names it."),
    (patch, PATCH, "a Thing that is changed needs a member that is its Version."),
    (replace, CHANGE, "a Kept has a version, so what changes it takes Patch[Kept]."),
    # The answer
    (
        find,
        {**FIND, "columns": ("thingNam",)},
        "columns names 'thingNam', which is no member of what it answers",
    ),
    (
        read,
        {**READ, "text": "words"},
        "text names 'words', which is no member of its answer; there are 'text',",
    ),
    (
        read,
        {**READ, "pieces": Pieces(**{**PIECES, "cursor": "from"})},
        "pieces names 'from', which is no input",
    ),
    (
        read,
        {**READ, "follow": Follow(**{**PIECES, "next": "offset"}, wait="wait", until="x")},
        "follow names 'offset', which is no member of its answer",
    ),
    (
        read,
        {**READ, "ending": Ending("text", "End", "severity", "text", "wait")},
        "ending names 'severity', which is no member of its answer",
    ),
    (read, {**READ, "ending": Ending("text", "End", "text", "text", "timeout")}, "ending names 'timeout'"),
    (page, {**PAGE, "page": Page(**{**PAGED, "items": "things"})}, "page names 'things', which is no member"),
    (page, {**PAGE, "page": Page(**{**PAGED, "size": "limit"})}, "page names 'limit', which is no input"),
    (page, {**PAGE, "page": Page(**PAGED), "columns": ("count",)}, "columns names 'count'"),
    (
        poke,
        {"starts": Start(number="entry", wait="w", log="l")},
        "starts names 'entry', which is no input or",
    ),
    # The cmdlet
    (poke, {"binding": Binding(names={"idd": "Entry"})}, "binding.names names 'idd', which is no input"),
    (poke, {"binding": Binding(positional=("text",))}, "binding.positional names 'text', which is no input"),
    (
        poke,
        {"binding": Binding(objects={"id": ("InputJob", "Job")})},
        "a property that pipeline has to name.",
    ),
    (poke, {"binding": Binding(words={"state": {}})}, "binding.words names 'state', which is no input"),
    (change, {**CHANGE, "binding": Binding(path=("name",))}, "binding.path names 'name', which is no member"),
    (poke, {"binding": Binding(pattern="id")}, "binding.pattern is for operations that list."),
    (find, {**FIND, "binding": Binding(pattern="nam")}, "binding.pattern names 'nam', which is no input or"),
    (poke, {"binding": Binding(folder="folder")}, "binding.folder names 'folder', which is no input"),
    (
        poke,
        {"binding": Binding(lookup=Offer("find_entries", "jamsEntry"))},
        "binding.lookup finds the objects that a key names, and there is no key.",
    ),
    (find, {**FIND, "binding": Binding(value="weight")}, "binding.value names 'weight', which is no member"),
    (
        find,
        {**FIND, "binding": Binding(value_switch="Only")},
        "value_switch asks for binding.value, which is not",
    ),
    (poke, {"binding": Binding(whole=True)}, "binding.whole is for operations that take a document."),
    (poke, {"binding": Binding(container="Pokes")}, "binding.container is for operations that list."),
    (find, {**FIND, "bound": Bound("most")}, "bound names 'most', which is no input"),
    (find, {**FIND, "bound": Bound("start", "start", "weight")}, "bound names 'weight', which is no member"),
    (find, {**FIND, "bound": Bound("start", "start")}, "its cursor takes a member of what is listed"),
    (
        poke,
        {"binding": Binding(variables=Variables("values", "o", "m", "n"))},
        "binding.variables names 'values'",
    ),
    (poke, {"binding": Binding(content=True)}, "binding.content is for operations that answer with a text."),
]


@pytest.mark.parametrize(
    ("function", "hints", "sentence"), WRONG, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_hint_that_does_not_fit_is_refused(function: Any, hints: dict[str, Any], sentence: str) -> None:
    catalogue = Catalogue()
    with pytest.raises(ValueError) as refused:
        declare(function, catalogue, **hints)
    assert sentence in str(refused.value)
    assert len(catalogue) == 0


@pytest.mark.parametrize(
    ("function", "hints"), [(poke, {}), (find, FIND), (change, CHANGE), (read, READ), (page, PAGE)]
)
def test_nothing_else_is_wrong_with_them(function: Any, hints: dict[str, Any]) -> None:
    assert len(declare(function, **hints)) == 1


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(WrongDeclaration) as refused:
        declare(poke, key=("a",), command="A", soap="B")
    assert [line.partition(" ")[0] for line in str(refused.value).splitlines()] == ["poke:"] * 3


def test_words_that_are_missing_are_asked_for() -> None:
    def silent(context: Context, id: EntryNumber, body: Words) -> Message:
        return ""

    def unfinished(context: Context, id: EntryNumber) -> Message:
        """Poke an entry"""
        return ""

    with pytest.raises(WrongDeclaration) as refused:
        declare(silent)
    assert "its docstring has to say in the first line what it does." in str(refused.value)
    assert "Args of the docstring has to say what 'id' means." in str(refused.value)
    with pytest.raises(WrongDeclaration, match="the first line of its docstring is a sentence"):
        declare(unfinished)


def test_words_about_nothing_are_refused() -> None:
    def mistaken(context: Context, id: EntryNumber) -> Message:
        """Poke an entry.

        Args:
            id: the entry.
            idd: the entry.
        """
        return ""

    with pytest.raises(WrongDeclaration, match="Args of the docstring tells of 'idd', which is no parameter"):
        declare(mistaken)


def test_a_signature_has_to_say_everything() -> None:
    def no_answer(context: Context, id: EntryNumber):  # type: ignore[no-untyped-def]
        """Poke."""

    def no_type(context: Context, id) -> Message:  # type: ignore[no-untyped-def]
        """Poke."""
        return ""

    def two_bodies(context: Context, body: Words, more: Words) -> Message:
        """Poke."""
        return ""

    def unfit(context: Context, id: EntryNumber) -> dict[str, int]:
        """Poke.

        Args:
            id: the entry.
        """
        return {}

    with pytest.raises(WrongDeclaration, match="no_answer: its signature has to say what it answers"):
        declare(no_answer)
    with pytest.raises(WrongDeclaration, match="no_type: its signature has to say the type of 'id'"):
        declare(no_type)
    with pytest.raises(WrongDeclaration, match="two_bodies: it has two bodies, 'body' and 'more'"):
        declare(two_bodies)
    with pytest.raises(WrongDeclaration, match="not a struct, a plain value, or a list of either"):
        declare(unfit)


def test_the_names_of_inputs_are_its_own() -> None:
    class Twice(Arguments, frozen=True, kw_only=True):
        """A number twice."""

        id: Annotated[int, Meta(description="A number.")]

    def twice(context: Context, id: EntryNumber, body: Twice) -> Message:
        """Poke.

        Args:
            id: the entry.
        """
        return ""

    twice.__annotations__["body"] = Twice
    with pytest.raises(WrongDeclaration, match="two of its inputs are called 'id'"):
        declare(twice)


@pytest.mark.parametrize(
    ("hints", "shared"),
    [
        ({"soap": "A.B", "cmdlet": "Get-JAMSA", "command": "a", "rest": "PUT /a/{id}"}, "name"),
        ({"name": "b", "soap": "A.B", "cmdlet": "Get-JAMSA", "rest": "PUT /a/{id}"}, "command"),
        ({"name": "b", "cmdlet": "Get-JAMSA", "command": "a", "rest": "PUT /a/{id}"}, "SOAP name"),
        ({"name": "b", "soap": "A.B", "command": "a", "rest": "PUT /a/{id}"}, "cmdlet and parameter set"),
        ({"name": "b", "soap": "A.B", "cmdlet": "Get-JAMSA", "command": "a", "rest": "PUT /Dummy/{id}/poke"},
         "route PUT /dummy/{}/poke"),
    ],
)  # fmt: skip
def test_what_another_bears_is_taken(hints: dict[str, Any], shared: str) -> None:
    catalogue = declare(poke)

    def other(context: Context, id: EntryNumber) -> Message:
        """Poke.

        Args:
            id: the entry.
        """
        return ""

    other.__name__ = hints.pop("name", "poke")
    with pytest.raises(WrongDeclaration, match=f"and poke share the {shared}".replace("{}", r"\{\}")):
        declare(other, catalogue, **hints)


REFERENCES: list[tuple[Any, dict[str, Any], str]] = [
    (poke, {"binding": Binding(shows="get_entri")}, "binding.shows names 'get_entri', which is no operation"),
    (change, {**CHANGE, "binding": Binding(shows="get_entry")}, "binding.path has to make it."),
    (
        poke,
        {"offers": {"id": Offer("get_entry", "jamsEntry")}},
        "looks in 'get_entry', which is no operation that",
    ),
    (
        poke,
        {"offers": {"id": Offer("find_entries", "number")}},
        "takes 'number', which find_entries does not list",
    ),
    (
        poke,
        {"offers": {"id": Offer("find_jobs", "jobID", within="x")}},
        "'x', which is no input of find_jobs.",
    ),
    (
        poke,
        {"key": ("id",), "binding": Binding(lookup=Offer("list_workdays", "date"))},
        "binding.lookup looks in 'list_workdays', which has no binding.pattern.",
    ),
    (
        poke,
        {"starts": Start("id", "get_entry", "get_entry_log")},
        "starts.wait names 'get_entry', which is no op",
    ),
    (
        poke,
        {"starts": Start("id", "wait_for_entry", "get_entry")},
        "starts.log names 'get_entry', which is no op",
    ),
    (
        poke,
        {"starts": Start("id", "wait_for_entry", "get_entry_log", "no")},
        "starts.input is 'no', which is no",
    ),
    (
        read,
        {**READ, "follow": Follow(**PIECES, wait="wait", until="get_entry")},
        "follow.until names 'get_entry', which is no operation with ending.",
    ),
    (
        poke,
        {"binding": Binding(variables=Variables("comment", "get_submit_info", "params", "paramName"))},
        "binding.variables takes 'params' of 'get_submit_info', which does not give it.",
    ),
]


@pytest.mark.parametrize(
    ("function", "hints", "sentence"), REFERENCES, ids=lambda v: v if isinstance(v, str) else ""
)
def test_what_is_said_of_other_operations_has_to_be_so(
    function: Any, hints: dict[str, Any], sentence: str
) -> None:
    catalogue = declare(function, copied(), **hints)
    with pytest.raises(WrongDeclaration) as refused:
        catalogue.check()
    assert sentence in str(refused.value)


def test_errors_that_are_raised_exist() -> None:
    def fail(context: Context, id: EntryNumber) -> Message:
        """Poke an entry.

        Args:
            id: the entry.

        Raises:
            EntryNotFond: there is none.
        """
        return ""

    with pytest.raises(WrongDeclaration, match="Raises of its docstring names 'EntryNotFond'"):
        declare(fail).check()


def test_places_beside_a_name_that_is_looked_up_are_no_mistake() -> None:
    """A number and a word by position, and the number found by a name: all of it together."""
    catalogue = declare(
        poke,
        copied(),
        key=("id",),
        positional=("id", "comment"),
        binding=Binding(names={"id": "Entry"}, lookup=Offer("find_entries", "jamsEntry")),
    )
    catalogue.check()
