"""Serious errors of the services are told to the system: to its log, and to the Event Log of Windows."""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jams.services.configuration import load
from jams.services.roles import Role
from jams.services.server import Process
from jams.services.service_log import end_logging
from jams.services.system_errors import begin_telling

log = logging.getLogger("jams.test")


@pytest.fixture
def told(tmp_path: Path) -> Iterator[socket.socket]:
    """What takes the place of syslog or journald."""
    if os.name != "posix":
        pytest.skip("sockets with a path")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as made:
        made.bind(str(tmp_path / "log"))
        made.settimeout(10)
        yield made


@pytest.fixture
def handler(tmp_path: Path, told: socket.socket) -> Iterator[logging.Handler]:
    made = begin_telling(str(tmp_path / "log"), "JAMSScheduler")
    assert made is not None
    yield made
    end_logging(made)


def test_an_error_is_told_and_nothing_less(told: socket.socket, handler: logging.Handler) -> None:
    log.warning("less")
    try:
        raise ValueError("no secret")
    except ValueError:
        log.exception("a turn failed\nfor good")
    line = told.recv(65536).decode()
    assert line == f"<27>JAMSScheduler[{os.getpid()}]: a turn failed\\nfor good"
    log.critical("worse")
    assert told.recv(65536).startswith(b"<26>JAMSScheduler[")


def test_a_system_log_that_is_away_holds_nothing_up_and_is_found_again(
    tmp_path: Path, told: socket.socket, handler: logging.Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    told.close()
    (tmp_path / "log").unlink()
    log.error("first")
    log.error("second")
    assert capsys.readouterr().err.count("SystemLog") == 1
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as again:
        again.bind(str(tmp_path / "log"))
        again.settimeout(10)
        log.error("third")
        assert again.recv(65536).endswith(b": third")


def test_a_service_tells_it_of_what_goes_wrong_in_it(tmp_path: Path, told: socket.socket) -> None:
    settings = load(tmp_path / "home", {"SystemLog": str(tmp_path / "log"), "ExecutorPort": "none"}).settings
    process = Process(settings, Role.EXECUTOR)
    process.start()
    try:
        log.error("a disk is full")
        assert told.recv(65536).decode().endswith(": a disk is full")
    finally:
        process.stop()
    told.setblocking(False)
    log.error("nobody's any more")
    with pytest.raises(BlockingIOError):
        told.recv(65536)


def test_a_host_that_nobody_knows_holds_nothing_up_and_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = socket.getaddrinfo

    def unknown(*words: Any) -> Any:
        raise socket.gaierror("Name or service not known")

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as host:
        host.bind(("127.0.0.1", 0))
        host.settimeout(10)
        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        handler = begin_telling(host.getsockname(), "JAMSServer")
        assert handler is not None
        try:
            log.error("nobody hears it")
            assert "cannot be told of errors" in capsys.readouterr().err
            monkeypatch.setattr(socket, "getaddrinfo", found)
            log.error("a disk is full")
            assert host.recv(65536).endswith(b": a disk is full")
        finally:
            end_logging(handler)


def test_the_event_log_is_told_by_the_librarys_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never tried on Windows: the two modules of pywin32 are stood in for here."""
    written: list[tuple[Any, ...]] = []
    util, numbers = ModuleType("win32evtlogutil"), ModuleType("win32evtlog")
    util.AddSourceToRegistry = lambda *words: None  # type: ignore[attr-defined]
    util.ReportEvent = lambda *words: written.append(words)  # type: ignore[attr-defined]
    util.__file__ = str(Path("site-packages") / "win32" / "lib" / "win32evtlogutil.py")
    for name, value in (("ERROR", 1), ("WARNING", 2), ("INFORMATION", 4)):
        setattr(numbers, f"EVENTLOG_{name}_TYPE", value)
    monkeypatch.setitem(sys.modules, "win32evtlogutil", util)
    monkeypatch.setitem(sys.modules, "win32evtlog", numbers)
    handler = begin_telling(None, "JAMSServer", windows=True)
    assert handler is not None
    try:
        log.warning("less")
        log.error("a disk is full")
    finally:
        end_logging(handler)
    [(source, _, _, kind, words)] = written
    assert (source, kind, words) == ("JAMSServer", 1, ["a disk is full"])


def test_without_an_address_and_without_pywin32_nobody_is_told() -> None:
    assert begin_telling(None, "JAMSServer", windows=False) is None
    assert begin_telling(None, "JAMSServer", windows=True) is None
