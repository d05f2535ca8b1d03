"""One route of one operation: request in, call, answer out. The same code for every operation."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Response, request
from msgspec import structs
from werkzeug.exceptions import HTTPException

from jams.objects.errors import (
    InvalidArgument,
    JAMSError,
    MalformedRequest,
    RequestTooLarge,
    UnsupportedMediaType,
)
from jams.objects.preconditions import ALWAYS
from jams.operations.catalogue import Input, Operation, Route
from jams.security.caller import NOBODY, Credentials
from jams.wire.authorization import credentials_from
from webservices.admission import Admission
from webservices.listening import Listening
from webservices.origins import origin_of
from webservices.standing import admitted
from webservices.unserved import AS_WRITTEN, ASKED
from webservices.waiting import ASK_AGAIN, Waits, come_early

from .answers import answer, wants_events
from .conditions import demanded
from .decoder import check_json, decoder_of, parse_json
from .feeds import Feeds, written
from .inputs import Scalars, query_fields, unknown
from .locations import Locations
from .paging import tell_if_full, with_next_link
from .problems import DOOR
from .repeats import may_be_repeated
from .shaping import Shape, linked
from .streams import Streams, Watched

RETRY_HEADER = "Idempotency-Key"
_RETRY_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class Endpoint:
    """Answers the requests to one route. Called by Flask with the values of the path."""

    def __init__(
        self,
        operation: Operation,
        route: Route,
        *,
        waits: Waits,
        streams: Streams,
        feeds: Feeds,
        address: str,
        locations: Locations,
        admission: Admission,
    ) -> None:
        """Prepare everything that does not depend on a request.

        ``address`` is that of the web services.
        """
        self._operation = operation
        self._waits = waits
        self._streams = streams
        self._feeds = feeds
        self._address = address
        self._locations = locations
        self._admission = admission
        path, query = inputs_of(operation, route)
        self._names = {item.name for item in path}
        self.needed = frozenset(name.casefold() for name in operation.needed(route))
        self._shape = Shape(operation)
        self._scalars = Scalars(
            path,
            query,
            also=(*(("follow",) if operation.follow or operation.feed else ()), *self._shape.names),
            tolerated=operation.tolerates,
            by_name=named_in_place_of(operation, path),
            aliases=operation.aliases,
        )
        self._decoder = (
            decoder_of(operation.body_type, form=operation.right is None) if operation.body_type else None
        )

    def __call__(self, **path: str) -> Response:
        """Answer the request at hand. Raises JAMSError."""
        operation = self._operation
        shown = credentials_from(request.headers.get("Authorization")) if operation.right else NOBODY
        credentials = structs.replace(shown, origin=origin_of(request.environ))
        try:
            fields = query_fields(_query_text())
            arguments = self._scalars.read(path, fields)
            wish = self._shape.wish(fields) if self._shape.names else None
            arguments.update(self._body())
            retry_key = _retry_key() if operation.retry_key else None
            condition = demanded(request, operation) if operation.changes else ALWAYS
        except (JAMSError, HTTPException):
            self._admission.check(request.environ, operation, credentials, DOOR)
            raise
        request.environ[ASKED] = True
        if operation.follow and request.method == "GET" and wants_events():
            return self._stream(arguments, credentials)
        if operation.feed and request.method == "GET" and wants_events():
            return self._listen(arguments, credentials)
        if operation.wait is not None:
            result = self._waits.call(
                request.environ, operation, arguments, credentials=credentials, door=DOOR
            )
        else:
            result = self._waits.connection.call(
                operation,
                arguments,
                credentials=credentials,
                door=DOOR,
                retry_key=retry_key,
                condition=condition,
                total=wish is not None and wish.total,
            )
        if operation.right is not None:
            admitted(request.environ)
            may_be_repeated(request.environ, operation, result)
        if operation.page is not None:
            result = with_next_link(operation, operation.page, result, arguments, self._here(), fields)
        if wish is None:
            response = answer(operation, result, arguments)
        else:
            shaped = self._shape.shaped(wish, result)
            response = linked(answer(operation, shaped.result, arguments), shaped, self._here(), fields)
        if operation.bound is not None:
            tell_if_full(response, operation, operation.bound, result, arguments, self._here(), fields)
        if operation.created and (location := self._locations.of(arguments)) is not None:
            response.headers["Location"] = location
        if come_early(operation, arguments, result):
            response.headers["Retry-After"] = str(ASK_AGAIN)
        return response

    def _here(self) -> str:
        """The published address that was asked, without its query."""
        return self._address + quote(request.environ[AS_WRITTEN].encode("latin-1"))

    def _stream(self, arguments: dict[str, Any], credentials: Credentials) -> Response:
        follow = self._operation.follow
        assert follow is not None

        later = {name: value for name, value in arguments.items() if name in self._names}
        last = request.headers.get("Last-Event-ID")
        first = {name: value for name, value in arguments.items() if name != follow.single}
        if last:
            first = {**later, follow.cursor: self._scalars.read_as("Last-Event-ID", follow.cursor, last)}
        watched = Watched(self._operation, follow, credentials, first, later)
        return self._streams.open(watched, request.environ)

    def _listen(self, arguments: dict[str, Any], credentials: Credentials) -> Response:
        feed = self._operation.feed
        assert feed is not None
        last = request.headers.get("Last-Event-ID")
        start = (
            self._scalars.read_as("Last-Event-ID", feed.cursor, last) if last else arguments.get(feed.cursor)
        )
        chosen = {
            name: value
            for name, value in arguments.items()
            if name not in (feed.cursor, feed.size, feed.wait)
        }
        listening = Listening(self._operation, feed, chosen, credentials, DOOR, written)
        return self._feeds.open(listening, start, request.environ)

    def _body(self) -> dict[str, Any]:
        if (request.content_length or 0) > (request.max_content_length or math.inf):
            raise RequestTooLarge("The request is longer than this server takes.")
        if request.method in ("GET", "HEAD"):
            return {}
        if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("identity", ""):
            raise UnsupportedMediaType("Send the request without a Content-Encoding.")
        data = request.get_data(cache=False)
        charset = request.mimetype_params.get("charset")
        if self._decoder is None and request.method == "DELETE":
            return {}  # what the body of a DELETE means is not defined (RFC 9110 section 9.3.5)
        if self._decoder is None:
            _refuse_body(data, request.mimetype, charset)
            return {}
        assert self._operation.body is not None
        return {self._operation.body.parameter: self._decoder.decode(data, request.mimetype, charset)}


def named_in_place_of(operation: Operation, path: list[Input]) -> Input | None:
    """The name that may stand in a path in place of a number, where either names the object."""
    naming = {item.name: item for item in operation.inputs if not item.required and item.place != "body"}
    if "id" not in {item.name for item in path} or not {"id", "name"} <= naming.keys():
        return None
    return naming["name"] if set(operation.key) in ({"id", "name"}, set()) else None


def inputs_of(operation: Operation, route: Route) -> tuple[list[Input], list[Input]]:
    """The inputs that a route carries in its path and in its query; see :meth:`Operation.needed`."""
    in_path = re.findall(r"{(\w+)}", route.path)
    outside = {item.wire: item for item in operation.inputs if item.place in ("path", "query")}
    needed = operation.needed(route)
    query = [replace(outside[name], required=name in needed) for name in route.query]
    return [outside[name] for name in in_path], query


def _query_text() -> str:
    try:
        return request.query_string.decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedRequest("The query is not UTF-8.") from None


def _refuse_body(data: bytes, media_type: str, charset: str | None) -> None:
    """Members that an operation without a body would silently ignore are an error."""
    if not data.strip():
        return
    check_json(media_type, charset)
    value = parse_json(data)
    if isinstance(value, dict) and value:
        raise unknown(next(iter(value)), (), "member")
    if value not in ({}, None):
        raise InvalidArgument("This operation takes no body.")


def _retry_key() -> str | None:
    """The key under which a repeated request gives the first answer; quotes around it are not part of it.

    Both the structured field of the IETF draft and the bare text that most clients send are taken.
    """
    header = request.headers.get(RETRY_HEADER)
    if header is None:
        return None
    key = header.strip()
    if len(key) > 2 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _RETRY_KEY.fullmatch(key):
        raise InvalidArgument(f"{RETRY_HEADER} is 1 to 255 visible ASCII characters.", member=RETRY_HEADER)
    return key
