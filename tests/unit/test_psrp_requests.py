"""What recorded clients asked for, as the plain data that an engine gets."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from psprovider.endpoint import decoding
from psprovider.endpoint.clixml import (
    Byte,
    Char,
    Credential,
    EnumValue,
    PSDict,
    PSList,
    PSObject,
    ScriptBlock,
    SecureString,
    Switch,
    Uri,
    XmlText,
    read,
)
from psprovider.endpoint.keys import Secrets
from psprovider.endpoint.protocol_errors import MessageViolation
from psprovider.endpoint.requests import Argument, Command, HostInfo, Merge, PipelineRequest
from tests.support.psrp_recordings import FOLDER, packets

NUMBER = uuid.UUID(int=7)
ARGUMENTS = json.loads((FOLDER / "arguments.json").read_text(encoding="utf-8"))


def request(body: str, host: HostInfo | None = None) -> PipelineRequest:
    secrets = Secrets()
    secrets.plain = True
    return decoding.pipeline(NUMBER, read(body.encode(), unseal=secrets.unseal), host or HostInfo())


def recorded(name: str) -> list[PipelineRequest]:
    return [
        request(body)
        for packet in packets(name)
        if packet[0] == "C" and len(packet) > 4
        for kind, body in packet[4]
        if kind == "CREATE_PIPELINE"
    ]


VALUES: list[Any] = [
    1,
    Byte(7),
    Char("c"),
    "a<b>&\"'\t\n_x0041_\x1b\U0001f600",
    None,
    1.5,
    datetime(2026, 1, 2, 3, 4, 5),
    datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    "System.DateTimeOffset",
    timedelta(seconds=1.5),
    uuid.UUID("01234567-89ab-cdef-0123-456789abcdef"),
    Uri,
    XmlText('<a b="1">t</a>'),
    b"\1\2\xff",
    Switch(1),
    EnumValue("System.DayOfWeek", 5, "Friday"),
    [1, "a", None],
    [1, [2, [3]]],
    {"a": 1, "b": "x"},
    PSDict({"z": 1, "a": 2}),
    "System.Management.Automation.PSCustomObject",
    ScriptBlock,
    "System.Diagnostics.Stopwatch",
    SecureString("abc"),
    Credential("ann", SecureString("abc")),
    "System.Exception",
]


@pytest.mark.parametrize(("body", "value"), list(zip(ARGUMENTS, VALUES, strict=True)))
def test_every_kind_of_argument_arrives(body: str, value: Any) -> None:
    [[command]] = request(body).statements
    found = {argument.name: argument.value for argument in command.arguments}["Value"]
    if isinstance(found, PSObject):
        assert found.is_type(value)
    elif isinstance(value, type):
        assert isinstance(found, (value, str))
    else:
        assert found == value
        assert type(found) is type(value)


def test_typed_arguments_come_as_name_and_positional_value() -> None:
    [first, *_] = recorded("02-plain-command")
    [[command]] = first.statements
    assert command.text == "Get-Thing"
    assert command.arguments == (Argument("-Count", None), Argument(None, 1))
    assert (first.has_input, first.add_to_history, first.invocation_info) == (False, True, False)


def test_every_statement_comes_once() -> None:
    names = [one.command_names for one in recorded("22-two-statements")]
    assert names[0] == ["Get-Thing", "Get-Echo"]


def test_merged_streams_are_told() -> None:
    typed = recorded("56-enter-prompts")[1]
    [[first, last]] = typed.statements
    assert (first.merge.my_result, first.merge.to_result, first.merge.error) == (2, 1, 1)
    assert (last.text, last.use_local_scope, last.merge.previous_results) == ("Out-Default", True, 3)
    assert typed.history == "Read-Something"


def test_text_is_marked_as_a_script_and_kept_out_of_names() -> None:
    refused = recorded("16-script-refused")[0]
    [[command]] = refused.statements
    assert command.is_script and command.text.strip() == "$x = 1"
    assert refused.command_names == ["(script)"]


def test_a_client_that_wants_invocation_info_says_so() -> None:
    assert recorded("13-streams-api")[0].invocation_info


def test_input_is_announced() -> None:
    assert [one.has_input for one in recorded("18-pipeline-input")][:4] == [True, True, True, False]


def test_the_sessions_host_stands_for_the_pipelines() -> None:
    host = HostInfo(is_null=False, is_ui_null=False, data={5: (100, 45)})
    found = request(ARGUMENTS[0], host)
    assert found.host is host
    assert (found.host.width, found.host.interactive) == (100, True)


@pytest.mark.parametrize("size", [None, (0, 0), (99999, 1), "wide", (-1, -1)])
def test_a_console_of_no_sensible_width_is_taken_for_120_columns(size: Any) -> None:
    assert HostInfo(data={5: size}).width == 120
    assert HostInfo(data={6: None}).height == 50


@pytest.mark.parametrize(
    "body",
    [
        "<S>a</S>",
        '<Obj RefId="0"><MS><Nil N="PowerShell" /></MS></Obj>',
        '<Obj><MS><Obj N="PowerShell"><MS><S N="Cmds">x</S></MS></Obj></MS></Obj>',
        '<Obj><MS><Obj N="PowerShell"><MS><Obj N="Cmds"><LST><S>x</S></LST></Obj></MS></Obj></MS></Obj>',
        '<Obj><MS><Obj N="PowerShell"><MS><Obj N="Cmds"><LST><Obj><MS><I32 N="Cmd">1</I32></MS></Obj></LST>'
        "</Obj></MS></Obj></MS></Obj>",
    ],
)
def test_a_pipeline_that_is_none_is_a_violation(body: str) -> None:
    with pytest.raises(MessageViolation):
        request(body)


def test_a_pipeline_without_commands_is_left_to_the_engine() -> None:
    body = '<Obj><MS><Obj N="PowerShell"><MS><Obj N="Cmds"><LST /></Obj></MS></Obj></MS></Obj>'
    assert request(body).statements == ((),)
    assert Command("").merge == Merge()


def test_lists_may_carry_a_type_of_their_own() -> None:
    assert isinstance(read(b"<Obj><TN><T>A</T></TN><LST><S>a</S></LST></Obj>"), PSList)
