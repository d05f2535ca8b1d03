"""What JAMSWebClient sends as documents: its examples, parts typed in short, and the difference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commandline import environment, run
from tests.support.running import configure, running
from webclient.commands import load_commands

COMMANDS = load_commands()
MADE = sorted(word for word in COMMANDS if COMMANDS[word].document and not COMMANDS[word].patches)
JOB = [r"\Sales\Load", "--method", "Command", "--source", 'echo "loading $day"; echo done']


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    home = tmp_path_factory.mktemp("documents") / "home"
    configure(home)
    with running(home):
        found = environment(home.parent, JAMS_HOME=str(home))
        for name in ("Sales", "JAMS"):
            assert run("folder", "create", name, env=found).returncode == 0
        assert run("job", "create", *JOB, "--parameter", "day=today", env=found).returncode == 0
        for name in (
            "JAMSPurge",
            "JAMSPurgeLogs",
            "JAMSPurgeAuditTrail",
            "JAMSBackup",
        ):  # which are not delivered here
            done = run("job", "create", rf"\JAMS\{name}", *JOB[1:], "--parameter", "Days=1", env=found)
            assert done.returncode == 0, done.stderr
        yield found


@pytest.mark.parametrize("word", [word for word in MADE if word != "resubmit-info"])
def test_the_example_of_every_document_can_be_sent_as_it_is(
    word: str, env: dict[str, str], tmp_path: Path
) -> None:
    example = run(word, "--example", env=env).stdout
    file = tmp_path / "example.yaml"
    file.write_text(example.replace("Sales", "Example"))
    done = run(word, "--file", str(file), env=env)
    assert done.returncode == 0, done.stderr
    told = COMMANDS[word].document
    assert told is not None
    assert all(f"{m.wire}:" in example for m in COMMANDS.document_members(told)), "every member is explained"


def test_what_the_guide_submits_works_as_printed(env: dict[str, str]) -> None:
    done = run("submit", r"\Sales\Load", "-p", "day=today", "--follow", env=env)
    assert (done.returncode, done.stdout) == (0, "loading today\ndone\n")


def test_what_people_set_are_options(env: dict[str, str]) -> None:
    done = run(
        "create", "job", r"\Sales\Options", *JOB[1:], "--agent", "localhost", "--retry-count", "2",
        "--tag", "nightly,sales", "--schedule", "WORKDAYS", "--at", "08:30", "--parameter", "day=a=b",
        env=env,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    job = json.loads(run("job", "Options", "-o", "json", env=env).stdout)
    properties = {each["propertyName"]: each.get("currentValue") for each in job["properties"]}
    assert (properties["Agent"], properties["RetryCount"]) in (
        ("localhost", 2),
        ({"agentName": "localhost"}, 2),
    )
    assert [each["tagName"] for each in job["tags"]] == ["nightly", "sales"]
    assert (job["schedule"], job["at"]) == ("WORKDAYS", "08:30")
    assert [each["defaultValue"] for each in job["parameters"]] == ["a=b"]


def test_parts_that_are_typed_join_those_that_are_there(env: dict[str, str]) -> None:
    assert run("job", "create", r"\Sales\Parts", *JOB[1:], "--parameter", "day=1", env=env).returncode == 0
    done = run("change-job", "Parts", "--parameter", "DAY=2", "--parameter", "who=x", env=env)
    assert done.returncode == 0, done.stderr
    job = json.loads(run("job", "Parts", "-o", "json", env=env).stdout)
    found = [(each["paramName"], each["defaultValue"]) for each in job["parameters"]]
    assert sorted((name.lower(), value) for name, value in found) == [("day", "2"), ("who", "x")]


def test_a_step_is_said_once_for_each(env: dict[str, str]) -> None:
    done = run(
        "setup",
        "create",
        r"\Sales\Night",
        "--step",
        r"\Sales\Load",
        "--step",
        "JAMSPurge,JAMSPurgeLogs",
        env=env,
    )
    assert done.returncode == 0, done.stderr
    jobs = json.loads(run("setup", "Night", "-o", "json", env=env).stdout)["jobs"]
    assert [(each["jobName"].rpartition("\\")[2], each["step"]) for each in jobs] == [
        ("Load", 1), ("JAMSPurge", 2), ("JAMSPurgeLogs", 2)
    ]  # fmt: skip


def test_what_if_shows_the_difference_and_changes_nothing(env: dict[str, str], tmp_path: Path) -> None:
    before = run("job", r"\Sales\Load", "-o", "yaml", env=env).stdout
    file = tmp_path / "job.yaml"
    file.write_text(before.replace("loading", "storing"))
    done = run("change-job", "-f", str(file), "--what-if", env=env)
    assert done.returncode == 0, done.stderr
    assert "-source: " in done.stdout and "+source: " in done.stdout and "storing" in done.stdout
    assert run("job", r"\Sales\Load", "-o", "yaml", env=env).stdout == before
    assert (
        "Nothing would be changed." in run("change-job", "-f", "-", "--what-if", env=env, stdin=before).stdout
    )
    assert "there already" in run("job", "create", *JOB, "--what-if", env=env).stdout
    assert "nothing yet" in run("job", "create", r"\Sales\New", *JOB[1:], "--what-if", env=env).stdout
    assert run("job", r"\Sales\New", env=env).returncode == 3
