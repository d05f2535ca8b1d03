"""Makes spyne 2.14.0 importable on Python 3.12 and newer. Must be imported before anything of spyne.

spyne was last released in 2022. Its copy of ``six`` has an import hook that Python 3.12 no longer calls, and
that lets every import of the process warn before, in whatever thread. So spyne is given ``six`` itself, which
has the same names but one, and the copy is never loaded; the modules that the hook would have made are named
here. Two of spyne's modules take one function from ``cgi``, which Python 3.13 removed; it is lent for the
time of the import. When spyne releases a version that needs neither, this module goes.
"""

from __future__ import annotations

import importlib
import logging
import math
import operator
import sys
import types
import warnings

import six  # type: ignore[import-untyped]

_SIX = "spyne.util.six"
_BASE = f"{_SIX}.moves"
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
    shared = types.ModuleType(_SIX)
    shared.__dict__.update(vars(six), get_function_name=operator.attrgetter("__name__"))
    sys.modules[_SIX] = shared
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
