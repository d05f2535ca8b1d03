"""Declaring an operation: reads a typed function and its docstring into an entry of the catalogue."""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Annotated, Any, Literal

import msgspec
from docstring_parser import parse as parse_docstring
from msgspec import NODEFAULT, UNSET, Meta, Struct

from jams.objects.base import Arguments, Document, wire_name
from jams.objects.patch import Patch

from .catalogue import (
    CATALOGUE,
    Binding,
    Bound,
    Catalogue,
    Ending,
    Feed,
    Follow,
    Input,
    Making,
    Offer,
    Operation,
    Page,
    Pieces,
    Right,
    Route,
    Start,
    WrongDeclaration,
)
from .versioned import (
    CLEAR,
    LENIENCY,
    TOLD,
    VERSION,
    Template,
    is_patch,
    resolved,
    tells_what_is_not_obeyed,
    with_patches,
    without_unset,
)


def operation(
    *,
    right: Right | None,
    rest: str | tuple[str, ...],
    soap: str,
    cmdlet: str,
    command: str,
    key: tuple[str, ...] = (),
    positional: tuple[str, ...] | None = None,
    columns: tuple[str, ...] = (),
    whole: bool = False,
    follow: Follow | None = None,
    pieces: Pieces | None = None,
    page: Page | None = None,
    feed: Feed | None = None,
    making: Making | None = None,
    text: str | None = None,
    created: bool = False,
    changes: bool | None = None,
    failing: str | None = None,
    retry_key: bool = False,
    names: Mapping[str, str] | None = None,
    pipeline: Mapping[str, str] | None = None,
    aliases: Mapping[str, tuple[str, ...]] | None = None,
    ending: Ending | None = None,
    starts: Start | None = None,
    session: Literal["opens", "closes"] | None = None,
    settles: bool = False,
    sign_on: Literal["offers", "names"] | None = None,
    offers: Mapping[str, Offer] | None = None,
    binding: Binding | None = None,
    versioned: bool = False,
    line: tuple[str, ...] = (),
    bound: Bound | None = None,
    tolerates: Mapping[str, tuple[str, ...]] | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an operation and enter it in the catalogue.

    Args:
        right: what the caller must be allowed; None lets anybody in, even without a caller.
        rest: ``"VERB /path/{parameter}?query,query"`` with wire names, several where the interface has
            several. A lone route without ``?`` takes every remaining parameter as query. Operations may share
            a verb and path where they need different parameters of the query.
        soap: ``"Service.Operation"``.
        cmdlet: ``"Verb-JAMSNoun"``.
        command: the word on the command line.
        key: inputs of which one names the object (by number or by name): one positional argument on the
            command line, one parameter set each in PowerShell.
        positional: inputs that may be given by position; the key, if not told otherwise.
        columns: wire names of the result members that a table shows.
        whole: whether the last of them is shown whole, over several lines where it has to be.
        follow: how the result is followed while it grows; it comes in pieces as well.
        pieces: how the result is read in pieces, where it does not grow.
        page: how the result comes in pages.
        feed: how what happens is told to who listens.
        making: how a result that takes long to make is asked for until it is there.
        text: result member that REST sends as plain text unless JSON is asked for.
        created: whether REST answers 201.
        changes: whether it changes anything (and is audited); by default every verb but GET does.
        failing: member of each listed result that is an error document, where that one was refused; the
            command line then ends as it does for such an error.
        retry_key: whether REST honours ``Idempotency-Key`` on it.
        names: wire names that differ from the rule, by Python name (``filter`` → ``$filter``).
        pipeline: property of piped objects that fills an input, by Python name. Where the input has an offer,
            of the catalogue's own objects only those fill it that are what is offered, or tell it.
        aliases: further names of an input, by Python name; or of a document's member, by its Python name.
        ending: how the result tells that what was waited for has ended.
        starts: what the operation sets going.
        session: ``opens`` when the result is a token for later calls, ``closes`` when such tokens end.
        settles: whether a caller may use it who has to change his password, or to set up one-time codes,
            before anything else.
        sign_on: ``offers`` when the result tells how people log in by an issuer, ``names`` when it tells
            whose the token is that they have got then.
        offers: where the values of an input, or of a document's member, can be looked up, by Python name.
        binding: how the inputs become parameters of the cmdlet, and with which other operations it is shared.
        versioned: whether it changes or removes a definition, so that a caller may say which version he has
            seen (``If-Match`` over REST, the input ``version`` elsewhere), which its context tells.
            An operation that takes a ``Patch`` always does: there the version is a member of the document,
            and routes to ``PATCH`` the single object are added beside each ``PUT``.
        line: result members that make one line of text, which REST sends to who asks for text alone.
        bound: how the operation bounds its list, and how that goes on.
        tolerates: query parameters of the published interface, by name, and the words in which REST takes
            them although they say nothing here.
        catalogue: where to enter it.
    """

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        catalogue.add(
            _describe(
                function,
                rest=(rest,) if isinstance(rest, str) else rest,
                soap=soap,
                names=names or {},
                right=right,
                cmdlet=cmdlet,
                command=command,
                key=key,
                positional=positional,
                columns=columns,
                whole=whole,
                follow=follow,
                pieces=pieces or follow,
                page=page,
                feed=feed,
                making=making,
                text=text,
                created=created,
                changes=changes,
                failing=failing,
                retry_key=retry_key,
                pipeline=pipeline or {},
                aliases=aliases or {},
                ending=ending,
                starts=starts,
                session=session,
                settles=settles,
                sign_on=sign_on,
                offers=offers or {},
                binding=binding or Binding(),
                versioned=versioned,
                line=line,
                bound=bound,
                tolerates=tolerates or {},
            )
        )
        return function

    return declare


def _describe(
    function: Callable[..., Any],
    *,
    rest: tuple[str, ...],
    soap: str,
    names: Mapping[str, str],
    changes: bool | None,
    versioned: bool,
    positional: tuple[str, ...] | None,
    **hints: Any,
) -> Operation:
    doc = parse_docstring(inspect.getdoc(function) or "")
    told = {p.arg_name: " ".join((p.description or "").split()) for p in doc.params}
    hinted = typing.get_type_hints(function, include_extras=True)
    annotations = {name: resolved(kind) for name, kind in hinted.items()}
    signature = list(inspect.signature(function).parameters.values())[1:]
    _whole(function.__name__, {p.name for p in signature}, annotations.keys(), told.keys())
    patches = any(is_patch(kind) for kind in annotations.values())
    if patches or versioned:
        signature.append(CLEAR if patches else VERSION)
        annotations[signature[-1].name] = signature[-1].annotation
        told.update(TOLD)
    if changes is not False and any(
        tells_what_is_not_obeyed(kind) for name, kind in annotations.items() if name != "return"
    ):
        signature.append(LENIENCY)
        annotations[LENIENCY.name] = LENIENCY.annotation
        told.update(TOLD)
    templates = [_split(text) for text in rest]
    key: tuple[str, ...] = hints["key"]
    if patches:
        scalars = [p.name for p in signature if _struct_of(annotations[p.name]) is None]
        templates = [each for template in templates for each in with_patches(template, key, scalars)]
    in_path = {name for _, path, _ in templates for name in re.findall(r"{(\w+)}", path)}
    wires = {p.name: names.get(p.name, wire_name(p.name)) for p in signature}

    inputs: list[Input] = []
    body: Input | None = None
    for parameter in signature:
        kind = annotations[parameter.name]
        struct = _struct_of(kind)
        item = Input(
            name=parameter.name,
            wire=wires[parameter.name],
            type=kind,
            required=parameter.default is parameter.empty,
            default=None if parameter.default is parameter.empty else parameter.default,
            description=told.get(parameter.name, ""),
            place=(
                "condition"
                if parameter is VERSION
                else "body"
                if struct
                else "path"
                if wires[parameter.name] in in_path
                else "query"
            ),
            parameter=parameter.name,
            document=struct is not None and issubclass(struct, Document | Patch),
        )
        if struct is None:
            inputs.append(item)
            continue
        if body is not None:
            raise WrongDeclaration(
                f"{function.__name__}: it has two bodies, {body.name!r} and {item.name!r}."
            )
        body = item
        inputs.extend([item] if item.document else _members(item, struct))

    routes = tuple(_routes(templates, inputs))
    service, _, soap_name = soap.partition(".")
    return Operation(
        name=function.__name__,
        function=function,
        routes=routes,
        service=service,
        soap_name=soap_name,
        inputs=tuple(inputs),
        body=body,
        body_type=_struct_of(body.type) if body else None,
        arguments=_arguments_struct(function.__name__, signature, annotations, wires),
        result=annotations["return"],
        summary=doc.short_description or "",
        description=(doc.long_description or "").strip(),
        errors=(
            *(r.type_name for r in doc.raises if r.type_name),
            *(["VersionConflict"] if patches or versioned else []),
        ),
        changes=any(route.verb != "GET" for route in routes) if changes is None else changes,
        versioned=versioned or patches,
        positional=(() if patches else key[:1]) if positional is None else positional,
        **hints,
    )


def _whole(name: str, parameters: Set[str], annotated: Set[str], told: Set[str]) -> None:
    """See that the signature and the docstring speak of the same. Raises WrongDeclaration."""
    wrong = [f"its signature has to say the type of {one!r}." for one in sorted(parameters - annotated)]
    if "return" not in annotated:
        wrong.append("its signature has to say what it answers.")
    wrong += [
        f"Args of the docstring tells of {one!r}, which is no parameter." for one in sorted(told - parameters)
    ]
    if wrong:
        raise WrongDeclaration("\n".join(f"{name}: {sentence}" for sentence in wrong))


def _split(text: str) -> Template:
    verb, _, address = text.partition(" ")
    path, mark, query = address.partition("?")
    return verb, path, tuple(filter(None, query.split(","))) if mark else None


def _routes(templates: list[Template], inputs: list[Input]) -> Iterator[Route]:
    remaining = tuple(i.wire for i in inputs if i.place == "query")
    known = {i.wire for i in inputs}
    for verb, path, query in templates:
        unknown = {*re.findall(r"{(\w+)}", path), *(query or ())} - known
        if unknown:
            raise WrongDeclaration(f"{verb} {path} names no parameter: {', '.join(sorted(unknown))}")
        yield Route(verb, path, remaining if query is None and len(templates) == 1 else query or ())


def _struct_of(kind: Any) -> type[Struct] | None:
    if typing.get_origin(kind) is Annotated:
        kind = typing.get_args(kind)[0]
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        kind = next((a for a in typing.get_args(kind) if a is not type(None)), kind)
    return kind if isinstance(kind, type) and issubclass(kind, Document | Arguments | Patch) else None


def _members(body: Input, struct: type[Struct]) -> Iterator[Input]:
    hints = typing.get_type_hints(struct, include_extras=True)
    for member in msgspec.structs.fields(struct):
        metas = [a for a in getattr(hints[member.name], "__metadata__", ()) if isinstance(a, Meta)]
        if any((m.extra or {}).get("redundant") for m in metas):
            continue
        default = member.default
        if default is NODEFAULT and member.default_factory is not NODEFAULT:
            default = member.default_factory()
        yield Input(
            name=member.name,
            wire=member.encode_name,
            type=without_unset(hints[member.name]),
            required=member.required,
            default=None if default in (NODEFAULT, UNSET) else default,
            description=next((m.description for m in metas if m.description), ""),
            place="body",
            parameter=body.name,
            secret=any((m.extra or {}).get("secret") for m in metas),
        )


def _arguments_struct(
    name: str, signature: list[inspect.Parameter], annotations: dict[str, Any], wires: dict[str, str]
) -> type[Struct]:
    fields: list[Any] = []
    for parameter in signature:
        if parameter.default is parameter.empty:
            default: Any = NODEFAULT
            struct = _struct_of(annotations[parameter.name])
            if (
                struct
                and issubclass(struct, Arguments)
                and not any(f.required for f in msgspec.structs.fields(struct))
            ):
                default = struct()
        else:
            default = parameter.default
        fields.append(
            (
                parameter.name,
                annotations[parameter.name],
                msgspec.field(name=wires[parameter.name], default=default),
            )
        )
    return msgspec.defstruct(
        "".join(word.capitalize() for word in name.split("_")) + "Arguments",
        fields,
        kw_only=True,
        forbid_unknown_fields=True,
        frozen=True,
    )
