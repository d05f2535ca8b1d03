"""The page on JAMSWebClient says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webclient import client_settings
from webclient.client_errors import EXIT_CODES
from webclient.commands import load_commands
from webclient.helptext import CONNECTION_OPTIONS, OWN_COMMANDS
from webclient.options import FORMATS, command_parser, named_command
from webclient.shells import SCRIPTS
from webclient.times import FORMS, read_time

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "webclient.md").read_text("utf-8")
COMMANDS = load_commands()


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    lines = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    return rows[2:]


def test_every_exit_code_is_told_in_the_words_of_the_help() -> None:
    assert table("Exit codes") == [[str(code), meaning] for code, meaning in EXIT_CODES.items()]


def test_every_form_of_output_is_told() -> None:
    assert [row[0].strip("`") for row in table("Output")] == list(FORMATS)


def test_every_setting_and_option_is_told() -> None:
    assert all(f"| `{name}` |" in PAGE for name in client_settings._CONFIGURABLE)
    assert all(f"`{option}`" in PAGE or f"`{option} " in PAGE for option in CONNECTION_OPTIONS)


def test_every_shell_is_told() -> None:
    assert all(f"jamswebclient completion {shell}" in PAGE for shell in SCRIPTS)


@pytest.mark.parametrize("form", re.findall(r"`([^`]+)`", table("Values")[0][1]) + FORMS.split(", "))
def test_every_form_of_time_is_understood(form: str) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d", read_time(form))


def test_every_command_line_on_the_page_can_be_parsed() -> None:
    pages = {path.name: path.read_text("utf-8") for path in sorted(DOCS.glob("*.md"))}
    del pages["adding-an-operation.md"]  # whose command is added there
    found = [
        (name, line)
        for name, page in pages.items()
        for line in re.findall(
            r"(?:`|\$ |\(|^    )jamswebclient ([a-z][a-z-]*[^`\n#|)]*)", page, re.MULTILINE
        )
    ]
    assert len(found) > 30
    for name, line in found:
        word, rest = named_command(line.split(), COMMANDS)
        if word in OWN_COMMANDS:
            continue
        options = [part for part in rest if re.fullmatch(r"--?[a-z][a-z-]*", part)]
        assert word in COMMANDS, (name, line)
        known = {o for a in command_parser(COMMANDS[word], COMMANDS).actions for o in a.option_strings}
        assert set(options) <= known, (name, line)
