"""What docs/rest.md says of scripts for JAMS 7: each line of its table, with requests as they write them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.rest_script import Script
from tests.support.town import town

ROWS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "jams7_scripts.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Script]:
    with town(tmp_path_factory.mktemp("scripts")) as t:
        t.admit("ann")
        script = Script(t)
        script.done("POST", "/folder", {"folderName": "Samples"})
        job = {"jobName": "Sleep", "parentFolderName": "\\Samples", "methodName": "Command", "source": "x"}
        script.done("POST", "/job", job)
        yield script


def test_scripts_for_jams_7_are_answered_as_is_told(s: Script) -> None:
    kept: dict[str, Any] = {}
    for row in ROWS:
        assert row["tried"], row["scripts write"]
        for step in row["tried"]:
            tried(s, step, kept)


def tried(s: Script, step: dict[str, Any], kept: dict[str, Any]) -> None:
    """Make a request, and look at its answer."""
    verb, path = step["ask"].format(**kept).split(" ", 1)
    accepted = {"Accept": step["accept"]} if "accept" in step else {}
    status, said = s.ask(verb, path, step.get("body"), **accepted)
    if "status" in step:
        assert status == step["status"], (step["ask"], said)
    else:
        assert status in (200, 201), (step["ask"], said)
    if step.get("text"):
        assert isinstance(said, str) and said and "\n" not in said
    for member, value in step.get("holds", {}).items():
        assert said[member] == value, (step["ask"], member, said)
    kept.update({name: said[member] for name, member in step.get("keep", {}).items()})
