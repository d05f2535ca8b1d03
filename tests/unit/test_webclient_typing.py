"""What people type: times, values, options, commands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from webclient import arguments, options
from webclient.client_errors import UsageError
from webclient.commands import load_commands
from webclient.main import main
from webclient.times import local_text, read_day, read_seconds, read_time

COMMANDS = load_commands()
NOW = datetime(2026, 11, 24, 15, 30, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture(autouse=True)
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("now", "2026-11-24T15:30:00+01:00"),
        ("+10m", "2026-11-24T15:40:00+01:00"),
        ("+1h30m", "2026-11-24T17:00:00+01:00"),
        ("-2d", "2026-11-22T15:30:00+01:00"),
        ("+1.5H", "2026-11-24T17:00:00+01:00"),
        ("today", "2026-11-24T00:00:00+01:00"),
        ("today 18:00", "2026-11-24T18:00:00+01:00"),
        ("Tomorrow 06:30", "2026-11-25T06:30:00+01:00"),
        ("yesterday", "2026-11-23T00:00:00+01:00"),
        ("18:00", "2026-11-24T18:00:00+01:00"),
        ("2026-07-01", "2026-07-01T00:00:00+02:00"),
        ("2026-07-01 12:00", "2026-07-01T12:00:00+02:00"),
        ("2026-07-01T12:00:30", "2026-07-01T12:00:30+02:00"),
        ("2026-07-01T12:00Z", "2026-07-01T12:00:00+00:00"),
        ("2026-07-01T12:00-05:00", "2026-07-01T12:00:00-05:00"),
    ],
)
def test_times(text: str, meant: str) -> None:
    assert read_time(text, NOW) == meant


@pytest.mark.parametrize(
    "text", ["", "soon", "+10", "+m", "today at six", "25:00", "2026-13-01", "+1y", "tomorrow x"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="is no time; write for example"):
        read_time(text, NOW)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-01-31", "2026-01-31"),
        ("Today", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("yesterday", "2026-11-23"),
        ("+3d", "2026-11-27"),
        ("-2w", "2026-11-10"),
    ],
)
def test_days(text: str, meant: str) -> None:
    assert read_day(text, NOW.date()) == meant


@pytest.mark.parametrize(
    "text", ["", "31.1.2026", "2026-02-30", "+3h", "+3", "+99999999999d", "2026-01-31T10:00"]
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match="is no day; write for example"):
        read_day(text, NOW.date())


def test_spans() -> None:
    assert [read_seconds(t) for t in ("90", "1.5", "10m", "1h30m", "2d")] == [90, 1.5, 600, 5400, 172800]
    for text in ("", "-1", "m", "1x", "1m30"):
        with pytest.raises(ValueError, match="is no span of time"):
            read_seconds(text)


def test_times_are_shown_in_the_local_zone() -> None:
    assert local_text("2026-07-01T10:00:00Z") == "2026-07-01 12:00:00"
    assert local_text("0001-01-01T00:00:00Z") == ""
    assert local_text("soon") == "soon"


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    shown = [local_text(f"2026-10-25T{time}:00Z") for time in ("00:30", "01:30", "02:00")]
    assert shown == ["2026-10-25 02:30:00+02:00", "2026-10-25 02:30:00+01:00", "2026-10-25 03:00:00"]
    assert local_text("2026-03-29T01:30:00Z") == "2026-03-29 03:30:00"


def typed(*words: str) -> tuple[str, dict[str, object]]:
    word, rest = options.split_command(list(words))
    assert word is not None
    command = COMMANDS[word]
    return word, arguments.inputs(command, options.command_parser(command, COMMANDS).take(rest), COMMANDS)


@pytest.mark.parametrize(
    ("line", "inputs"),
    [
        ("hold 12", {"id": 12}),
        ("hold 12 --comment month-end", {"id": 12, "comment": "month-end"}),
        ("-o json hold --comment=x 12 -v", {"id": 12, "comment": "x"}),
        ("job 12", {"id": 12}),
        (r"job \Sales\Load", {"name": r"\Sales\Load"}),
        ("job --name 12", {"name": "12"}),
        ("job --id 12", {"id": 12}),
        ("jobs", {}),
        (r"jobs \Sales --recursive", {"name": r"\Sales", "recursive": True}),
        ("jobs --no-recursive", {"recursive": False}),
        ("entries --state executing,HELD --state idle", {"state": ["Executing", "Held", "Idle"]}),
        ("entries --limit 5", {"limit": 5}),
        ("submit x --priority -5 --note -1h", {"name": "x", "priority": -5, "note": "-1h"}),
        ("submit L -p a=1 -p b=x=y -p c=", {"name": "L", "parameters": {"a": "1", "b": "x=y", "c": ""}}),
        ("submit -- -odd", {"name": "-odd"}),
        ("submit Load --hold --priority -5", {"name": "Load", "hold": True, "priority": -5}),
        ("set-variable Name value", {"name": "Name", "value": "value"}),
        ("set-parameter 12 day today", {"id": 12, "param_name": "day", "param_value": "today"}),
        ("parameter 12 -o json day", {"id": 12, "name": "day"}),
        ("search-history --no-count --top 3", {"count": False, "top": 3}),
        ("log 12 --tail 10 --follow", {"id": 12, "tail": 10}),
    ],
)  # fmt: skip
def test_inputs(line: str, inputs: dict[str, object]) -> None:
    assert typed(*line.split(" "))[1] == inputs


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("hold", "give ID"),
        ("hold x", "ID: 'x' is not a whole number"),
        ("hold 1 2", "'2' is one value too many"),
        ("hold 1 --comemnt x", "there is no option --comemnt; did you mean --comment?"),
        ("hold 1 --comment", "expected one argument"),
        ("job", "give a name or a number"),
        ("job x --id 2", "give only one of --name and --id"),
        ("job x --name y", "--name is given twice"),
        ("entries --state executng", "did you mean Executing?"),
        ("entries --after soon", "--after: 'soon' is no time"),
        ("entries --limit many", "--limit: 'many' is not a whole number"),
        ("submit x -p novalue", "'novalue' is not of the form name=value"),
        ("switch-queue 1", "give ACTION"),
        ("entries --name ", "--name is empty"),
        ("entries --folder ", "--folder is empty"),
        ("entries --state ", "--state is empty"),
        ("history ", "--name is empty"),
        ("delete-job ", "--name is empty"),
        ("jobs -o xml", "invalid choice: 'xml'"),
    ],
)
def test_complaints(line: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        typed(*line.split(" "))
    assert complaint in caught.value.message
    assert caught.value.exit_code == 2


def no_fetch(operation: str, values: dict[str, object]) -> None:
    raise AssertionError(f"{operation} is not asked")


def test_a_document_from_options_and_a_file(tmp_path: Path) -> None:
    command = COMMANDS["change-job"]
    parser = options.command_parser(command, COMMANDS)
    parsed = parser.take([r"\Sales\Load", "--description", "new", "--name", "Load2", "--version", "7"])
    assert arguments.inputs(command, parsed, COMMANDS) == {"name": r"\Sales\Load"}
    said = {"jobName": "Load2", "description": "new", "version": 7}
    assert arguments.document(command, parsed, COMMANDS, no_fetch) == said, (
        "and nothing of what it does not name"
    )
    file = tmp_path / "job.json"
    file.write_text('{"description": "old", "source": null}')
    parsed = parser.take(["12", "--file", str(file), "--description", "new"])
    assert arguments.inputs(command, parsed, COMMANDS) == {"id": 12}
    assert arguments.document(command, parsed, COMMANDS, no_fetch) == {"description": "new", "source": None}
    parsed = parser.take(["12", "--clear", "source,acl", "--clear", "tags"])
    assert arguments.inputs(command, parsed, COMMANDS) == {"id": 12, "clear": ["source,acl", "tags"]}
    assert arguments.document(command, parsed, COMMANDS, no_fetch) == {}
    with pytest.raises(UsageError, match="give --file, or members of the document"):
        arguments.document(command, parser.take([]), COMMANDS, no_fetch)


def test_a_document_from_the_server() -> None:
    command = COMMANDS["submit-document"]
    parser = options.command_parser(command, COMMANDS)
    asked: list[tuple[str, dict[str, object]]] = []

    def fetch(operation: str, values: dict[str, object]) -> dict[str, object]:
        asked.append((operation, values))
        return {"name": "Load", "note": "old"}

    parsed = parser.take([r"\Sales\Load", "--note", "new"])
    assert arguments.document(command, parsed, COMMANDS, fetch) == {"name": "Load", "note": "new"}
    assert asked == [("get_submit_info", {"name": r"\Sales\Load"})]
    with pytest.raises(UsageError, match="give either --file or what to change"):
        arguments.document(command, parser.take(["12", "--file", "x"]), COMMANDS, fetch)


@pytest.mark.parametrize("content", ["", "[1]", "{", '"x"'])
def test_a_file_that_holds_no_document(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    file = tmp_path_factory.mktemp("documents") / "job.json"
    file.write_text(content)
    parsed = options.command_parser(COMMANDS["create-job"], COMMANDS).take(["--file", str(file)])
    with pytest.raises(UsageError, match=r"is neither YAML nor JSON|does not hold one document"):
        arguments.document(COMMANDS["create-job"], parsed, COMMANDS, no_fetch)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["hodl"], 2, "there is no command hodl; did you mean hold?"),
        ([], 2, "give a command"),
        (["-o"], 2, "expected one argument"),
        (["completion", "tcsh"], 2, "name one shell: bash, zsh, fish, powershell"),
        (["jobs", "--server", "ftp://x"], 2, "'ftp://x' is no server"),
        (["log", "1", "--follow", "-o", "yaml"], 2, "--follow cannot be shown as yaml; use -o ndjson"),
        (["wait", "1", "--timeout", "long"], 2, "--timeout: 'long' is no span of time"),
    ],
)
def test_one_line_and_an_exit_code(
    words: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("jamswebclient: ") and told in shown.err
    assert shown.err.count("\n") == 1


def test_help_names_every_command_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    from webclient.client_errors import EXIT_CODES

    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {word} " in shown for word in COMMANDS)
    unfolded = " ".join(shown.split())
    assert all(
        f"\n  {code} " in shown and f" {code} {meaning}" in unfolded for code, meaning in EXIT_CODES.items()
    )
    assert main(["help", "submit"]) == 0
    assert "usage: jamswebclient submit NAME [options]" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"jamswebclient {COMMANDS.version}\n"


@pytest.mark.parametrize(
    ("line", "document"),
    [
        (r"create-job \Sales\Load", {"jobName": "Load", "parentFolderName": r"\Sales"}),
        ("create-job Sales/North/Load", {"jobName": "Load", "parentFolderName": r"Sales\North"}),
        (r"create-job \Load", {"jobName": "Load", "parentFolderName": "\\"}),
        ("create-job Load --folder Sales", {"jobName": "Load", "parentFolderName": "Sales"}),
        ("create-queue Night --job-limit 2", {"queueName": "Night", "jobLimit": 2}),
    ],
)
def test_a_new_object_is_named_by_its_path(line: str, document: dict[str, object]) -> None:
    word, *words = line.split(" ")
    parsed = options.command_parser(COMMANDS[word], COMMANDS).take(words)
    assert arguments.document(COMMANDS[word], parsed, COMMANDS, no_fetch) == document


@pytest.mark.parametrize("line", [r"create-job \Sales\Load --name Other", "create-job \\Sales\\"])
def test_a_path_that_does_not_name_one_new_object(line: str) -> None:
    word, *words = line.split(" ")
    parsed = options.command_parser(COMMANDS[word], COMMANDS).take(words)
    with pytest.raises(UsageError):
        arguments.document(COMMANDS[word], parsed, COMMANDS, no_fetch)
