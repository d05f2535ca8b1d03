"""An application that is built while others answer already, because building it takes long."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from typing import Any

WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]
log = logging.getLogger(__name__)


class Deferred:
    """Builds a WSGI application in a thread of its own; requests that come before it is there wait for it."""

    def __init__(self, build: Callable[[], WSGI]) -> None:
        """Begins to build."""
        self._build = build
        self._built: Future[WSGI] = Future()
        threading.Thread(target=self._work, name="web-builder", daemon=True).start()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request (PEP 3333); raises what building has raised."""
        return self._built.result()(environ, start_response)

    def _work(self) -> None:
        try:
            self._built.set_result(self._build())
        except Exception as error:
            log.exception("a part of the web services could not be built")
            self._built.set_exception(error)
