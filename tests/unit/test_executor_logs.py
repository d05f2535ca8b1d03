from __future__ import annotations

import threading
from pathlib import Path

import pytest

from jams.executor.logs import read_log, tail_log, wait_for_change
from jams.objects.errors import InvalidArgument, LogNotFound
from tests.support.logs import ANYWHERE

pytestmark = pytest.mark.unit


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "x.log"
    path.write_bytes(b"one\ntwo\nthree\n")
    return path


@pytest.mark.parametrize(
    ("offset", "limit", "data"),
    [
        (0, None, b"one\ntwo\nthree\n"),
        (4, None, b"two\nthree\n"),
        (4, 3, b"two"),
        (0, 0, b""),
        (14, None, b""),
        (99, 5, b""),
        (10, 1 << 62, b"ree\n"),
    ],
)
def test_a_slice_tells_where_it_stands(log: Path, offset: int, limit: int | None, data: bytes) -> None:
    found = read_log(ANYWHERE, log, offset, limit)
    assert (found.data, found.offset, found.next_offset, found.size) == (data, offset, offset + len(data), 14)


@pytest.mark.parametrize(
    ("lines", "limit", "data"),
    [
        (None, 1 << 20, b"one\ntwo\nthree\n"),
        (None, 4, b"ree\n"),
        (1, 1 << 20, b"three\n"),
        (2, 1 << 20, b"two\nthree\n"),
        (99, 1 << 20, b"one\ntwo\nthree\n"),
        (0, 1 << 20, b""),
        (2, 8, b"o\nthree\n"),
        (2, 0, b""),
    ],
)
def test_the_tail_is_counted_in_lines_or_bytes(log: Path, lines: int | None, limit: int, data: bytes) -> None:
    found = tail_log(ANYWHERE, log, lines=lines, limit=limit)
    assert found.data == data
    assert found.offset == 14 - len(data)
    assert found.next_offset == found.size == 14


def test_an_unfinished_last_line_counts(log: Path) -> None:
    with log.open("ab") as file:
        file.write(b"four")
    assert tail_log(ANYWHERE, log, lines=2).data == b"three\nfour"


def test_the_tail_of_a_long_log_spans_blocks(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    lines = [b"%06d %s\n" % (number, b"x" * (number % 300)) for number in range(5000)]
    path.write_bytes(b"".join(lines))
    for count in (1, 300, 1000, 4999, 5000, 6000):
        assert tail_log(ANYWHERE, path, lines=count, limit=1 << 30).data == b"".join(lines[-count:])


def test_an_empty_log_has_an_empty_tail(tmp_path: Path) -> None:
    path = tmp_path / "empty.log"
    path.touch()
    assert tail_log(ANYWHERE, path, lines=5).data == b""
    assert tail_log(ANYWHERE, path).data == b""


def test_bad_numbers_and_missing_logs_are_errors(log: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument):
        read_log(ANYWHERE, log, -1)
    with pytest.raises(InvalidArgument):
        read_log(ANYWHERE, log, 0, -1)
    with pytest.raises(InvalidArgument):
        tail_log(ANYWHERE, log, lines=-1)
    with pytest.raises(LogNotFound):
        read_log(ANYWHERE, tmp_path / "none.log")
    with pytest.raises(LogNotFound):
        tail_log(ANYWHERE, tmp_path)


def test_growth_is_seen_when_it_comes(log: Path) -> None:
    seen: list[bool] = []
    waiter = threading.Thread(target=lambda: seen.append(wait_for_change(ANYWHERE, log, 14, 30)))
    waiter.start()
    with log.open("ab") as file:
        file.write(b"x")
    waiter.join()
    assert seen == [True]


def test_growth_that_was_there_before_is_seen_at_once(log: Path) -> None:
    assert wait_for_change(ANYWHERE, log, 13, 0)
    assert not wait_for_change(ANYWHERE, log, 14, 0)
    assert not wait_for_change(ANYWHERE, log.with_name("none"), 0, 0.03)


def test_a_wait_can_be_stopped(log: Path) -> None:
    stop = threading.Event()
    stop.set()
    assert not wait_for_change(ANYWHERE, log, 14, 3600, stop=stop)
