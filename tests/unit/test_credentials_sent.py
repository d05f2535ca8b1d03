"""Who decides where the password of a credential is sent: nobody who may not have it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl, CredentialDefinitions
from tests.support.rest_script import Script
from tests.support.town import Town, town

pytestmark = pytest.mark.unit


def saying(**values: Any) -> list[dict[str, Any]]:
    return [{"propertyName": key, "currentValue": value} for key, value in values.items()]


def host(name: str, **values: Any) -> dict[str, Any]:
    return {"agentName": name, "agentType": "WinRM", "properties": saying(**values)}


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("boss", passes=True)
        made.admit("dev", ALL_RIGHTS - {AccessControl.CHANGE, CredentialDefinitions.DECRYPT})
        made.desk.folder("\\Open")
        boss = Script(made, "boss")
        boss.done("POST", "/credential", {"credentialName": "Prod", "logonUserName": "svc", "password": "x"})
        boss.done("POST", "/agent", host("Good", Address="good", Credential="Prod"))
        boss.done("POST", "/agent", host("Other", Address="other"))
        job = {"jobName": "J", "parentFolderName": "\\Open", "methodName": "PowerShell", "source": "dir"}
        boss.done("POST", "/job", {**job, "properties": saying(ExecuteAs="Prod", Agent="Good")})
        yield made


def test_who_may_not_say_where_passwords_go_makes_no_host(t: Town) -> None:
    """Jobs of others bring the credentials that they run as."""
    status, told = Script(t, "dev").ask("POST", "/agent", host("Evil", Address="evil"))
    assert status == 403 and "passwords go there" in told["detail"], told
    status, told = Script(t, "dev").ask("PUT", "/agent", host("Evil", Address="evil"))
    assert status == 403, told
    assert Script(t, "boss").ask("GET", "/agent?name=Evil")[0] == 404


@pytest.mark.parametrize(
    "values",
    [
        {"Address": "evil"},
        {"Address": "good", "Port": 15986},
        {"Address": "good", "VerifyCertificate": False},
        {"Address": "good", "UseTLS": False},
        {"Address": "good", "CertificateAuthority": "/tmp/mine.pem"},
        {"Address": "good", "Authentication": "Basic"},
    ],
)
def test_nor_says_otherwise_how_one_is_reached(t: Town, values: dict[str, Any]) -> None:
    boss, dev = Script(t, "boss"), Script(t, "dev")
    first = boss.done("GET", "/revision/Agent?name=Good")[0]["version"]
    assert dev.ask("PATCH", "/agent?name=Good", {"properties": saying(**values)})[0] == 403
    boss.done("PATCH", "/agent?name=Good", {"properties": saying(Address="new", Credential="Prod")})
    assert dev.ask("POST", f"/revision/Agent/{first}/restore?name=Good")[0] == 403
    assert dev.ask("PATCH", "/agent?name=Good", {"description": "ours", "jobLimit": 3})[0] == 200
    kept = {"properties": saying(Address="new", ConnectTimeout=60)}
    assert dev.ask("PATCH", "/agent?name=Good", kept)[0] == 200
    assert boss.ask("PATCH", "/agent?name=Good", {"properties": saying(**values)})[0] == 200


@pytest.mark.parametrize(
    "other",
    [{"agent": "Other"}, {"properties": saying(HomeDirectory="C:\\Other")}],
    ids=["agent", "property"],
)
def test_who_may_not_let_work_run_as_it_submits_the_job_as_it_is(t: Town, other: dict[str, Any]) -> None:
    dev = Script(t, "dev")
    address = "/submit/job" if "agent" in other else "/submit"
    status, told = dev.ask("POST", address, {"name": "\\Open\\J", **other})
    assert status == 403 and "Submit on credential Prod" in told["detail"], told
    dev.done("POST", address, {"name": "\\Open\\J"})
    acl = {"genericACL": [{"identifier": "dev", "accessList": ["Inquire", "Submit"]}]}
    Script(t, "boss").done("PATCH", "/credential?name=Prod", {"acl": acl})
    dev.done("POST", address, {"name": "\\Open\\J", **other})


EVIL = {"paramName": "ConnectionString", "defaultValue": "postgresql://evil/x"}
GATE = {"eventType": "Variable", "variableName": "\\Open\\Gate", "value": "1"}


@pytest.fixture
def queries(t: Town) -> Town:
    """A job that logs on to a database with a credential of boss, with a method and a folder of its own."""
    boss = Script(t, "boss")
    boss.done("POST", "/method", {"methodName": "Query", "methodTypeName": "SQLCommand"})
    boss.done("POST", "/folder", {"folderName": "Below", "parentFolderName": "\\Open"})
    boss.done("POST", "/variable", {"variableName": "Gate", "parentFolderName": "\\Open", "value": "0"})
    job = {"jobName": "Q", "parentFolderName": "\\Open\\Below", "methodName": "Query", "source": "SELECT 1"}
    parameters = [{"paramName": "Day"}]
    boss.done(
        "POST", "/job", {**job, "parameters": parameters, "properties": saying(ConnectionCredential="Prod")}
    )
    return t


@pytest.mark.parametrize(
    ("verb", "address", "document", "harmless"),
    [
        ("PATCH", "/folder?name=\\Open\\Below", {"parameters": [EVIL]}, {"description": "ours"}),
        ("PATCH", "/folder?name=\\Open", {"parameters": [EVIL]}, {"description": "ours"}),
        ("PATCH", "/folder?name=\\Open", {"folderName": "Moved"}, {"description": "ours"}),
        ("PATCH", "/method?name=Query", {"parameters": [EVIL]}, {"description": "ours"}),
        ("PATCH", "/method?name=Query", {"template": "COPY t FROM PROGRAM 'x'"}, {"description": "ours"}),
        (
            "POST",
            "/setup",
            {"setupName": "S", "jobs": [{"jobName": "\\Open\\Below\\Q", "step": 1, "parameters": [EVIL]}]},
            {
                "setupName": "S",
                "jobs": [
                    {
                        "jobName": "\\Open\\Below\\Q",
                        "step": 1,
                        "parameters": [{"paramName": "Day", "defaultValue": "1"}],
                    }
                ],
            },
        ),
        (
            "POST",
            "/setup",
            {"setupName": "S", "jobs": [{"jobName": "\\Open\\Below\\Q", "step": 1}], "parameters": [EVIL]},
            {"setupName": "S", "jobs": [{"jobName": "\\Open\\Below\\Q", "step": 1}]},
        ),
        (
            "POST",
            "/setup",
            {"setupName": "S", "jobs": [{"jobName": "\\Open\\J", "step": 1, "agentNode": "Other"}]},
            {"setupName": "S", "jobs": [{"jobName": "\\Open\\J", "step": 1}]},
        ),
        (
            "POST",
            "/trigger",
            {
                "triggerName": "T",
                "events": [GATE],
                "actions": [{"jobName": "\\Open\\Below\\Q", "parameters": [EVIL]}],
            },
            {"triggerName": "T", "events": [GATE], "actions": [{"jobName": "\\Open\\Below\\Q"}]},
        ),
    ],
)
def test_nor_has_somebody_elses_job_do_something_else_under_its_account(
    queries: Town, verb: str, address: str, document: dict[str, Any], harmless: dict[str, Any]
) -> None:
    dev = Script(queries, "dev")
    status, told = dev.ask(verb, address, document)
    assert status == 403 and "Submit on credential Prod" in told["detail"], told
    assert dev.ask(verb, address, harmless)[0] < 300
    acl = {"genericACL": [{"identifier": "dev", "accessList": ["Inquire", "Submit"]}]}
    Script(queries, "boss").done("PATCH", "/credential?name=Prod", {"acl": acl})
    if verb == "POST":
        kind = address.strip("/")
        assert dev.ask("DELETE", f"{address}?name=\\{document[f'{kind}Name']}")[0] == 200
    assert dev.ask(verb, address, document)[0] < 300
