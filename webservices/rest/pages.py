"""What a person opens in a browser: the landing page, the API page and the description behind it.

Everything is served from local files; the API page is Swagger UI as the package flask-swagger-ui ships it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import flask_swagger_ui  # type: ignore[import-untyped]
import msgspec
from flask import Flask, Response, abort, request

from jams.operations.catalogue import Catalogue
from webservices.web_settings import WebSettings

from .openapi import describe
from .paths import rule_of

_OURS = files(__package__).joinpath("page")
_SWAGGER_UI = files(flask_swagger_ui).joinpath("dist")
_FILES = {
    "page.js": (_OURS, "text/javascript"),
    "page.css": (_OURS, "text/css"),
    "swagger-ui-bundle.js": (_SWAGGER_UI, "text/javascript"),
    "swagger-ui.css": (_SWAGGER_UI, "text/css"),
    "favicon-32x32.png": (_SWAGGER_UI, "image/png"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_DAY = 86400


def add_pages(app: Flask, catalogue: Catalogue, settings: WebSettings) -> None:
    """Give ``app`` its pages; none of them needs a caller."""
    base = urlsplit(settings.address).path

    @cache
    def description() -> bytes:
        return msgspec.json.encode(describe(catalogue, settings))

    for path, view in {
        "/": _page("index.html", base),
        "/swagger": _page("swagger.html", base),
        "/api/openapi.json": lambda: _cacheable(description(), "application/json", 0),
    }.items():
        app.add_url_rule(path, path, view)
    app.add_url_rule(rule_of("/swagger/{name}"), "files", _file)


def _page(name: str, base: str) -> Callable[[], Response]:
    text = _OURS.joinpath(name).read_text("utf-8").replace("{base}", base).encode()

    def show() -> Response:
        response = _cacheable(text, "text/html; charset=utf-8", 0)
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    return show


def _file(name: str) -> Response:
    if name not in _FILES:
        abort(404)
    folder, media_type = _FILES[name]
    return _cacheable(folder.joinpath(name).read_bytes(), media_type, _DAY)


def _cacheable(data: bytes, content_type: str, max_age: int) -> Response:
    """An answer that a client may keep, and asks about with ``If-None-Match`` once it is too old."""
    response = Response(data, content_type=content_type)
    response.add_etag()
    response.cache_control.public = True
    response.cache_control.max_age = max_age
    response.cache_control.no_cache = max_age == 0 or None
    response.make_conditional(request)
    return response
