"""Describes the REST interface as an OpenAPI 3.1 document, from the catalogue alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

import jams
from jams.objects.errors import ErrorKind, error_classes
from jams.objects.patch import clearable_members
from jams.operations.catalogue import Catalogue, Operation, Route
from jams.operations.versioned import CLEARED
from webservices.web_settings import WebSettings

from . import described_headers
from .answers import EVENTS, JSON
from .conditions import IF_MATCH, IF_NONE_MATCH
from .decoder import MERGE_PATCH, is_as_written, sole_member
from .endpoint import RETRY_HEADER, inputs_of
from .problems import MEDIA_TYPE, STATUSES, Problem
from .schemas import Schemas
from .shaping import DESCRIBED, Shape

_ABOUT = """Everything that can be done to the JAMS server.

Paths, query parameters and member names are taken in any letter case. Times are ISO 8601 with an offset.
Every error is a problem (RFC 9457); programs test its `code`."""

_KINDS = {
    ErrorKind.MALFORMED: "The request cannot be read.",
    ErrorKind.UNAUTHENTICATED: "Nobody, or somebody whose credentials do not hold.",
    ErrorKind.DENIED: "The caller lacks the right.",
    ErrorKind.TOO_LARGE: "The body is longer than the server takes.",
    ErrorKind.UNSUPPORTED: "The body is of a media type that is not read here.",
    ErrorKind.INVALID: "A value, parameter or member that the operation cannot take; `member` names it.",
    ErrorKind.INTERNAL: "A fault of the server, to be found in its log under the incident named.",
    ErrorKind.THROTTLED: "Too many logins with a password have failed from where the caller comes.",
    ErrorKind.UNAVAILABLE: "The server cannot do it now; the same request may succeed later.",
}
"""The errors that do not depend on the operation; each is a shared response."""

_HEAD = "HeadTooLarge"
_LONG_HEAD = "The address or the headers of the request are longer than the server takes."

_TAGS = {"type": "string", "pattern": '^([*]|((W/)?"[^"]*",? *)+)$'}
_CONDITIONS = (
    {
        "name": IF_MATCH,
        "in": "header",
        "description": "Do it only if the definition still has the version of one of these tags (else 412).",
        "schema": _TAGS,
    },
    {
        "name": IF_NONE_MATCH,
        "in": "header",
        "description": "`*`: do it only if there is no such definition yet (else 412).",
        "schema": _TAGS,
    },
)
_UNLESS_SEEN = {
    "name": IF_NONE_MATCH,
    "in": "header",
    "description": "Tags of answers that the caller has: if this would be one of them, the answer is 304.",
    "schema": _TAGS,
}


def describe(catalogue: Catalogue, settings: WebSettings) -> dict[str, Any]:
    """The OpenAPI document of the operations in ``catalogue``."""
    schemas = Schemas(list(catalogue))
    paths: dict[str, Any] = {}
    for operation in catalogue:
        for index, route in enumerate(operation.routes):
            verbs = paths.setdefault(route.path, {})
            if route.verb.lower() in verbs:
                _tell_alternative(verbs[route.verb.lower()], operation, route)
            else:
                verbs[route.verb.lower()] = _operation(operation, index, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "JAMS", "version": jams.__version__, "description": _ABOUT},
        "servers": [{"url": f"{settings.address}/api"}],
        "security": [{"bearer": []}, {"basic": []}],
        "tags": [{"name": service} for service in catalogue.services()],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "headers": described_headers.COMPONENTS,
            "responses": {
                **{kind.value: _problem(told, schemas, kind) for kind, told in _KINDS.items()},
                _HEAD: _problem(_LONG_HEAD, schemas, ErrorKind.TOO_LARGE),
            },
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that a login gives.",
                },
                "basic": {"type": "http", "scheme": "basic", "description": "Name and password, as UTF-8."},
            },
        },
    }


def _operation(operation: Operation, index: int, schemas: Schemas) -> dict[str, Any]:
    route = operation.routes[index]
    described: dict[str, Any] = {
        "operationId": _identifier(operation, index),
        "tags": [operation.service],
        "summary": operation.summary,
        "description": _marked(operation.description),
        "parameters": list(_parameters(operation, route, schemas)),
        "responses": _responses(operation, schemas),
    }
    if operation.right is None:
        described["security"] = []
    if operation.body_type is not None:
        described["requestBody"] = _body(operation, route, schemas)
    return {name: part for name, part in described.items() if part or name == "security"}


def _tell_alternative(described: dict[str, Any], operation: Operation, route: Route) -> None:
    """Say of an address that it is another operation's too; one who generates a client goes by its own."""
    needed = " and ".join(f"`{name}`" for name in operation.needed(route))
    own = " and ".join(
        f"`{each['name']}`" for each in described.get("parameters", ()) if each.get("required")
    )
    asked = f"With {needed}" if needed else f"Without {own}"
    told = f"{asked} the answer is that of `{operation.name}`."
    described["description"] = "\n\n".join(filter(None, [described.get("description"), told]))


def _identifier(operation: Operation, index: int) -> str:
    """``get_job`` for an operation's first route, ``get_job_by_name`` for the next."""
    if index == 0:
        return operation.name
    route = operation.routes[index]
    by = re.findall(r"{(\w+)}", route.path)[-1:] or route.query[:1]
    return "_".join([operation.name, *(["patch"] if route.verb == "PATCH" else []), "by", *by])


