"""Settings of the server that runs obey: what is told to the executor with a start."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from jams.database import stored_settings
from jams.executor.log_patterns import search
from jams.executor.methods import MethodTable
from jams.objects.encodings import decoded
from jams.objects.errors import InvalidArgument
from jams.objects.parts import ParamDef, PropertyValue
from jams.objects.run import LogPatterns, RunRequest
from tests.support.schedule import ended
from tests.support.town import Town, town


@pytest.fixture
def t(place: Path | str, tmp_path: Path) -> Iterator[Town]:
    (tmp_path / "home").mkdir()
    with town(tmp_path / "home", place) as made:
        made.admit("ann")
        yield made


def put(t: Town, name: str, value: str) -> None:
    t.desk.write(partial(stored_settings.put, name=name, value=value, user="ann"))


def run(t: Town, job: str) -> RunRequest:
    """What the executor is asked for when a job is run."""
    number = t.call("submit_job", "ann", name=job).jams_entry
    token = t.executing(number)
    return next(each for each in t.runner.requests if each.token == token)


def test_file_transfers_are_told_how_host_keys_are_checked(t: Town) -> None:
    parameters = [ParamDef(param_name="hostkeychecking", default_value="AcceptHostKey")]
    t.desk.job("\\Fetch", "Server: x", method_name="FileTransfer", parameters=parameters)
    t.desk.job("\\Other", parameters=parameters)
    told = run(t, "\\Fetch").parameters
    assert {name: told[name] for name in told if name.casefold() == "hostkeychecking"} == {
        "HostKeyChecking": "FailFirstJob"
    }
    put(t, "HostKeyChecking", "checkparameter")
    assert run(t, "\\Fetch").parameters["HostKeyChecking"] == "CheckParameter"
    assert run(t, "\\Other").parameters == {"hostkeychecking": "AcceptHostKey"}, "it is no transfer"


def test_runs_are_told_the_encodings_that_are_set(t: Town) -> None:
    rules = [PropertyValue(property_name="BadPattern", current_value="é")]
    t.desk.job("\\j", properties=rules)
    told = run(t, "\\j")
    assert told.encoding == "utf-8" and told.patterns is not None and told.patterns.encoding == "utf-8"
    put(t, "DefaultInputEncoding", "850")
    put(t, "DefaultOutputEncoding", "windows-1252")
    told = run(t, "\\j")
    assert told.encoding == "850" and told.patterns is not None
    assert told.patterns == LogPatterns(bad="é", encoding="windows-1252")


def test_scripts_are_written_in_the_encoding_that_is_set() -> None:
    def encoded(method: str, encoding: str, source: str = "echo é\n") -> bytes:
        request = RunRequest(
            token="t", jams_entry=1, ron=1, method=method, source=source, job_name="j", folder_name="\\",
            encoding=encoding,
        )  # fmt: skip
        return MethodTable().find(method)[0].encode(request)

    assert encoded("Command", "850").splitlines() == [b"echo \x82"]
    assert encoded("Command", "utf-8").splitlines() == ["echo é".encode()]
    assert encoded("Python", "850") == "echo é\n".encode(), "a script of Python says its encoding itself"
    with pytest.raises(InvalidArgument, match="holds '€', which cp850 has not"):
        encoded("Command", "cp850", "echo €")


def test_logs_are_read_in_the_encoding_that_is_set_where_they_are_not_utf8(t: Town) -> None:
    t.desk.job("\\j")
    number = t.call("submit_job", "ann", name="\\j").jams_entry
    t.scheduler.run_ended(ended(t.executing(number)))
    t.over(number)
    log = t.logs / f"{number}.log"

    def said() -> str:
        text: str = t.call("get_entry_log", "ann", id=number).text
        return text

    log.write_bytes("Größe\n".encode("cp1252"))
    assert said() == "Gr\ufffd\ufffde\n"
    put(t, "DefaultOutputEncoding", "windows-1252")
    assert said() == "Größe\n"
    log.write_text("Größe €\n", encoding="utf-8")
    assert said() == "Größe €\n", "what is UTF-8 is read as that"
    part = t.call("get_entry_log", "ann", id=number, offset=3)
    assert part.text == "\ufffdße €\n", "nor does it become another for having been begun within a letter"


NO_TEXT = ["base64", "bz2", "zlib", "rot13"]
OTHER_ASCII = ["hz", "idna", "iso2022_jp", "punycode", "raw_unicode_escape", "unicode_escape", "utf-7"]


@pytest.mark.parametrize(
    "name", ["utf-16", "nothing", "cp037", "", "99999", "a\0b", "utf-8-sig", *NO_TEXT, *OTHER_ASCII]
)
def test_what_is_no_encoding_for_logs_and_scripts_is_refused(t: Town, name: str) -> None:
    for setting in ("DefaultInputEncoding", "DefaultOutputEncoding"):
        with pytest.raises(InvalidArgument):
            put(t, setting, name)


def test_the_pieces_of_a_log_are_searched_in_its_encoding() -> None:
    log = ("x" * 50 + "\nGröße\n").encode("cp1252")
    for encoding, line in (("windows-1252", 2), ("utf-8", None)):
        patterns = LogPatterns(bad="Größe", encoding=encoding)
        assert search(io.BytesIO(log), len(log), patterns, lambda: False).bad == line


def test_letters_of_several_bytes_are_not_torn() -> None:
    data = "日本語".encode("shift_jis")
    text, known = decoded(data[:5], lambda: "932", final=False)
    assert (text, known) == ("日本", 4)
    assert decoded("né".encode()[:2], lambda: "932", final=False) == ("n", 1)
    assert decoded("né".encode()[:2], lambda: "932", final=True) == ("n\ufffd", 2)
    assert decoded(b"\xff", lambda: "gone", final=True) == ("\ufffd", 1)
