"""What makes a declaration wrong, told in a sentence when it is made and not by a door that trips over it."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Struct

from jams.objects.base import Document
from jams.objects.patch import version_member

from .model import Follow, Input, Operation

_SOAP = re.compile(r"[A-Z][A-Za-z0-9]*")
_CMDLET = re.compile(r"[A-Z][a-z]+-JAMS[A-Z][A-Za-z0-9]*")
_COMMAND = re.compile(r"[a-z]+(-[a-z]+)*")
_PATH = re.compile(r"(/([a-z]+|\{\w+\}))+", re.IGNORECASE)
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_SHOWN = (Struct, str, bool, int, float, date)
"""What an answer, or each of a list, can be at every door."""


class WrongDeclaration(ValueError):
    """An operation was declared in a way that no door could carry; the message says what to change."""


def check(operation: Operation) -> None:
    """See that a declaration makes sense by itself.

    Raises:
        WrongDeclaration: it does not; all that is wrong is said.
    """
    wrong = [
        *_names(operation),
        *_routes(operation),
        *_words(operation),
        *_permission(operation),
        *_inputs(operation),
        *_answer(operation),
        *_binding(operation),
    ]
    if wrong:
        raise WrongDeclaration("\n".join(f"{operation.name}: {sentence}" for sentence in wrong))


def claims(operation: Operation) -> dict[tuple[str, Any], Operation]:
    """What an operation takes for itself at the doors, by which it is told apart from all others."""
    taken: list[tuple[str, Any]] = [
        ("name", operation.name),
        ("command", operation.command),
        ("SOAP name", (operation.service, operation.soap_name)),
        ("cmdlet and parameter set", (operation.cmdlet, operation.binding.set)),
        *((f"route {shape}", None) for shape in sorted(_shapes(operation))),
    ]
    return dict.fromkeys(taken, operation)


def check_apart(
    wanted: Mapping[tuple[str, Any], Operation], taken: Mapping[tuple[str, Any], Operation]
) -> None:
    """See that an operation claims nothing that another one has. Raises WrongDeclaration."""
    shared = [claim for claim in wanted if claim in taken]
    if shared:
        operation, other = wanted[shared[0]], taken[shared[0]]
        told = " and the ".join(what for what, _ in shared)
        raise WrongDeclaration(f"{operation.name} and {other.name} share the {told}.")


def members(struct: Any) -> tuple[str, ...]:
    """The wire names of the members of a struct; none of anything else."""
    whole = isinstance(struct, type) and issubclass(struct, Struct)
    return struct.__struct_encode_fields__ if whole else ()


def listed(operation: Operation) -> Any:
    """What a result is a list or page of, or else the result itself."""
    held = operation.page or operation.feed or operation.making
    if held is not None:
        fields = typing.get_type_hints(operation.result)
        items = [
            fields[f.name] for f in msgspec.structs.fields(operation.result) if f.encode_name == held.items
        ]
        return next((kind for each in items for kind in typing.get_args(each)), None)
    return typing.get_args(operation.result)[0] if operation.lists else operation.result


_JAVA_WORDS = frozenset({
    "abstract", "assert", "break", "case", "catch", "class", "continue", "default", "do", "else", "enum",
    "extends", "final", "finally", "for", "goto", "if", "implements", "import", "instanceof", "interface",
    "native", "new", "package", "private", "protected", "public", "return", "static", "super", "switch",
    "synchronized", "this", "throw", "throws", "transient", "try", "void", "volatile", "while",
})  # fmt: skip
"""wsimport makes methods of operations, their first letter small, and refuses a WSDL for one of these."""


def _names(operation: Operation) -> Iterator[str]:
    for what, name in (("service", operation.service), ("operation", operation.soap_name)):
        if not _SOAP.fullmatch(name):
            yield f'soap is "Service.Operation" in PascalCase; the {what} is {name!r}.'
    if operation.soap_name.lower() in _JAVA_WORDS:
        yield f"the SOAP operation {operation.soap_name} would be a method with the name of a word of Java."
    if not _CMDLET.fullmatch(operation.cmdlet):
        yield f'cmdlet is "Verb-JAMSNoun", not {operation.cmdlet!r}.'
    if not _COMMAND.fullmatch(operation.command):
        yield f"command is words in small letters joined by hyphens, not {operation.command!r}."


def _routes(operation: Operation) -> Iterator[str]:
    if not operation.routes:
        yield "rest names no address."
    for route in operation.routes:
        address = f"{route.verb} {route.path}"
        if route.verb not in _VERBS or not _PATH.fullmatch(route.path):
            yield f'rest is "VERB /words/{{input}}?query", not {address!r}.'
        if operation.body is not None and route.verb == "GET":
            yield f"{address} cannot carry the body {operation.body.name!r}."
        if operation.created and route.verb != "POST":
            yield f"created is the answer of a POST, not of {address}."
    carried = {name for route in operation.routes for name in (*route.query, *_in_path(route.path))}
    for item in operation.inputs:
        if item.place in ("path", "query") and item.wire not in carried:
            yield f"no route carries the input {item.name!r}; name {item.wire!r} after a '?'."
        if item.place == "path" and item.required and len(operation.routes) > 1:
            lacking = [r.path for r in operation.routes if item.wire not in (*r.query, *_in_path(r.path))]
            if lacking:
                yield f"the input {item.name!r} must be given, and {lacking[0]} cannot."
    if operation.retry_key and not operation.changes:
        yield "retry_key is for operations that change something."
    if operation.versioned and not operation.changes:
        yield "versioned is for operations that change something."


def _words(operation: Operation) -> Iterator[str]:
    if not operation.summary:
        yield "its docstring has to say in the first line what it does."
    elif not operation.summary.endswith("."):
        yield "the first line of its docstring is a sentence, with a full stop."
    for item in operation.inputs:
        if not item.description:
            where = "Args of the docstring" if item.parameter == item.name else "its Meta(description=...)"
            yield f"{where} has to say what {item.name!r} means."


def _permission(operation: Operation) -> Iterator[str]:
    right = operation.right
    if right is None:
        if operation.changes and operation.session is None:
            yield "it changes something, so it needs a right; None would let anybody in."
    elif not all(isinstance(getattr(right, part, None), str) for part in ("area", "access")):
        yield f"right is one of jams/security/rights.py or None, not {right!r}."


def _inputs(operation: Operation) -> Iterator[str]:
    inputs = {item.name: item for item in operation.inputs}
    both = [*inputs, *_document_members(operation)]
    if len(inputs) < len(operation.inputs):
        names = [item.name for item in operation.inputs]
        yield f"two of its inputs are called {_told([name for name in inputs if names.count(name) > 1])}."
    yield from _unknown("key", operation.key, inputs)
    yield from _unknown("positional", [n for n in operation.positional if n not in operation.key], inputs)
    yield from _unknown("pipeline", operation.pipeline, inputs)
    yield from _unknown("offers", operation.offers, both)
    yield from _unknown("aliases", operation.aliases, both)
    yield from _keys([inputs[name] for name in operation.key if name in inputs])
    yield from _positions(operation, operation.positional)
    yield from _aliases(operation)
    if operation.document is not None:
        yield from _document(operation, operation.document)


def _document(operation: Operation, document: type[Document]) -> Iterator[str]:
    name, versioned = document.__name__, version_member(document) is not None
    if operation.patches:
        if not operation.key:
            yield "it changes members of one object, so it needs a key that names it."
        if not versioned:
            yield f"a {name} that is changed needs a member that is its Version."
    elif operation.key:
        yield "a document that travels whole names its object itself, so there is no key."
    elif versioned and not operation.created:
        yield f"a {name} has a version, so what changes it takes Patch[{name}]."


def _keys(keys: list[Input]) -> Iterator[str]:
    kinds: dict[bool, str] = {}
    for item in keys:
        number = int in _alternatives(item.type)
        if number in kinds:
            both = f"{kinds[number]!r} and {item.name!r} are both {'numbers' if number else 'names'}"
            yield f"of its keys, {both}; a value has to tell which is meant."
        kinds[number] = item.name
        if len(keys) > 1 and item.required:
            yield f"one of its keys names the object, so {item.name!r} needs a default."


def _positions(operation: Operation, names: Collection[str]) -> Iterator[str]:
    optional = None
    for item in [item for name in names for item in operation.inputs if item.name == name]:
        if item.required and optional is not None:
            yield f"positional has {item.name!r}, which must be given, after {optional!r}, which need not."
        if not item.required and item.name not in operation.key:
            optional = item.name
        if item.secret:
            yield f"positional has {item.name!r}, which is a secret and must not stand on a command line."


def _aliases(operation: Operation) -> Iterator[str]:
    # Where a document may name its object too, the key is not called by its name but given by position.
    named = [item for item in operation.inputs if not (operation.patches and item.name in operation.key)]
    taken = {item.name.replace("_", "").casefold(): item.name for item in named}
    for name, aliases in operation.aliases.items():
        for alias in aliases:
            owner = taken.setdefault(alias.replace("_", "").replace("-", "").casefold(), name)
            if owner != name:
                yield f"the alias {alias!r} of {name!r} already means {owner!r}."


def _answer(operation: Operation) -> Iterator[str]:
    inputs = [item.name for item in operation.inputs]
    page = operation.page
    found = members(operation.result)
    if page is not None:
        yield from _unknown("page", (page.skip, page.size), inputs)
        yield from _unknown("page", (page.items, page.total, page.link), found, "member of its answer")
        if page.items not in found:
            return
    feed = operation.feed
    if feed is not None:
        yield from _unknown("feed", (feed.cursor, feed.size, feed.wait), inputs)
        told = (feed.items, feed.next, feed.more, feed.anew, feed.view)
        yield from _unknown("feed", told, found, "member of its answer")
        if feed.items not in found:
            return
    making = operation.making
    if making is not None:
        yield from _unknown("making", (making.wait,), inputs)
        shown_by = (making.state, making.progress, making.items, making.notes)
        yield from _unknown("making", shown_by, found, "member of its answer")
        if making.items not in found:
            return
    kind = listed(operation)
    if not all(isinstance(one, type) and issubclass(one, _SHOWN) for one in _alternatives(kind)):
        yield f"it answers with {operation.result}, not a struct, a plain value, or a list of either."
        return
    yield from _unknown("columns", operation.columns, members(kind), "member of what it answers")
    failing = () if operation.failing is None else (operation.failing,)
    yield from _unknown("failing", failing, members(kind), "member of what it answers")
    if failing and not operation.lists:
        yield "failing is for operations that answer with a list."
    text = () if operation.text is None else (operation.text,)
    yield from _unknown("text", text, found, "member of its answer")
    ending, pieces, starts = operation.ending, operation.pieces, operation.starts
    if ending is not None:
        shown = (ending.state, ending.severity, ending.reason)
        yield from _unknown("ending", shown, found, "member of its answer")
        yield from _unknown("ending", (ending.wait,), inputs)
    if pieces is not None:
        hint = "follow" if isinstance(pieces, Follow) else "pieces"
        told_by = (pieces.next, pieces.done, pieces.text, pieces.size)
        yield from _unknown(hint, told_by, found, "member of its answer")
        asked = (pieces.cursor, pieces.single, *((pieces.wait,) if isinstance(pieces, Follow) else ()))
        yield from _unknown(hint, asked, inputs)
    if starts is not None:
        yield from _unknown("starts", (starts.number,), [*inputs, *found], "input or member of its answer")


def _binding(operation: Operation) -> Iterator[str]:
    binding = operation.binding
    inputs = {item.name: item for item in operation.inputs}
    inside = _document_members(operation)
    results = members(listed(operation))
    yield from _unknown("binding.names", binding.names, [*inputs, *inside])
    yield from _unknown("binding.positional", binding.positional or (), inputs)
    yield from _unknown("binding.objects", binding.objects, inputs)
    yield from _unknown("binding.words", binding.words, inputs)
    yield from _unknown("binding.path", binding.path, inside, "member of its document")
    yield from _unknown("binding.beside", binding.beside.values(), inside, "member of its document")
    yield from _positions(operation, binding.positional or ())
    for item in binding.objects:
        if item not in operation.pipeline:
            yield f"binding.objects fills {item!r} from a property that pipeline has to name."
    if binding.pattern is not None:
        known = [*inputs, *results]
        yield from _unknown("binding.pattern", (binding.pattern,), known, "input or member of a result")
        if not operation.lists:
            yield "binding.pattern is for operations that list."
    if binding.folder is not None:
        yield from _unknown("binding.folder", (binding.folder,), inputs)
    if binding.lookup is not None and not operation.key:
        yield "binding.lookup finds the objects that a key names, and there is no key."
    if binding.value is not None:
        yield from _unknown("binding.value", (binding.value,), results, "member of its answer")
    elif binding.value_switch is not None:
        yield "binding.value_switch asks for binding.value, which is not told."
    if binding.whole and not (operation.body and operation.body.document):
        yield "binding.whole is for operations that take a document."
    if binding.container is not None and not operation.lists:
        yield "binding.container is for operations that list."
    bound = operation.bound
    if bound is not None:
        yield from _unknown("bound", filter(None, (bound.limit, bound.cursor)), inputs)
        yield from _unknown("bound", filter(None, (bound.member,)), results, "member of a result")
        if not operation.lists or (bound.cursor is None) != (bound.member is None):
            yield "bound is for operations that list; its cursor takes a member of what is listed."
    if binding.variables is not None:
        yield from _unknown("binding.variables", (binding.variables.input,), inputs)
    if binding.content and operation.text is None and operation.result is not str:
        yield "binding.content is for operations that answer with a text."


def _unknown(hint: str, names: Iterable[str], known: Collection[str], what: str = "input") -> Iterator[str]:
    lacking = [name for name in names if name not in known]
    if lacking:
        told = f"there are {_told(known)}" if known else "there are none"
        yield f"{hint} names {_told(lacking)}, which is no {what}; {told}."


def _told(names: Collection[str]) -> str:
    return ", ".join(repr(name) for name in names)


def _document_members(operation: Operation) -> tuple[str, ...]:
    """The members of the document that travels whole, by Python name."""
    whole = operation.body is not None and operation.body.document and operation.body_type
    return operation.body_type.__struct_fields__ if whole and operation.body_type else ()


def _in_path(path: str) -> list[str]:
    return re.findall(r"{(\w+)}", path)


def _shapes(operation: Operation) -> set[str]:
    """Its addresses as they are told apart: words in any case, names between them, and what is needed."""
    shapes = set()
    for route in operation.routes:
        needed = ",".join(sorted(operation.needed(route)))
        path = re.sub(r"{.*?}", "{}", route.path).casefold()
        shapes.add(f"{route.verb} {path}{needed and '?'}{needed}")
    return shapes


def _alternatives(kind: Any) -> list[Any]:
    """The types that a declared type allows, without what else was said of them."""
    if typing.get_origin(kind) is Annotated:
        return _alternatives(typing.get_args(kind)[0])
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        return [one for each in typing.get_args(kind) for one in _alternatives(each)]
    return [kind]