def _parameters(operation: Operation, route: Route, schemas: Schemas) -> Iterator[dict[str, Any]]:
    path, query = inputs_of(operation, route)
    for place, items in (("path", path), ("query", query)):
        for item in items:
            parameter: dict[str, Any] = {
                "name": item.wire,
                "in": place,
                "required": place == "path" or item.required,
                "description": _marked(item.description[:1].upper() + item.description[1:]),
                "schema": schemas.of_parameter(item),
            }
            if item.name == CLEARED and operation.document is not None:
                members = list(clearable_members(operation.document).values())
                parameter["schema"] = {**parameter["schema"], "items": {"type": "string", "enum": members}}
            yield {name: part for name, part in parameter.items() if part != ""}
    for name in Shape(operation).names:
        told, schema = DESCRIBED[name]
        yield {"name": name, "in": "query", "description": told, "schema": schema}
    for name, words in operation.tolerates.items():
        yield {
            "name": name,
            "in": "query",
            "description": "Taken from programs of the product; it says nothing here.",
            "schema": {"type": "string", "enum": list(words)},
        }
    if operation.follow is not None or operation.feed is not None:
        yield {
            "name": "follow",
            "in": "query",
            "description": f"Send what comes as {EVENTS}, as long as there is something to come.",
            "allowEmptyValue": True,
            "schema": {"type": "boolean", "default": False},
        }
        yield {
            "name": "Last-Event-ID",
            "in": "header",
            "description": "With `follow`: the id of the last event that was received; continues behind it.",
            "schema": {"type": "string"},
        }
    if operation.versioned:
        yield from _CONDITIONS
    if operation.shows_version:
        yield _UNLESS_SEEN
    if operation.retry_key:
        yield {
            "name": RETRY_HEADER,
            "in": "header",
            "description": "Makes it safe to send the request again: the same key gives the first answer.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        }


def _body(operation: Operation, route: Route, schemas: Schemas) -> dict[str, Any]:
    assert operation.body_type is not None
    schema = schemas.of(operation.body_type)
    if route.verb == "PATCH":
        return {"required": True, "content": {MERGE_PATCH: {"schema": schema}}}
    if operation.patches:
        # Who gets an object, changes it and puts it back has one type for both.
        schema = schemas.of(operation.document)
    content = {JSON: {"schema": schema}}
    if operation.right is None:
        content["application/x-www-form-urlencoded"] = {"schema": schema}
    sole = sole_member(operation.body_type)
    if sole is not None:
        text = _said(schemas.components[operation.body_type.__name__]["properties"][sole])
        others = [] if is_as_written(operation.body_type, sole) else [{"type": ["number", "boolean"]}]
        content[JSON] = {"schema": {"anyOf": [schema, text, *others]}}
    required = any(field.required for field in msgspec.structs.fields(operation.body_type))
    return {"required": required, "content": content}


def _said(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of what a member is when it is given."""
    given = [each for each in schema.get("anyOf", []) if each != {"type": "null"}]
    rest = {name: told for name, told in schema.items() if name not in ("anyOf", "default")}
    return {**rest, **given[0]} if given else schema


def _responses(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    found: dict[str, Any] = {"201" if operation.created else "200": _success(operation, schemas)}
    if operation.shows_version:
        found["304"] = {"description": "The caller has this answer already."}
    own: dict[int, list[str]] = {}
    kinds: dict[int, list[ErrorKind]] = {}
    classes = {cls.__name__: cls for cls in error_classes().values()}
    for name in operation.errors:
        error = classes[name]
        own.setdefault(STATUSES[error.kind], []).append(f"`{error.code}`: {(error.__doc__ or '').strip()}")
        kinds.setdefault(STATUSES[error.kind], []).append(error.kind)
    shared = {STATUSES[kind]: kind.value for kind in _shared_kinds(operation)}
    for status in sorted({*own, *shared}):
        if status in own:
            general = [_KINDS[ErrorKind(shared[status])]] if status in shared else []
            told = "\n\n".join([*general, *sorted(own[status])])
            found[str(status)] = _problem(told, schemas, *kinds[status])
        else:
            found[str(status)] = {"$ref": f"#/components/responses/{shared[status]}"}
    found["431"] = {"$ref": f"#/components/responses/{_HEAD}"}
    return found


def _marked(text: str) -> str:
    """A docstring's text as the Markdown that OpenAPI takes."""
    return text.replace("``", "`")


def _shared_kinds(operation: Operation) -> Iterator[ErrorKind]:
    yield from (ErrorKind.MALFORMED, ErrorKind.INVALID, ErrorKind.INTERNAL, ErrorKind.UNAVAILABLE)
    if operation.right is not None:
        yield from (ErrorKind.UNAUTHENTICATED, ErrorKind.DENIED, ErrorKind.THROTTLED)
    if any(route.verb != "GET" for route in operation.routes):
        yield from (ErrorKind.TOO_LARGE, ErrorKind.UNSUPPORTED)


def _success(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    content: dict[str, Any] = {JSON: {"schema": schemas.of(operation.result)}}
    answer = {
        "description": "Done." if operation.changes else "What was asked for.",
        "headers": described_headers.of_success(operation),
    }
    if operation.text is not None:
        content = {"text/plain": {"schema": {"type": "string"}}, **content}
    if operation.follow is not None or operation.feed is not None:
        content[EVENTS] = {}
    return {**answer, "content": content}


def _problem(description: str, schemas: Schemas, *kinds: ErrorKind) -> dict[str, Any]:
    return {
        "description": description,
        "headers": described_headers.of_error(*kinds),
        "content": {MEDIA_TYPE: {"schema": schemas.of(Problem)}},
    }
