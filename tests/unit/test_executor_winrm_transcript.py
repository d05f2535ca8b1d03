from __future__ import annotations

import ssl
from types import SimpleNamespace
from typing import Any

import pytest

from jams.executor.winrm.failures import reason
from jams.executor.winrm.texts import error_lines, object_lines
from jams.executor.winrm.transcript import PROGRESS_SECONDS, Transcript

pytestmark = pytest.mark.unit


class Paper:
    """A transcript with what it has written, and a clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.written = b""
        self.transcript = Transcript(self._write, lambda: self.now)

    def _write(self, data: bytes) -> None:
        self.written += data

    @property
    def text(self) -> str:
        return self.written.decode()


def progress(text: str, percent: int | None = None, *, done: bool = False, id: int = 0) -> Any:
    return SimpleNamespace(
        activity="Copy",
        activity_id=id,
        description=text,
        current_operation=None,
        percent_complete=percent,
        progress_type=SimpleNamespace(value=1 if done else 0),
    )


def test_progress_is_written_when_it_has_come_far_or_time_has_passed() -> None:
    paper = Paper()
    for percent in range(0, 30):
        paper.transcript.progress(progress(f"file {percent}", percent))
    assert paper.text.splitlines() == [
        "PROGRESS: Copy: file 0 (0%)",
        "PROGRESS: Copy: file 10 (10%)",
        "PROGRESS: Copy: file 20 (20%)",
    ]
    paper.now += PROGRESS_SECONDS
    paper.transcript.progress(progress("file 29", 29))
    paper.transcript.progress(progress("file 29", 29))
    paper.transcript.progress(progress("", done=True))
    assert paper.text.splitlines()[3:] == ["PROGRESS: Copy: file 29 (29%)", "PROGRESS: Copy: completed"]


def test_progress_that_says_the_same_is_written_once_however_long_it_takes() -> None:
    paper = Paper()
    for _ in range(5):
        paper.now += 2 * PROGRESS_SECONDS
        paper.transcript.progress(progress("waiting", -1))
    assert paper.text == "PROGRESS: Copy: waiting\n"


def test_activities_do_not_hide_each_other() -> None:
    paper = Paper()
    paper.transcript.progress(progress("a", id=1))
    paper.transcript.progress(progress("b", id=2))
    assert paper.text.count("PROGRESS") == 2


def test_a_mark_begins_a_line_of_its_own() -> None:
    paper = Paper()
    paper.transcript.host("half", new_line=False)
    paper.transcript.note("WARNING", "careful\nvery")
    paper.transcript.host("a line\n", new_line=False)
    paper.transcript.note("VERBOSE", "")
    assert paper.text == "half\nWARNING: careful\nWARNING: very\na line\nVERBOSE: \n"


def test_text_that_cannot_be_encoded_is_written_all_the_same() -> None:
    paper = Paper()
    paper.transcript.output("a\ud800b")
    assert paper.text == "a?b\n"


def test_what_contains_itself_has_an_end() -> None:
    loop: dict[str, Any] = {}
    loop["again"] = {"inner": loop}
    assert "..." in "\n".join(object_lines(loop))


@pytest.mark.parametrize(
    ("members", "first"),
    [
        ({"details_message": "told"}, "told"),
        ({"exception": SimpleNamespace(extended_properties={"Message": "thrown"})}, "thrown"),
        ({}, "as text"),
    ],
)
def test_an_error_says_what_happened(members: dict[str, Any], first: str) -> None:
    class Record(SimpleNamespace):
        def __str__(self) -> str:
            return "as text"

    empty = dict.fromkeys(("details_message", "exception", "invocation_position_message", "message"))
    record = Record(**{**empty, "fq_error": "Id", **members})
    assert error_lines(record) == [first, "    + FullyQualifiedErrorId : Id"]


def test_the_reason_is_what_is_at_the_bottom() -> None:
    bottom = ssl.SSLCertVerificationError(1, "certificate verify failed")
    bottom.verify_message = "self-signed certificate"
    assert reason(ConnectionError(RuntimeError("retries", bottom))) == "self-signed certificate"
    assert reason(ConnectionError(ConnectionRefusedError(111, "Connection refused"))) == "Connection refused"
    assert reason(ValueError()) == "ValueError"
    circle = ValueError("round")
    circle.__cause__ = circle
    assert reason(circle) == "round"
