"""What a job of the method FileTransfer wants, and the names that it takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jams.objects.tasks import Task
from jams.registry.execution_methods import base_method
from jams.transfers import lines, names
from jams.transfers.moving import IfExists
from jams.transfers.store import TransferError, TransferProtocol
from jams.work.running import Failure, Given
from jams.work.transfer import Direction, parse, wished

pytestmark = pytest.mark.unit

PATHS = {"Server": "files.example.org", "From": "/out/*.csv", "To": "/in"}


def given(source: str = "", **parameters: str) -> Given:
    task = Task(
        method="FileTransfer", source=source, jams_entry=17, ron=2, job_name="j", folder_name="\\",
        parameters=parameters, user_name="ann",
    )  # fmt: skip
    return Given(task, "secret")


def test_parameters_say_what_is_wanted_and_lines_of_the_source_count_more() -> None:
    wish = wished(
        given(
            "# tonight\nfrom: /out/a b:c.csv\n\nDirection: send\nPort: 2222\n",
            **PATHS,
            Protocol="FTPS",
            Port="21",
            IfExists="skip",
            RemoveAfter="True",
        )
    )
    assert wish.place.protocol is TransferProtocol.FTPS and wish.place.port == 2222
    assert (wish.direction, wish.source, wish.target) == (Direction.SEND, "/out/a b:c.csv", "/in")
    assert wish.conduct.if_exists is IfExists.SKIP and wish.conduct.remove_after
    assert wish.conduct.token == "jams-17-2"
    assert "secret" not in repr(wish)


def test_what_is_not_said_has_its_default() -> None:
    wish = wished(given(**PATHS))
    place, conduct = wish.place, wish.conduct
    assert (place.protocol, place.port, place.timeout) == (TransferProtocol.SFTP, None, 60)
    assert place.passive and conduct.beside and not conduct.recurse and not conduct.remove_after


@pytest.mark.parametrize(
    ("server", "host", "port"),
    [
        ("files.example.org", "files.example.org", None),
        ("files.example.org:2121", "files.example.org", 2121),
        ("10.0.0.7", "10.0.0.7", None),
        ("[::1]:22", "::1", 22),
        ("fe80::1", "fe80::1", None),
    ],
)
def test_a_server_is_a_host_with_a_port(server: str, host: str, port: int | None) -> None:
    place = wished(given(**PATHS | {"Server": server})).place
    assert (place.host, place.port) == (host, port)


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"Server": ""}, "Server says no file server"),
        ({"Server": "ann:x@host"}, "ConnectionCredential"),
        ({"Server": "sftp://host"}, "a host alone"),
        ({"Server": "a b"}, "no host"),
        ({"Server": "host:99999"}, "65535"),
        ({"From": ""}, "From says no path"),
        ({"To": " "}, "To says no path"),
        ({"From": "/out/../etc/passwd"}, "part '..'"),
        ({"To": "..\\x"}, "part '..'"),
        ({"From": "/a\x07"}, "no character of a path"),
        ({"Protocol": "SCP"}, "one of FTP, FTPS, FTPSImplicit, SFTP"),
        ({"Direction": "Both"}, "one of Receive, Send"),
        ({"Mode": "Ascii"}, "SFTP has no Mode Ascii"),
        ({"Recurse": "maybe"}, "true or false"),
        ({"Port": "x"}, "whole number"),
        ({"Port": "70000"}, "from 0 to 65535"),
        ({"Timeout": "0"}, "from 1 to"),
    ],
)
def test_what_cannot_be_meant_is_refused(parameters: dict[str, str], told: str) -> None:
    with pytest.raises(Failure, match=told):
        wished(given(**PATHS | parameters))


@pytest.mark.parametrize("source", ["get a.txt", "Form: /a", "From: /a\nfrom: /b"])
def test_a_line_that_is_none_of_a_transfer_is_refused(source: str) -> None:
    with pytest.raises(Failure):
        wished(given(source, **PATHS))


def test_patterns_are_stars_and_question_marks_alone() -> None:
    fits = names.matcher("a*.c?v").fullmatch
    assert fits("a.csv") and fits("ab\n.cxv") and not fits("b.csv") and not fits("a.cv")
    assert names.matcher("[a].txt").fullmatch("[a].txt") and not names.matcher("[a].txt").fullmatch("a.txt")
    assert not names.matcher("*").fullmatch(".hidden") and names.matcher(".*").fullmatch(".hidden")


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/etc/passwd", "a/b", "a\0b"])
def test_a_name_that_leads_out_is_no_name(name: str) -> None:
    with pytest.raises(TransferError):
        names.safe(name)


def test_names_do_not_break_lines_of_a_log() -> None:
    assert names.shown("a\nb\x1b[2J\u202eü -x") == "a\\nb\\x1b[2J\\u202eü -x"


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_line_ends_change_whole_wherever_a_piece_ends(size: int) -> None:
    wire = b"\r\na\r\n\r\nb\rc\n\r"
    coming = lines.Incoming(b"\n")
    pieces = [wire[at : at + size] for at in range(0, len(wire), size)]
    assert b"".join(map(coming.take, pieces)) + coming.rest() == b"\na\n\nb\rc\n\r"
    here = b"\na\n\nb\r\nc\rd\r"
    going = lines.Outgoing()
    pieces = [here[at : at + size] for at in range(0, len(here), size)]
    assert b"".join(map(going.take, pieces)) == b"\r\na\r\n\r\nb\r\nc\rd\r"


def test_the_page_tells_of_every_parameter_with_its_default() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "file-transfer.md").read_text(encoding="utf-8")
    table = page.split("| parameter | default | |")[1].split("\n\n")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (?:`(\w+)`)? ?\|", table, re.M))
    method = base_method("FileTransfer")
    assert method is not None
    assert told == {each.param_name: each.default_value or "" for each in method.parameters}


def test_what_the_method_offers_is_what_its_runs_read() -> None:
    method = base_method("FileTransfer")
    assert method is not None
    source = "".join(f"{each.param_name}: {each.default_value or '/x'}\n" for each in method.parameters)
    assert parse(source).keys() == {each.param_name for each in method.parameters}
    for each in method.parameters:
        for value in (each.validation_data or "").split(","):
            protocol = {} if each.param_name == "Protocol" else {"Protocol": "FTP"}
            wished(given(**PATHS | protocol | {each.param_name: value or each.default_value or "x"}))
