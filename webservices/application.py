"""The web services as one WSGI application: SOAP and REST below one base path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from jams.client.connection import PatientConnection
from jams.objects.errors import AccessDenied, JAMSError
from jams.operations.catalogue import CATALOGUE, Catalogue

from .cors import Cors
from .deferred import WSGI, Deferred
from .origins import comes_from_elsewhere, settle_origin
from .request_ids import HEADER, request_id_of
from .rest import RestApplication
from .rest.problems import DOOR, nothing_at, render
from .unserved import NOTE, Note, note
from .waiting import Waits
from .web_settings import WebSettings

_EVERYWHERE = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "DENY"),
]


def create_application(
    connection: PatientConnection,
    settings: WebSettings,
    catalogue: Catalogue = CATALOGUE,
    note: Note | None = None,
) -> WebApplication:
    """The web services in front of a JAMServer.

    Args:
        connection: the JAMServer, in this process or elsewhere.
        settings: where callers reach the services, and their limits.
        catalogue: the operations to offer; all of them, if not told otherwise.
        note: takes down what is refused before the JAMServer is asked.
    """
    waits = Waits(connection, settings.max_waiting_threads)
    rest = RestApplication(waits, settings, catalogue)

    def soap() -> WSGI:
        # Imported and built apart: it takes half as long as all the rest of a start.
        from .soap import create_soap

        return create_soap(
            waits,
            public_url=f"{settings.address}/soap",
            max_request_bytes=settings.max_request_bytes,
            sender_status=settings.soap_sender_status,
            catalogue=catalogue,
        )

    return WebApplication({"": rest, "soap": Deferred(soap)}, settings, rest.end_streams, note)


class WebApplication:
    """A WSGI application that hands each request to whoever serves its path; paths go in any case."""

    def __init__(
        self,
        mounts: dict[str, WSGI],
        settings: WebSettings,
        close: Callable[[], None],
        note: Note | None = None,
    ) -> None:
        """``mounts`` are applications by their first word below the base path; ``""`` takes what is left."""
        self._mounts = mounts
        self._prefix = settings.prefix.casefold()
        self._host = urlsplit(settings.public_url).netloc
        self._trusted = settings.trusted
        self._cors = Cors(settings.cors_origins)
        self.note = note
        self.close = close

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        request_id = request_id_of(environ)

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            every = [*_EVERYWHERE, (HEADER, request_id), *self._cors.headers(environ)]
            return start_response(status, [*headers, *every], *failure)

        settle_origin(environ, self._trusted)
        if self.note is not None:
            environ[NOTE] = self.note
        if self._cors.asks_first(environ):
            start("204 No Content", self._cors.permission())
            return []
        if comes_from_elsewhere(environ, self._host) and not self._cors.allows(environ):
            refused = AccessDenied("A page of another site may not change anything here.")
            return _refuse(refused, environ, start)
        path = environ.get("PATH_INFO", "")
        length = len(self._prefix)
        if path[:length].casefold() != self._prefix or path[length : length + 1] not in ("", "/"):
            return _refuse(nothing_at(path), environ, start)
        word = path[length + 1 :].partition("/")[0].casefold()
        mounted, taken = self._mounts.get(word), length + 1 + len(word)
        if mounted is None or not word:
            mounted, taken = self._mounts[""], length
        script = environ.get("SCRIPT_NAME", "") + path[:taken]
        return mounted({**environ, "SCRIPT_NAME": script, "PATH_INFO": path[taken:] or "/"}, start)


def _refuse(error: JAMSError, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    note(environ, DOOR, error.document())
    return render(error)(environ, start)
