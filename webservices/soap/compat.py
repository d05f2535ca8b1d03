"""Makes spyne 2.14.0 importable on Python 3.12 and newer. Must be imported before anything of spyne.

spyne was last released in 2022. Its copy of ``six`` has an import hook that Python 3.12 no longer calls, and
two of its modules take one function from ``cgi``, which Python 3.13 removed. The modules that the hook would
have made are named here, and ``cgi`` is lent for the time of the import. When spyne releases a version that
needs neither, this module goes.
"""

from __future__ import annotations

import importlib
import logging
import math
import sys
import types
import warnings

_BASE = "spyne.util.six.moves"
_MOVES = {
    "collections_abc": "collections.abc",
    "http_cookies": "http.cookies",
    "urllib": "urllib",
    "urllib.parse": "urllib.parse",
    "urllib.request": "urllib.request",
    "urllib.error": "urllib.error",
}


def install() -> None:
    """Import spyne with its missing parts in place. Does nothing when spyne is there already."""
    if "spyne" in sys.modules:
        return
    sys.modules.setdefault(_BASE, types.ModuleType(_BASE))
    for name, target in _MOVES.items():
        sys.modules.setdefault(f"{_BASE}.{name}", importlib.import_module(target))
    from werkzeug.http import parse_options_header

    had, lent = sys.modules.get("cgi"), types.ModuleType("cgi")
    lent.parse_header = parse_options_header  # type: ignore[attr-defined]
    sys.modules["cgi"] = lent
    try:
        with warnings.catch_warnings():
            # Three of its modules hold invalid escape sequences; they are harmless.
            warnings.simplefilter("ignore")
            importlib.import_module("spyne.server.wsgi")
            importlib.import_module("spyne.protocol.soap")
    finally:
        if had is None:
            del sys.modules["cgi"]
        else:
            sys.modules["cgi"] = had
    # The hook itself would make every later import of the process warn (3.11) and is never called (3.12).
    sys.meta_path[:] = [f for f in sys.meta_path if type(f).__module__ != "spyne.util.six"]


def silence() -> None:
    """Keep spyne's own loggers quiet: they write whole documents, secrets included, when a request fails."""
    logging.getLogger("spyne").setLevel(logging.CRITICAL + 1)


def leave_garbage() -> None:
    """Let Python decide when it looks for garbage.

    spyne looks through everything that the process holds after the first request of each second, to close
    files that calls have brought. None bring any here, and while it looks nobody is answered.
    """
    const = importlib.import_module("spyne.const")
    const.MIN_GC_INTERVAL = math.inf  # type: ignore[attr-defined]


install()
leave_garbage()
silence()
