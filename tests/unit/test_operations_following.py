"""A log is followed through whatever its job does to it, and from one run of an entry to the next."""

from __future__ import annotations

import threading
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.objects.errors import InvalidArgument, LogNotFound
from jams.objects.log_parts import LogPart
from jams.objects.run import RunRequest, RunStarted
from tests.support.schedule import ended, started
from tests.support.town import Town, town

LONG = 20.0


class Reader:
    """Somebody who follows the log of an entry."""

    def __init__(self, place: Town, number: int) -> None:
        self.place = place
        self.number = number
        self.cursor: str | None = None

    def next(self, timeout: float = LONG, **members: Any) -> LogPart:
        asked = {"cursor": self.cursor, **members} if self.cursor is not None else members
        part: LogPart = self.place.call("get_entry_log", "ann", id=self.number, timeout=timeout, **asked)
        self.cursor = part.cursor
        return part


class Job:
    """An entry that executes, and the log of its run."""

    def __init__(self, place: Town) -> None:
        self.place = place
        place.runner.answer = self.start
        self.number = place.call("submit_job", "ann", name="\\j").jams_entry
        self.token = place.executing(self.number)
        self.reader = Reader(place, self.number)

    def start(self, request: RunRequest) -> RunStarted:
        log = self.place.logs / f"{request.ron}.log"
        log.write_text(f"run {request.ron}\n")
        return started(request, str(log))

    @property
    def log(self) -> Path:
        return Path(self.place.desk.entry(self.number).log_filename or "")

    def write(self, text: str) -> None:
        with open(self.log, "a") as file:
            file.write(text)

    def rewrite(self, text: str) -> None:
        self.log.write_text(text)

    def end(self) -> None:
        self.place.scheduler.run_ended(ended(self.token))
        self.place.over(self.number)

    def restart(self) -> None:
        """Restart it, and let its run end; wait until the next one executes."""
        self.place.call("restart_entry", "ann", id=self.number)
        self.place.scheduler.run_ended(ended(self.token))
        while (entry := self.place.desk.entry(self.number)).restart_count == 0 or not entry.log_filename:
            self.place.scheduler.wait_for_change(self.number, 0.2)
        self.token = self.place.runner.requests[-1].token


@pytest.fixture
def job(tmp_path: Path) -> Iterator[Job]:
    with town(tmp_path) as place:
        place.admit("ann")
        place.desk.job("\\j")
        yield Job(place)


def test_what_is_added_comes_once(job: Job) -> None:
    assert job.reader.next().text == "run 1\n"
    job.write("ü" * 300)
    part = job.reader.next()
    assert (part.text, part.ron, part.begun_anew, part.complete) == ("ü" * 300, 1, False, False)
    assert (part.offset, part.next_offset, part.size) == (6, 606, 606)
    job.write("end\n")
    job.end()
    part = job.reader.next()
    assert (part.text, part.complete, part.begun_anew) == ("end\n", True, False)
    assert job.reader.next().complete


@pytest.mark.parametrize("length", [2, 6, 5000])
def test_a_log_that_is_emptied_begins_anew(job: Job, length: int) -> None:
    """Shorter than what was read, as long, and longer."""
    job.reader.next()
    job.rewrite("x" * length)
    part = job.reader.next()
    assert (part.text, part.offset, part.begun_anew, part.complete) == ("x" * length, 0, True, False)
    job.write("y")
    part = job.reader.next()
    assert (part.text, part.offset, part.begun_anew) == ("y", length, False)


def test_an_emptied_log_that_stays_empty_is_waited_for(job: Job) -> None:
    job.reader.next()
    job.rewrite("")
    part = job.reader.next(timeout=0)
    assert (part.text, part.offset, part.begun_anew, part.complete) == ("", 0, True, False)
    writer = threading.Timer(0.1, job.write, ["more"])
    writer.start()
    assert job.reader.next().text == "more"
    writer.join()


def test_a_log_that_is_moved_goes_on_when_it_reappears(job: Job) -> None:
    job.reader.next()
    job.log.rename(job.log.with_suffix(".1"))
    part = job.reader.next(timeout=0)
    assert (part.text, part.complete, part.offset) == ("", False, 6)
    writer = threading.Timer(0.1, job.rewrite, ["another\n"])
    writer.start()
    part = job.reader.next()
    assert (part.text, part.offset, part.begun_anew) == ("another\n", 0, True)
    writer.join()


def test_the_same_log_that_comes_back_goes_on_where_it_was(job: Job) -> None:
    job.reader.next()
    away = job.log.rename(job.log.with_suffix(".1"))
    assert job.reader.next(timeout=0).text == ""
    away.rename(job.log)
    job.write("more\n")
    part = job.reader.next()
    assert (part.text, part.begun_anew) == ("more\n", False)


