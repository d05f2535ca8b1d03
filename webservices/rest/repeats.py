"""Answers that are asked for again before anything has changed, as those who watch a server do.

Who asks for the same as before, with the same headers, is given the same bytes, as long as his rights are the
same and the database is. That is asked of the JAMServer each time, before the answer is looked for; it costs
a tenth of making it anew. Where the JAMServer cannot tell, every answer is made.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple

from msgspec import structs

from jams.client.connection import PatientConnection
from jams.objects.errors import JAMSError
from jams.objects.listing import Listing
from jams.operations.catalogue import Operation
from jams.operations.remembered import is_of_the_database
from jams.wire.authorization import credentials_from
from webservices.origins import origin_of
from webservices.standing import admitted

from .answers import as_file
from .problems import DOOR

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]

_REPEATABLE = "jams.repeatable"
_OWN = frozenset({"HTTP_X_REQUEST_ID", "HTTP_TRACEPARENT", "HTTP_TRACESTATE"})
"""Headers that name a request, and say nothing of what its answer is to be."""

_MOST, _LONGEST = 64, 256 << 10
"""Answers that are kept, and bytes of one."""

_MOST_SEEN = 1000


class _Kept(NamedTuple):
    standing: Hashable
    status: str
    headers: list[tuple[str, str]]
    body: bytes


class Repeats:
    """What was answered lately.

    Args:
        connection: the JAMServer.
    """

    def __init__(self, connection: PatientConnection) -> None:
        self._connection = connection
        self._seen: dict[Hashable, Operation] = {}
        self._kept: dict[Hashable, _Kept] = {}

    def answer(self, environ: dict[str, Any], start_response: Any, make: WSGI) -> Iterable[bytes]:
        """Answer a request (PEP 3333), by ``make`` if need be."""
        if environ["REQUEST_METHOD"] != "GET":
            return make(environ, start_response)
        key = _key(environ)
        operation = self._seen.get(key)
        if operation is None:
            answer = make(environ, start_response)
            if (repeatable := environ.get(_REPEATABLE)) is not None:
                if len(self._seen) >= _MOST_SEEN:
                    self._seen.clear()
                self._seen[key] = repeatable
            return answer
        standing = self._standing(operation, environ)
        kept = self._kept.get(key)
        if kept is not None and standing is not None and kept.standing == standing:
            admitted(environ)
            start_response(kept.status, list(kept.headers))
            return as_file(environ, kept.body) or [kept.body]
        self._kept.pop(key, None)
        if standing is None:
            return make(environ, start_response)
        return self._made(key, standing, environ, start_response, make)

    def _standing(self, operation: Operation, environ: dict[str, Any]) -> Hashable | None:
        """What the answer depends on; None where that is not known, or the caller may not have it."""
        try:
            shown = credentials_from(environ.get("HTTP_AUTHORIZATION"))
            credentials = structs.replace(shown, origin=origin_of(environ))
            return self._connection.standing(operation, credentials=credentials, door=DOOR)
        except JAMSError:
            return None

    def _made(
        self,
        key: Hashable,
        standing: Hashable,
        environ: dict[str, Any],
        start_response: Any,
        make: WSGI,
    ) -> Iterable[bytes]:
        """Make an answer, and keep it with what was known to hold before it was made."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            begun[:] = [(status, list(headers))]
            return start_response(status, headers, *failure)

        answer = make(environ, start)
        if environ.get(_REPEATABLE) is None or not begun:
            return answer
        pieces = list(answer)
        if callable(close := getattr(answer, "close", None)):
            close()
        body = b"".join(pieces)
        if len(body) <= _LONGEST:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = _Kept(standing, *begun[0], body)
        return pieces


def may_be_repeated(environ: dict[str, Any], operation: Operation, result: Any) -> None:
    """Note that an answer depends on nothing but the request, its caller's rights and the database."""
    if isinstance(result, Listing) or is_of_the_database(operation):
        environ[_REPEATABLE] = operation


def _key(environ: dict[str, Any]) -> Hashable:
    """All of a request that its answer can depend on."""
    headers = [item for item in environ.items() if item[0].startswith("HTTP_") and item[0] not in _OWN]
    return environ["SCRIPT_NAME"], environ["PATH_INFO"], environ.get("QUERY_STRING", ""), tuple(headers)
