"""How far submitters and jobs reach on a server that runs, over REST and with real jobs."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from jams.operations import CATALOGUE
from tests.support.doors import DoorError, RestDoor
from tests.support.running import PASSWORD, Running, add_account, configure, running


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with an account ``boss``, and ``mallory`` who may submit and see his own alone."""
    home = tmp_path_factory.mktemp("rights") / "home"
    configure(home)
    os.environ["PGPASSWORD"] = "of-the-database"
    try:
        with running(home) as made:
            add_account(home, "boss", "Administrators")
            add_account(home, "mallory", "Submitters")
            with closing(sqlite3.connect(home / "JAMS.db")) as database, database:
                database.execute(
                    "update access_rule set rights = 'Execute,SeeOwn' "
                    "where area = 'Monitor' and identifier = 'Submitters'"
                )
                database.execute(
                    "delete from access_rule where area = 'JobDefinitions' and identifier = 'Submitters'"
                )
            yield made
    finally:
        del os.environ["PGPASSWORD"]


def call(jams: Running, operation: str, caller: str, **inputs: Any) -> Any:
    return RestDoor(jams).call(CATALOGUE[operation], inputs, caller)


def job(jams: Running, name: str, source: str, **members: Any) -> None:
    document = {"jobName": name, "parentFolderName": "\\", "methodName": "Command", "source": source}
    call(jams, "create_job", "boss", job=document | members)


def run(jams: Running, name: str, caller: str = "boss") -> tuple[dict[str, Any], str]:
    """The entry of a job that was run, and its log."""
    number = call(jams, "submit_job", caller, name=name)["jamsEntry"]
    entry = call(jams, "wait_for_entry", caller, id=number, timeout=30.0)
    assert entry["currentState"] == "Complete"
    return entry, call(jams, "get_entry_log", caller, id=number)["text"]


@pytest.mark.parametrize(
    ("member", "beyond"),
    [
        ("HomeDirectory", {"properties": [{"propertyName": "HomeDirectory", "currentValue": "/tmp"}]}),
        ("LogLocation", {"properties": [{"propertyName": "LogLocation", "currentValue": "/etc"}]}),
        ("logLocation", {"logLocation": "/etc"}),
        ("Agent", {"properties": [{"propertyName": "Agent", "currentValue": "elsewhere"}]}),
    ],
)
def test_who_may_only_submit_sets_nothing_of_the_definition(
    jams: Running, member: str, beyond: dict[str, Any]
) -> None:
    name = f"plain {member} of {'a property' if 'properties' in beyond else 'its own'}"
    job(jams, name, "true")
    with pytest.raises(DoorError) as refused:
        call(jams, "submit", "mallory", submit_info={"name": name, **beyond})
    assert refused.value.code == "AccessDenied" and member in str(refused.value)


def test_his_runs_are_all_that_he_sees(jams: Running) -> None:
    job(jams, "shared", "echo output")
    theirs, _ = run(jams, "shared")
    his, _ = run(jams, "shared", "mallory")
    assert [e["jamsEntry"] for e in call(jams, "find_entries", "mallory")] == [his["jamsEntry"]]
    page = call(jams, "search_history", "mallory", filter="JobName eq 'shared'")
    assert (page["count"], [r["jamsEntry"] for r in page["items"]]) == (1, [his["jamsEntry"]])
    records = call(jams, "find_history", "boss", name="shared")
    other = next(r for r in records if r["jamsEntry"] == theirs["jamsEntry"])
    for operation in ("get_history", "get_history_log"):
        with pytest.raises(DoorError) as refused:
            call(jams, operation, "mallory", job_id=other["jobID"], id=other["historyID"])
        assert refused.value.code == "HistoryNotFound"
    assert call(jams, "get_submit_info", "mallory", name="shared").get("source") is None
    assert call(jams, "get_submit_info", "boss", name="shared")["source"] == "echo output"
    assert call(jams, "get_entry", "mallory", id=his["jamsEntry"]).get("source") is None


@pytest.mark.parametrize(
    ("name", "put"),
    [
        ("key", "ln -s {home}/secret.key"),
        ("users", "ln -s /etc/passwd"),
        ("database", "ln -s {home}/JAMS.db"),
        ("pipe", "mkfifo"),
        ("directory", "mkdir"),
    ],
)
def test_what_a_job_puts_in_the_place_of_its_log_is_not_shown(jams: Running, name: str, put: str) -> None:
    (jams.home / "secret.key").touch(mode=0o600)
    job(jams, name, f'rm "$JAMS_LOG"; {put.format(home=jams.home)} "$JAMS_LOG"')
    number = call(jams, "submit_job", "boss", name=name)["jamsEntry"]
    entry = call(jams, "wait_for_entry", "boss", id=number, timeout=30.0)
    (record,) = call(jams, "find_history", "boss", name=name)
    for operation, inputs in (
        ("get_entry_log", {"id": entry["jamsEntry"]}),
        ("get_entry_log", {"id": entry["jamsEntry"], "tail": 5}),
        ("get_history_log", {"job_id": record["jobID"], "id": record["historyID"]}),
    ):
        with pytest.raises(DoorError) as refused:
            call(jams, operation, "boss", **inputs)
        assert refused.value.code == "LogNotFound"


def test_a_logout_ends_its_own_login_and_all_on_request(jams: Running) -> None:
    def log_in() -> str:
        answer = call(jams, "log_in", "nobody", username="mallory", password=PASSWORD)
        return str(answer["access_token"])

    def log_out(token: str, query: str = "") -> str:
        return str(with_token(jams, "POST", f"/authentication/logout{query}", token)[1])

    one, two, three = log_in(), log_in(), log_in()
    assert log_out(one) == "1 login of mallory was ended."
    assert with_token(jams, "GET", "/authentication", one)[0] == 401
    assert with_token(jams, "GET", "/authentication", two)[0] == 200
    assert log_out(two, "?all=true") == "2 logins of mallory were ended."
    assert with_token(jams, "GET", "/authentication", three)[0] == 401
    assert "no login was ended" in call(jams, "log_out", "mallory")
    assert "no login was ended" in log_out(jams.token)
    assert with_token(jams, "GET", "/authentication", jams.token)[0] == 200


def with_token(jams: Running, verb: str, path: str, token: str) -> tuple[int, Any]:
    """The status and the answer of a request with a token."""
    parts = urlsplit(jams.url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request(verb, f"{parts.path}/api{path}", headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_a_job_inherits_nothing_that_is_open_in_the_server_and_none_of_its_secrets(jams: Running) -> None:
    job(jams, "look", "ls -l /proc/self/fd; env")
    _, log = run(jams, "look")
    opened = [line.split(" -> ")[1] for line in log.splitlines() if " -> " in line]
    assert all(
        target == "/dev/null" or target.startswith(("/proc/", str(jams.home / "logs" / "jobs"), "pipe:"))
        for target in opened
    ), opened
    assert "of-the-database" not in log
    assert jams.token not in log


def test_logs_lie_below_the_configured_places(jams: Running) -> None:
    for where in ("/etc", "/proc/self/fd", "/dev", "logs/.."):
        with pytest.raises(DoorError) as refused:
            job(jams, "away", "true", properties=[{"propertyName": "LogLocation", "currentValue": where}])
        assert refused.value.code == "InvalidArgument"
    job(jams, "near", "true", properties=[{"propertyName": "LogLocation", "currentValue": "logs/jobs/near"}])
    entry, _ = run(jams, "near")
    assert Path(entry["logFilename"]).parent == (jams.home / "logs" / "jobs" / "near").resolve()