def test_who_followed_a_log_that_is_gone_is_told_of_the_end(job: Job) -> None:
    job.reader.next()
    job.log.unlink()
    job.end()
    part = job.reader.next()
    assert (part.text, part.complete) == ("", True)
    with pytest.raises(LogNotFound):
        Reader(job.place, job.number).next()
    with pytest.raises(LogNotFound):
        Reader(job.place, job.number).next(timeout=0)


def test_the_rest_of_a_run_comes_before_the_next_one(job: Job) -> None:
    job.reader.next()
    job.write("rest of the first\n")
    job.restart()
    part = job.reader.next()
    assert (part.text, part.ron, part.complete, part.begun_anew) == ("rest of the first\n", 1, False, False)
    part = job.reader.next()
    assert (part.text, part.ron, part.offset, part.begun_anew) == ("run 2\n", 2, 0, True)
    job.write("more\n")
    job.end()
    part = job.reader.next()
    assert (part.text, part.ron, part.complete, part.begun_anew) == ("more\n", 2, True, False)


@pytest.mark.parametrize("gone", [False, True])
def test_a_run_of_which_all_was_read_is_followed_by_the_next(job: Job, gone: bool) -> None:
    job.reader.next()
    if gone:
        job.log.unlink()
    job.restart()
    part = job.reader.next()
    assert (part.text, part.ron, part.begun_anew) == ("run 2\n", 2, True)


def test_who_waits_for_the_next_run_is_told_when_it_begins(job: Job) -> None:
    job.reader.next()
    job.place.call("restart_entry", "ann", id=job.number, hold=True)
    job.place.scheduler.run_ended(ended(job.token))
    while not job.place.desk.entry(job.number).held:
        job.place.scheduler.wait_for_change(job.number, 0.2)
    part = job.reader.next(timeout=0)
    assert (part.text, part.ron, part.begun_anew, part.complete) == ("", 2, True, False)
    job.place.call("cancel_entry", "ann", id=job.number)
    assert job.reader.next().complete


def test_an_offset_beyond_the_end_waits_for_it(job: Job) -> None:
    part = job.reader.next(timeout=0, offset=10)
    assert (part.text, part.offset, part.complete) == ("", 10, False)
    job.write("0123456789")
    assert job.reader.next().text == "456789"


@pytest.mark.parametrize("cursor", ["", "7", "1.2", "1.-2.3", "a.b.c", "1.2.xyz", "1." + "9" * 17 + ".0"])
def test_what_is_no_cursor_is_refused(job: Job, cursor: str) -> None:
    with pytest.raises(InvalidArgument) as caught:
        job.place.call("get_entry_log", "ann", id=job.number, cursor=cursor)
    assert caught.value.member == "cursor"


@pytest.mark.parametrize("other", ["offset", "tail"])
def test_a_cursor_stands_alone(job: Job, other: str) -> None:
    with pytest.raises(InvalidArgument):
        job.place.call("get_entry_log", "ann", id=job.number, cursor="1.0.0", **{other: 1})


def test_the_log_of_a_run_in_the_history_names_the_run(job: Job) -> None:
    job.restart()
    job.end()
    records = job.place.call("find_history", "ann", name="\\j")
    for record in records:
        part = job.place.call("get_history_log", "ann", job_id=record.job_id, id=record.history_id)
        assert (part.text, part.ron, part.complete) == (f"run {record.ron}\n", record.ron, True)
    assert [record.ron for record in records] == [2, 1]


def test_the_bytes_of_a_log_are_given_as_they_are(job: Job) -> None:
    """What is no UTF-8, and what XML cannot hold, is in the bytes alone; the next piece follows them."""
    raw = b"\x1b[1m\xff\xfe\x00 caf\xc3\xa9\r\n"
    job.log.write_bytes(raw + b"\xe2\x82")
    part = job.reader.next(exact=True)
    assert b64decode(part.content) == raw and part.text.endswith("caf\u00e9\r\n")
    assert (part.offset, part.next_offset) == (0, len(raw))
    job.log.write_bytes(raw + b"\xe2\x82\xac done")
    assert b64decode(job.reader.next(exact=True).content) == b"\xe2\x82\xac done"
    job.write("!")
    assert job.reader.next().content == ""


def test_the_bytes_of_a_log_in_the_history_are_given_as_they_are(job: Job) -> None:
    job.log.write_bytes(b"\xff\x00")
    job.end()
    (record,) = job.place.call("find_history", "ann")
    part = job.place.call("get_history_log", "ann", job_id=record.job_id, id=record.history_id, exact=True)
    assert b64decode(part.content) == b"\xff\x00"
