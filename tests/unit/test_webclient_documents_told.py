"""YAML as people mean it, commands in two words, and documents of which every member is told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from webclient.commands import load_commands
from webclient.options import named_command
from webclient.yamlreading import from_yaml

DOCS = Path(__file__).resolve().parents[2] / "docs"
COMMANDS = load_commands()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("08:30", "08:30"),
        ("22:00:00", "22:00:00"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("2026-01-31", "2026-01-31"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("5", 5),
        ("-1.5e3", -1500.0),
        ("true", True),
        ("~", None),
        ("", None),
        ("null", None),
        ("=", "="),
        ("|\n  a\n  b\n", "a\nb\n"),
    ],
)
def test_plain_words_are_of_yaml_1_2(text: str, value: object) -> None:
    assert from_yaml(f"a: {text}\n") == {"a": value}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\na: 2\n", "line 2: a is there twice"),
        ("a: [\n", "line"),
        ("\ta: 1", "line 1"),
        ("a: !!python/name:os.system x", "line 1"),
    ],
)
def test_what_is_no_yaml_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        from_yaml(text)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("job create", "create-job"),
        ("create job", "create-job"),
        ("jobs create", "create-job"),
        ("entry hold 1", "hold"),
        ("hold entry", "hold"),
        ("job list", "jobs"),
        ("jobs list", "jobs"),
        ("job show x", "job"),
        ("variable set a b", "set-variable"),
        ("queue stop q", "stop-queue"),
        ("stop queue q", "stop-queue"),
        ("entry 1", "entry"),
        ("job Load", "job"),
        (r"job \create", "job"),
        ("logs 1", "log"),
        ("-o json job create", "create-job"),
        ("job -o json create x", "create-job"),
    ],
)
def test_a_command_in_two_words(typed: str, word: str) -> None:
    assert named_command(typed.split(" "), COMMANDS)[0] == word


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.name)
def test_no_page_shows_types_of_python(page: Path) -> None:
    assert not re.search(r"<class '|datetime\.date|NoneType|typing\.", page.read_text("utf-8"))


def test_every_member_of_every_document_is_told() -> None:
    page = (DOCS / "documents.md").read_text("utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(lines) > 200
    assert not [line for line in lines if line.endswith("|  |")]


@pytest.mark.parametrize(
    "text",
    sorted({*re.findall(r'--schedule "?([A-Z0-9 ]+?)"? --at', (DOCS / "coming-from.md").read_text("utf-8"))}),
)
def test_the_days_of_those_who_come_from_elsewhere_are_understood(text: str) -> None:
    from jams.dates import parse

    assert parse(text)


def test_every_document_that_is_made_has_an_example() -> None:
    examples = json.loads((DOCS.parent / "webclient" / "examples.json").read_text("utf-8"))
    made = {
        command.document["of"]
        for word in COMMANDS
        if (command := COMMANDS[word]).document and not command.patches
    }
    assert made <= set(examples)
