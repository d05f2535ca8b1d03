"""The REST interface as a Flask application, its routes derived from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

from jams.objects.errors import JAMSError, MalformedRequest
from jams.operations.catalogue import Catalogue
from webservices.admission import Admission
from webservices.unserved import AS_WRITTEN
from webservices.waiting import Waits
from webservices.web_settings import WebSettings

from . import problems
from .alternatives import Alternatives
from .endpoint import Endpoint
from .feeds import Feeds
from .locations import Locations
from .pages import add_pages
from .paths import CanonicalPaths, rule_of
from .repeats import Repeats
from .streams import Streams

API = "/api"
"""Where the routes of the catalogue lie, below the base path."""


class RestApplication(Flask):
    """Answers everything below the base path that is not another face's; a WSGI application."""

    def __init__(self, waits: Waits, settings: WebSettings, catalogue: Catalogue) -> None:
        """Give every route of the catalogue its endpoint."""
        super().__init__(__name__, static_folder=None, template_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = settings.max_request_bytes
        self.streams = Streams(waits)
        self.feeds = Feeds(waits)
        self._repeats = Repeats(waits.connection)
        self.register_error_handler(JAMSError, problems.render)
        self.register_error_handler(HTTPException, problems.render_http)
        self.register_error_handler(Exception, problems.render_unexpected)
        for (verb, rule), endpoints in self._endpoints(waits, settings, catalogue).items():
            view = endpoints[0] if len(endpoints) == 1 else Alternatives(endpoints)
            self.add_url_rule(rule, f"{verb} {rule}", view, methods=[verb])
        add_pages(self, catalogue, settings)
        self._paths = CanonicalPaths(rule.rule for rule in self.url_map.iter_rules())

    def end_streams(self) -> None:
        """Let every stream end; its client comes back to whoever serves next."""
        self.streams.close()
        self.feeds.close()

    def _endpoints(
        self, waits: Waits, settings: WebSettings, catalogue: Catalogue
    ) -> dict[tuple[str, str], list[Endpoint]]:
        found: dict[tuple[str, str], list[Endpoint]] = {}
        admission = Admission(waits.connection, catalogue)
        for operation in catalogue:
            for route in operation.routes:
                endpoint = Endpoint(
                    operation,
                    route,
                    waits=waits,
                    streams=self.streams,
                    feeds=self.feeds,
                    address=settings.address,
                    locations=Locations(operation, catalogue, settings.address + API),
                    admission=admission,
                )
                found.setdefault((route.verb, rule_of(API + route.path)), []).append(endpoint)
        return found

    def wsgi_app(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Bring the path into the form the routes have, and answer."""
        path = environ.get("PATH_INFO", "")
        if path.isascii() or _is_utf8(path):
            told = {**environ, "PATH_INFO": self._paths.canonical(path), AS_WRITTEN: path}
            return self._repeats.answer(told, start_response, super().wsgi_app)
        refused = problems.render(MalformedRequest("The path is not UTF-8."))
        return refused(environ, start_response)


def _is_utf8(path: str) -> bool:
    try:
        path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True
