"""A part of the web services that is built while others answer already."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import pytest

from webservices.deferred import WSGI, Deferred

pytestmark = pytest.mark.unit


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return [environ["given"]]


def test_a_request_waits_until_the_application_is_there() -> None:
    begun, go = threading.Event(), threading.Event()

    def build() -> WSGI:
        begun.set()
        assert go.wait(30)
        return application

    deferred = Deferred(build)
    assert begun.wait(30), "nobody has to ask for it to be built"
    answers: list[Iterable[bytes]] = []
    caller = threading.Thread(target=lambda: answers.append(deferred({"given": b"x"}, None)))
    caller.start()
    assert answers == []
    go.set()
    caller.join(30)
    assert answers == [[b"x"]]
    assert deferred({"given": b"y"}, None) == [b"y"]


def test_every_request_learns_that_it_could_not_be_built(caplog: pytest.LogCaptureFixture) -> None:
    def build() -> WSGI:
        raise ValueError("no such thing")

    deferred = Deferred(build)
    for _ in range(2):
        with pytest.raises(ValueError, match="no such thing"):
            deferred({}, None)
    assert "could not be built" in caplog.text
