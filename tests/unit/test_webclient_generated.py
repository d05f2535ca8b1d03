"""What is generated for JAMSWebClient is complete, and names no option twice."""

from __future__ import annotations

import argparse
import json

import pytest

from generators.source import ROOT
from generators.webclient_commands import FILE
from jams.operations import CATALOGUE
from webclient import options
from webclient.commands import Commands
from webclient.helptext import CONNECTION_OPTIONS, VALUED

COMMANDS = Commands(json.loads((ROOT / FILE).read_text(encoding="utf-8")))


def test_every_operation_is_a_command() -> None:
    assert {COMMANDS[word].operation for word in COMMANDS} == {operation.name for operation in CATALOGUE}
    assert {operation.command for operation in CATALOGUE} == set(COMMANDS)


def test_exactly_one_command_opens_a_session() -> None:
    assert [w for w in COMMANDS if COMMANDS[w].session == "opens"] == [COMMANDS.opening().word]


@pytest.mark.parametrize("word", list(COMMANDS))
def test_command_can_be_parsed_and_explained(word: str) -> None:
    parser = options.command_parser(
        COMMANDS[word], COMMANDS
    )  # argparse refuses an option that is there twice
    text = parser.format_help()
    assert COMMANDS[word].summary.replace("``", "'") in " ".join(text.split())
    assert "--server URL" in text and "--protocol" in text
    assert "``" not in text


@pytest.mark.parametrize("word", list(COMMANDS))
def test_every_input_can_be_given(word: str) -> None:
    """By an option, a secret by that of a file, by position, or because the client takes care of it."""
    command = COMMANDS[word]
    known = {o for action in options.command_parser(command, COMMANDS).actions for o in action.option_strings}
    cared_for = {hint["wait"] for hint in (command.follow, command.ending) if hint}
    for item in command.inputs:
        assert (
            item.option in known
            or f"--no-{item.option[2:]}" in known
            or (item.secret and f"{item.option}-file" in known)
            or item.name in command.positional
            or (command.patches and item.name in command.key)
            or item.name in cared_for
            or command.session
        ), item.name


@pytest.mark.parametrize("word", list(COMMANDS))
def test_secrets_have_no_option(word: str) -> None:
    known = {o for a in options.command_parser(COMMANDS[word], COMMANDS).actions for o in a.option_strings}
    assert not {item.option for item in COMMANDS[word].inputs if item.secret} & known


@pytest.mark.parametrize("word", list(COMMANDS))
def test_hints_lead_somewhere(word: str) -> None:
    command = COMMANDS[word]
    members = {member.wire for member in COMMANDS.members(command.result.get("of", ""))}
    names = {item.name for item in command.inputs}
    if command.ending:
        assert {command.ending[m] for m in ("state", "severity", "reason")} <= members
        assert command.ending["wait"] in names
    if command.pieces:
        assert {command.pieces[m] for m in ("next", "done", "text", "size")} <= members
        assert {command.pieces["cursor"], command.pieces["single"]} <= names
    if command.follow:
        assert COMMANDS.by_operation(command.follow["until"]).ending and command.follow["wait"] in names
    if command.starts:
        assert command.starts["number"] in members | names
        assert COMMANDS.by_operation(command.starts["wait"]).ending
        assert COMMANDS.by_operation(command.starts["log"]).follow
    for item in [*command.inputs, *(COMMANDS.document_members(command.document) if command.document else ())]:
        if item.offer:
            source = COMMANDS.by_operation(item.offer["operation"])
            assert source.result["many"] and source.reads
            assert item.offer["member"] in {m.wire for m in COMMANDS.members(source.result["of"])}


def test_valued_options_are_those_of_the_parser() -> None:
    parser = options.general_parser(COMMANDS)
    assert {o for a in parser.actions if a.nargs != 0 for o in a.option_strings} == VALUED
    assert set(CONNECTION_OPTIONS) < VALUED


def test_what_is_changed_in_part_can_be_fetched_to_show_both_sides_of_a_conflict() -> None:
    change, create = COMMANDS["change-job"].document, COMMANDS["create-job"].document
    assert change and (change["source"], change["version"]) == ("get_job", "version")
    assert {"source", "acl"} <= set(change["clears"]) and "jobID" not in change["clears"]
    assert create and not {"source", "version", "clears"} & set(create)


def test_read_only_members_are_no_options() -> None:
    parser = options.command_parser(COMMANDS["change-job"], COMMANDS)
    known = {o for action in parser.actions for o in action.option_strings}
    assert "--last-changed-by" not in known and "--description" in known and "--source-file" in known
    assert any(isinstance(action, argparse._AppendAction) for action in parser.actions)
