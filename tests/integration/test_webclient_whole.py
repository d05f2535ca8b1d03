"""JAMSWebClient before a whole JAMS, over REST and over SOAP, in pipes and on a terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.commandline import COMMAND, environment, run, terminal
from tests.support.running import PASSWORD, Running, add_account, configure, running

COMMAND_JOB = ("--folder", "\\Sales", "--method", "Command")
GATED = """
import os, pathlib, sys, time
print("one", flush=True)
while not pathlib.Path(os.environ["gate"]).exists(): time.sleep(0.02)
print("two zw\\u00f6lf", flush=True)
sys.exit(int(os.environ["code"]))
"""


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    home = tmp_path_factory.mktemp("webclient") / "home"
    configure(home)
    with running(home) as found:
        add_account(home, "watcher", "Inquirers")
        env = environment(home.parent, JAMS_HOME=str(home))
        for line in (
            ["create-folder", "--name", "Sales"],
            [
                "create-job",
                "--name",
                "Load",
                "--folder",
                "\\Sales",
                "--method",
                "Command",
                "--source",
                "echo done",
            ],
            [
                "create-job",
                "--name",
                "Fail",
                "--folder",
                "\\Sales",
                "--method",
                "Command",
                "--source",
                "exit 3",
            ],
        ):
            done = run(*line, env=env)
            assert done.returncode == 0, done.stderr
        parameters = [{"paramName": "gate"}, {"paramName": "code", "defaultValue": "0"}]
        job = {"jobName": "Gated", "parentFolderName": "\\Sales", "methodName": "Python", "source": GATED}
        done = run("create-job", "--file", "-", env=env, stdin=json.dumps({**job, "parameters": parameters}))
        assert done.returncode == 0, done.stderr
        yield found


@pytest.fixture(params=["rest", "soap"])
def env(request: pytest.FixtureRequest, jams: Running, tmp_path: Path) -> dict[str, str]:
    """An environment in which this JAMS is known, and spoken to over one protocol."""
    folder = tmp_path / "config" / "jamswebclient"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"protocol": request.param}))
    return environment(tmp_path, JAMS_HOME=str(jams.home))


def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


def submitted(env: dict[str, str], *words: str) -> str:
    done = run("submit", *words, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.partition("\t")[0]


def shown(env: dict[str, str], *words: str) -> Any:
    done = run(*words, "-o", "json", env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_wait_tells_how_the_job_ended(env: dict[str, str]) -> None:
    done = run("submit", "\\Sales\\Load", "--wait", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\tComplete\tSuccess\t" in done.stdout
    done = run("submit", "\\Sales\\Fail", "--wait", env=env)
    assert done.returncode == 1 and "\tComplete\tError\t" in done.stdout
    assert done.stderr.startswith("jamswebclient: entry ") and " ended with Error" in done.stderr


def test_follow_shows_the_log_and_nothing_else(env: dict[str, str], tmp_path: Path) -> None:
    gate(tmp_path).touch()
    done = run("submit", "\\Sales\\Gated", "-p", f"gate={gate(tmp_path)}", "--follow", env=env)
    assert (done.returncode, done.stdout, done.stderr) == (0, "one\ntwo zwölf\n", "")
    words = ("-p", f"gate={gate(tmp_path)}", "-p", "code=4")
    done = run("submit", "\\Sales\\Gated", *words, "--follow", env=env)
    assert (done.returncode, done.stdout) == (1, "one\ntwo zwölf\n")
    assert done.stderr.count("\n") == 1 and "ended with Error" in done.stderr


def test_follow_as_ndjson_ends_with_the_entry(env: dict[str, str]) -> None:
    done = run("submit", "\\Sales\\Load", "--follow", "-o", "ndjson", env=env)
    *pieces, entry = [json.loads(line) for line in done.stdout.splitlines()]
    assert "".join(piece["text"] for piece in pieces) == "done\n"
    assert entry["currentState"] == "Complete" and entry["finalSeverity"] == "Success"


def test_follow_waits_for_an_entry_that_is_held(env: dict[str, str]) -> None:
    number = submitted(env, "\\Sales\\Load", "--hold")
    assert shown(env, "entry", number)["currentState"] == "Held"
    with terminal([*COMMAND, "log", number, "--follow"], env) as screen:
        screen.wait_for(f"entry {number} Held")
        assert run("release", number, "--comment", "now", env=env).returncode == 0
        screen.wait_for("done")
        assert screen.end() == 0
    assert [a["comment"] for a in shown(env, "audit", number) if a["comment"]] == ["now"]


def test_an_entry_that_ends_without_a_log_ends_the_following(env: dict[str, str]) -> None:
    number = submitted(env, "\\Sales\\Load", "--hold")
    assert run("cancel", number, env=env).returncode == 0
    done = run("log", number, "--follow", env=env)
    assert (done.returncode, done.stdout) == (1, "") and "ended with Error: Cancelled" in done.stderr
    assert run("log", number, env=env).returncode == 3


def test_waiting_has_an_end(env: dict[str, str]) -> None:
    number = submitted(env, "\\Sales\\Load", "--hold")
    done = run("wait", number, "--timeout", "0.3", env=env)
    assert done.returncode == 6 and "within 0.3 seconds; its state is Held" in done.stderr
    done = run("submit", "\\Sales\\Load", "--hold", "--wait", "--timeout", "0.3", env=env)
    assert done.returncode == 6
    done = run("release", number, "--follow", env=env)
    assert (done.returncode, done.stdout) == (0, "done\n")


def test_ctrl_c_leaves_the_job_running_and_says_how_to_come_back(env: dict[str, str], tmp_path: Path) -> None:
    words = ["submit", "\\Sales\\Gated", "-p", f"gate={gate(tmp_path)}", "--follow"]
    with terminal([*COMMAND, *words], env) as screen:
        screen.wait_for("one")
        screen.type("\x03")
        text = screen.wait_for("--follow")
        assert screen.end() == 130
    number = text.partition("jamswebclient log ")[2].split()[0]
    assert f"entry {number} goes on; to come back: jamswebclient log {number} --follow" in text
    assert shown(env, "entry", number)["currentState"] == "Executing"
    gate(tmp_path).touch()
    done = run("log", number, "--follow", env=env)
    assert (done.returncode, done.stdout) == (0, "one\ntwo zwölf\n")
    assert run("wait", number, env=env).returncode == 0
    assert run("log", number, "--tail", "1", env=env).stdout == "two zwölf\n"
    assert run("log", number, "--offset", "4", env=env).stdout == "two zwölf\n"


def test_a_terminal_sees_progress_and_colours(env: dict[str, str], tmp_path: Path) -> None:
    words = ["submit", "\\Sales\\Gated", "-p", f"gate={gate(tmp_path)}", "--wait"]
    with terminal([*COMMAND, *words], env, columns=100) as screen:
        screen.wait_for("Executing")
        gate(tmp_path).touch()
        assert screen.end() == 0
        assert "\x1b[32mSuccess" not in screen.shown.partition("Current state")[0]
        assert "\x1b[32mSuccess\x1b[0m" in screen.shown and "Current state" in screen.shown
    with terminal([*COMMAND, "entries"], env, columns=60) as screen:
        assert screen.end() == 0
        lines = re.sub("\x1b[^m]*m", "", screen.shown).splitlines()
        assert lines[0].lstrip().startswith("JAMS") and max(map(len, lines)) <= 70
    with terminal([*COMMAND, "entries"], {**env, "NO_COLOR": "1"}, columns=200) as screen:
        assert screen.end() == 0
        assert "\x1b" not in screen.shown and "Success" in screen.shown


def test_definitions_are_made_changed_and_deleted(env: dict[str, str], tmp_path: Path) -> None:
    folder = f"\\{tmp_path.name[:40]}"
    name = f"{folder}\\Job"
    assert run("create-folder", "--name", folder[1:], env=env).stdout == f"Folder {folder} was created.\n"
    again = run("create-folder", "--name", folder[1:], env=env)
    assert again.returncode == 5 and again.stderr.count("\n") == 1
    source = tmp_path / "source.sh"
    source.write_text("echo <&>\nexit 0\n")
    made = ["create-job", "--name", "Job", "--folder", folder, "--method", "command"]
    assert run(*made, "--source-file", str(source), env=env).returncode == 0
    assert run("source", name, env=env).stdout == "echo <&>\nexit 0\n"
    assert run("change-job", name, "--description", "new", env=env).returncode == 0
    job = shown(env, "job", name)
    assert (job["description"], job["source"]) == ("new", "echo <&>\nexit 0\n")
    document = tmp_path / "job.json"
    document.write_text(json.dumps({**job, "description": "from a file"}))
    assert run("change-job", "--file", str(document), env=env).returncode == 0
    assert shown(env, "job", str(job["jobID"]))["description"] == "from a file"
    assert [j["jobName"] for j in shown(env, "jobs", folder)] == ["Job"]
    assert (
        run("create-variable", "--name", "Limit", "--folder", folder, "--value", "5", env=env).returncode == 0
    )
    assert run("set-variable", f"{folder}\\Limit", "6", env=env).returncode == 0
    assert shown(env, "variable", f"{folder}\\Limit")["value"] == "6"
    assert run("delete-folder", folder, env=env).returncode == 5
    assert run("delete-variable", f"{folder}\\Limit", env=env).returncode == 0
    assert run("delete-job", name, env=env).returncode == 0
    assert run("delete-folder", folder, env=env).returncode == 0
    assert run("folder", folder, env=env).returncode == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_a_source_file_may_have_a_byte_order_mark(env: dict[str, str], tmp_path: Path, encoding: str) -> None:
    folder = f"\\F{tmp_path.name}"
    assert run("create-folder", "--name", folder[1:], env=env).returncode == 0
    source = tmp_path / "source"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    source.write_bytes(mark + '#!/usr/bin/awk -f\r\nBEGIN { print "zwölf"; exit 5 }\r\n'.encode(encoding))
    made = ["create-job", "--name", "Job", "--folder", folder, "--method", "command"]
    assert run(*made, "--source-file", str(source), env=env).returncode == 0
    done = run("submit", f"{folder}\\Job", "--follow", env=env)
    assert (done.returncode, done.stdout) == (1, "zwölf\n") and "Exit code 5" in done.stderr


def test_a_submission_can_be_fetched_changed_and_sent(env: dict[str, str]) -> None:
    done = run("submit-document", "\\Sales\\Load", "--override-name", "Other", "--after", "+1h", env=env)
    assert done.returncode == 0, done.stderr
    entry = shown(env, "entry", done.stdout.partition("\t")[0])
    assert entry["displayName"] == "Other" and entry["currentState"] == "Timed"
    assert run("cancel", str(entry["jamsEntry"]), env=env).returncode == 0


def test_lists_are_filtered(env: dict[str, str]) -> None:
    number = submitted(env, "\\Sales\\Load", "--hold")
    found = shown(env, "entries", "--state", "held,timed", "--folder", "\\Sales", "--after", "-1h")
    assert int(number) in [entry["jamsEntry"] for entry in found]
    assert {entry["currentState"] for entry in found} <= {"Held", "Timed"}
    assert shown(env, "entries", "--name", "nothing*") == []
    assert run("cancel", number, env=env).returncode == 0
    page = shown(env, "search-history", "JobName eq 'Load'", "--top", "1")
    assert len(page["items"]) <= 1
    assert run("history", "--severity", "success", "--start-date", "today", env=env).returncode == 0


def test_errors_have_the_same_exit_code_over_both_protocols(env: dict[str, str], tmp_path: Path) -> None:
    assert run("hold", "999999", env=env).returncode == 3
    assert run("submit", "\\Sales\\Load", "-p", "nope=1", env=env).returncode == 2
    other = {**env, "JAMS_HOME": str(tmp_path), "JAMS_SERVER": "placeholder"}
    other["JAMS_SERVER"] = json.loads((Path(env["JAMS_HOME"]) / "client.json").read_text())["url"]
    assert run("jobs", env=other).returncode == 4
    assert run("jobs", "--user", "watcher", env={**other, "JAMS_PASSWORD": "wrong"}).returncode == 4
    denied = run("delete-job", "\\Sales\\Load", "--user", "watcher", env={**other, "JAMS_PASSWORD": PASSWORD})
    assert denied.returncode == 4 and "right" in denied.stderr


def test_a_login_is_kept_used_and_ended(env: dict[str, str], tmp_path: Path) -> None:
    url = json.loads((Path(env["JAMS_HOME"]) / "client.json").read_text())["url"]
    other = {name: value for name, value in env.items() if name != "JAMS_HOME"}
    password = tmp_path / "password"
    password.write_text(PASSWORD + "\n")
    password.chmod(0o600)
    done = run("login", "watcher", "--server", url, "--password-file", str(password), env=other)
    assert done.returncode == 0 and f"Logged in at {url} as watcher" in done.stdout
    assert run("whoami", "-o", "json", env=other).stdout.find('"watcher"') > 0
    assert run("logout", env=other).returncode == 0
    assert not json.loads((tmp_path / "config/jamswebclient/logins.json").read_text())["servers"]
    assert run("whoami", "--server", url, env=other).returncode == 4


def test_a_password_is_asked_for_on_a_terminal(env: dict[str, str], tmp_path: Path) -> None:
    url = json.loads((Path(env["JAMS_HOME"]) / "client.json").read_text())["url"]
    other = {name: value for name, value in env.items() if name != "JAMS_HOME"}
    with terminal([*COMMAND, "whoami", "--server", url, "--user", "watcher"], other) as screen:
        screen.wait_for("Password of watcher at")
        screen.type(PASSWORD + "\n")
        assert screen.end() == 0
        assert "watcher" in screen.shown and PASSWORD not in screen.shown


def test_every_form_of_output(env: dict[str, str]) -> None:
    for form in ("table", "plain", "json", "ndjson", "yaml"):
        done = run("jobs", "\\Sales", "-o", form, env=env)
        assert done.returncode == 0 and "Gated" in done.stdout, form


def test_a_forecast_is_listed_in_a_pipe_and_on_a_terminal(env: dict[str, str], tmp_path: Path) -> None:
    # A job of its own: of others tests leave entries that are held.
    name = f"Foreseen-{tmp_path.name}"
    made = run("create-job", name, "--folder", "\\Sales", "--method", "Command", "--source", "true", env=env)
    assert (made.returncode, made.stderr) == (0, "")
    words = ["forecast", "--suppose", json.dumps({"submit": f"\\Sales\\{name}"}), "--folder", "\\Sales"]
    done = run(*words, "--job-name", name, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    loads = [line.split("\t") for line in done.stdout.splitlines()]
    assert loads and all(line[1:4] == [name, "\\Sales", "Complete"] for line in loads)
    whole = shown(env, *words)
    assert whole["state"] == "Complete" and whole["assumptions"]
    with terminal([*COMMAND, *words], env, columns=140) as screen:
        assert screen.end() == 0
        assert "JAMS ENTRY" in screen.shown and "- Runs end well" in screen.shown
