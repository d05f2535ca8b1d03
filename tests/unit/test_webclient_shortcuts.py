"""Shortcuts: commands that have names, in the original's files and in those that are written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.test_webclient_servers import keys, put, user
from webclient.client_errors import ClientError, UsageError
from webclient.commands import load_commands
from webclient.common_settings import CommonSettings
from webclient.main import main
from webclient.shortcuts import command_line, listed

__all__ = ["user"]
OURS, ORIGINAL = "JAMSShortcuts.config", "JAMSWin.exe.config"
GUIDE = """<subkey name="Shortcut006"> <property name="Type">4</property>
<property name="Name">JAMS Jobs</property> <property name="Title">JAMS Job Definitions</property>
<property name="Description" /> <property name="PromptForKeys">false</property>
<property name="QueryJobName">*</property> <property name="QuerySystemName">JAMS</property> </subkey>"""
"""As the guide shows it."""


def block(*shortcuts: str) -> str:
    return f"<configuration><x>{''.join(shortcuts)}</x></configuration>"


def made(name: str, line: str) -> str:
    return (
        f'<subkey name="Shortcut000"><property name="Name">{name}</property>'
        f'<property name="Command">{line}</property></subkey>'
    )


def names() -> list[str]:
    return [each.name for each in listed(CommonSettings())]


def line(name: str, **asking: object) -> tuple[str, list[str]]:
    return command_line(name, load_commands(), **asking)  # type: ignore[arg-type]


@pytest.mark.parametrize("file", [OURS, ORIGINAL, "User.config"])
def test_the_block_of_the_guide_is_a_list_of_jobs(user: Path, file: str) -> None:
    put(user / file, block(GUIDE))
    assert line("jams jobs") == ("jobs", ["--name=JAMS"])
    assert [each.title for each in listed(CommonSettings())] == ["JAMS Job Definitions"]


def test_its_keys_are_asked_for_where_it_says_so(user: Path) -> None:
    asks = GUIDE.replace("false", "True").replace(">*<", ">Load*<")
    put(user / ORIGINAL, block(asks))
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return "Sales" if question.startswith("Folder") else ""

    assert line("JAMS Jobs", ask=ask) == ("jobs", ["--name=Sales", "--filter=Load*"])
    assert questions == ["Job name [Load*]: ", "Folder [JAMS]: "]
    assert line("JAMS Jobs") == ("jobs", ["--name=JAMS", "--filter=Load*"])
    put(user / ORIGINAL, block(GUIDE))
    assert line("JAMS Jobs", ask=ask) == ("jobs", ["--name=JAMS"]) and len(questions) == 2


@pytest.mark.parametrize(
    ("shortcut", "says"),
    [
        (GUIDE.replace(">4<", ">7<"), r"Type 7\) it is not known what it shows"),
        (GUIDE.replace("Type", "Kind"), r"Type missing\)"),
        (GUIDE.replace(">false<", ">perhaps<"), "PromptForKeys is True or False"),
        (
            GUIDE.replace("Description", "QueryAgent").replace(" />", ">a</property>"),
            "QueryAgent is not known",
        ),
        (made("JAMS Jobs", "jobs 'open"), "its Command cannot be read"),
        (made("JAMS Jobs", "frobnicate"), "there is no command frobnicate"),
        (made("JAMS Jobs", "shortcut 'JAMS Jobs'"), "there is no command shortcut"),
    ],
)
def test_what_is_not_understood_is_refused_and_not_shown_as_something_else(
    user: Path, shortcut: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(user / ORIGINAL, block(shortcut))
    with pytest.raises((ClientError, UsageError), match=says):
        line("JAMS Jobs")
    assert main(["shortcut", "JAMS Jobs"]) != 0 and "JAMSWin.exe.config" in capsys.readouterr().err
    assert main(["shortcut-list"]) == 0 and "JAMS Jobs" in capsys.readouterr().out


def test_a_block_without_a_name_and_a_name_that_nothing_has_are_told(user: Path) -> None:
    put(user / ORIGINAL, block(GUIDE))
    with pytest.raises(ClientError, match=r"there is no shortcut JAMS Jbos; did you mean JAMS Jobs\?"):
        line("JAMS Jbos")
    put(user / ORIGINAL, block(GUIDE.replace("JAMS Jobs", "")))
    with pytest.raises(ClientError, match="Shortcut006 has no Name"):
        line("JAMS Jobs")


def test_shortcuts_are_made_imported_and_removed(
    user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = put(
        tmp_path / "their.config", block(GUIDE, GUIDE.replace("JAMS Jobs", "Else").replace(">4<", ">9<"))
    )
    assert main(["shortcut-list", "add", "A & <B>", "job", "list", r"\A B", "--recursive"]) == 0
    assert main(["shortcut-list", "import", str(file)]) == 0
    told = capsys.readouterr()
    assert "JAMS Jobs, Else: in" in told.out and "Type 9" in told.err
    assert main(["shortcut-list", "add", "a & <b>", "jobs", "--filter", "x y"]) == 0
    assert line("A & <b>") == ("jobs", ["--filter", "x y"])
    kept = {each.name: each.said for each in listed(CommonSettings())}
    assert list(kept) == ["JAMS Jobs", "Else", "a & <b>"]
    assert kept["JAMS Jobs"] == {
        "Type": "4", "Name": "JAMS Jobs", "Title": "JAMS Job Definitions", "Description": "",
        "PromptForKeys": "false", "QueryJobName": "*", "QuerySystemName": "JAMS",
    }  # fmt: skip
    assert main(["shortcut-list", "remove", "ELSE"]) == 0
    capsys.readouterr()
    assert main(["shortcut-list"]) == 0
    assert capsys.readouterr().out == (
        "JAMS Jobs\tJAMS Job Definitions\tjobs --name=JAMS\na & <b>\t\tjobs --filter 'x y'\n"
    )


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x"), ("add", "x", "frobnicate"), ("add", "x", "jobs", "--nothing"), ("add", " ", "jobs"),
        ("add", "x", "--recursive"), ("remove", "nobody"), ("import", "/nowhere"), ("import", "FILE"),
        ("show",),
    ],
)  # fmt: skip
def test_what_cannot_be_changes_nothing(user: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    empty = put(tmp_path / "empty.config", block())
    assert main(["shortcut-list", *(str(empty) if word == "FILE" else word for word in words)]) != 0
    assert not (user / OURS).exists()


def test_common_shortcuts_are_those_of_all_users(
    user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = tmp_path / "template"
    put(tmp_path / "machine" / "jamswebclient" / ORIGINAL, block(made("Machine", "entries")))
    put(common / ORIGINAL, block(GUIDE, made("machine", "jobs")))
    put(user / OURS, block(made("Mine", "jobs")))
    assert names() == ["Machine", "Mine"]
    put(user / "User.config", keys(CommonSettingsPath=str(common)))
    assert names() == ["Machine", "JAMS Jobs"] and line("machine") == ("entries", [])
    assert main(["shortcut-list", "add", "x", "jobs"]) != 0
    assert "WriteToCommonSettings" in capsys.readouterr().err
    put(user / "User.config", keys(CommonSettingsPath=str(common), WriteToCommonSettings="true"))
    assert main(["shortcut-list", "add", "x", "jobs"]) == 0
    assert names() == ["Machine", "x", "JAMS Jobs"]


def test_a_locked_list_is_the_whole_and_stays(
    user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = tmp_path / "machine" / "jamswebclient"
    put(machine / "User.config", keys(LockShortcutbar="true"))
    put(machine / ORIGINAL, block(GUIDE))
    put(user / "User.config", keys(LockShortcutbar="false"))
    before = put(user / OURS, block(made("Mine", "jobs"))).read_text()
    file = put(tmp_path / "more.config", block(made("More", "jobs")))
    for words in (("add", "x", "jobs"), ("import", str(file)), ("remove", "Mine")):
        assert main(["shortcut-list", *words]) != 0
        assert "the list of shortcuts is locked (LockShortcutbar of User.config)" in capsys.readouterr().err
    assert names() == ["JAMS Jobs"] and (user / OURS).read_text() == before
    with pytest.raises(ClientError, match="there is no shortcut Mine"):
        line("Mine")


def test_their_names_are_completed(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(user / ORIGINAL, block(GUIDE))
    assert main(["__complete", "fish", "", "shortcut"]) == 0
    assert "JAMS" in capsys.readouterr().out
    assert main(["__complete", "fish", "imp", "shortcut-list"]) == 0
    assert capsys.readouterr().out == "import\t\n"


@pytest.mark.parametrize("encoding", ["klingon", "utf-7", "hex", "undefined"])
def test_an_encoding_that_nobody_reads_is_told(user: Path, encoding: str) -> None:
    put(user / OURS, f'<?xml version="1.0" encoding="{encoding}"?>{block(made("a", "jobs"))}')
    with pytest.raises(ClientError, match="is no XML"):
        names()


@pytest.mark.parametrize("unheld", ["\udcff", "\x01", "\ufffe"])
def test_what_could_not_be_read_again_is_not_written(
    user: Path, capsys: pytest.CaptureFixture[str], unheld: str
) -> None:
    assert main(["shortcut-list", "add", "a", "jobs"]) == 0
    assert main(["shortcut-list", "add", "b", "jobs", f"--name={unheld}"]) == 4
    assert "cannot hold the character" in capsys.readouterr().err and names() == ["a"]


def test_a_list_that_would_be_too_long_stays_as_it_is(user: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        put(tmp_path / name, block(made(name, "jobs --name=" + "x" * 600_000)))
    assert main(["shortcut-list", "import", str(tmp_path / "a")]) == 0
    assert main(["shortcut-list", "import", str(tmp_path / "b")]) == 4 and names() == ["a"]


def test_a_name_says_nothing_to_a_terminal(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(user / OURS, block(made("a&#x9b;2J&#9;b", "jobs --name='c&#10;d'")))
    assert main(["shortcut-list"]) == 0
    assert capsys.readouterr().out == "a 2J b\t\tjobs '--name=c d'\n"
    assert main(["shortcut-list", "remove", "a 2J b"]) == 0 and names() == []
