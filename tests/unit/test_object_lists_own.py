"""Access lists that leave out who writes them, and lists that are changed while others look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl
from tests.support.rest_script import Script
from tests.support.schedule import ended
from tests.support.town import Town, town

pytestmark = pytest.mark.unit

KINDS: dict[str, dict[str, Any]] = {
    "folder": {"folderName": "N"},
    "job": {"jobName": "N", "methodName": "Command", "source": "true"},
    "setup": {"setupName": "N"},
    "trigger": {
        "triggerName": "N",
        "events": [{"eventType": "Variable", "variableName": "\\Gate", "value": "1"}],
        "actions": [{"jobName": "\\Other"}],
    },
    "variable": {"variableName": "N"},
    "agent": {
        "agentName": "N",
        "agentType": "WinRM",
        "properties": [{"propertyName": "Address", "currentValue": "host"}],
    },
    "batchqueue": {"queueName": "N"},
    "resource": {"resourceName": "N", "quantityAvailable": 1},
    "calendar": {"calendarName": "N"},
    "alert": {"alertName": "N"},
    "menu": {"menuName": "N"},
    "credential": {"credentialName": "N", "logonUserName": "svc"},
}
WITHIN = {"folder", "job", "setup", "trigger", "variable"}
DETAILS = {"folder", "resource"}


@pytest.fixture
def t(tmp_path: Path, place: Path | str) -> Iterator[Town]:
    with town(tmp_path, place) as made:
        made.admit("boss", passes=True)
        made.admit("ann", ALL_RIGHTS)
        made.admit("bob", ALL_RIGHTS - {AccessControl.CHANGE})
        boss = Script(made, "boss")
        boss.done("POST", "/variable", {"variableName": "Gate", "value": "0"})
        boss.done("POST", "/job", {"jobName": "Other", "methodName": "Command", "source": "true"})
        yield made


def addresses(kind: str) -> tuple[str, str]:
    """Where one of the kind is got, and changed."""
    name = "name=\\N" if kind in WITHIN else "name=N"
    return f"/{kind}{'/details' if kind in DETAILS else ''}?{name}", f"/{kind}?{name}"


def giving(**rights: str) -> dict[str, Any]:
    lines = [{"identifier": who, "accessList": given.split()} for who, given in rights.items()]
    return {"acl": {"genericACL": lines}}


@pytest.mark.parametrize("kind", KINDS)
def test_who_leaves_himself_out_is_told_so(t: Town, kind: str) -> None:
    got, changed = addresses(kind)
    ann, boss = Script(t, "ann"), Script(t, "boss")
    status, told = ann.ask("POST", f"/{kind}", {**KINDS[kind], **giving(bob="Inquire")})
    assert status == 201 and "was created. ann may not look at it" in told, told
    assert ann.ask("GET", got)[0] == 404 and boss.ask("GET", got)[0] == 200
    boss.done("PATCH", changed, giving(ann="Inquire Change Control"))
    told = ann.done("PATCH", changed, giving(bob="Inquire"))
    assert "was changed. ann may not look at it" in told, told
    assert ann.ask("GET", got)[0] == 404
    assert "may not" not in boss.done("PATCH", changed, giving(ann="Inquire Change Control"))
    assert "may not" not in ann.done("PATCH", changed, giving(bob="Inquire", ann="Inquire"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_changed_list_counts_at_once(t: Town, kind: str) -> None:
    got, changed = addresses(kind)
    boss, ann, bob = Script(t, "boss"), Script(t, "ann"), Script(t, "bob")
    boss.done("POST", f"/{kind}", {**KINDS[kind], **giving(ann="Inquire Change Control", bob="Inquire")})
    assert bob.ask("GET", got)[0] == 200
    ann.done("PATCH", changed, giving(ann="Inquire Change Control"))
    assert bob.ask("GET", got)[0] == 404
    ann.done("PATCH", changed, giving(ann="Inquire Change Control", bob="Inquire"))
    assert bob.ask("GET", got)[0] == 200


def says(t: Town, who: str, address: str) -> str:
    return json.dumps(Script(t, who).ask("GET", address)[1])


@pytest.mark.parametrize("above", [False, True], ids=["its own list", "the list above"])
def test_what_was_closed_stays_so_when_it_is_deleted(t: Town, above: bool) -> None:
    boss = Script(t, "boss")
    lines = [
        {"identifier": "ann", "accessList": ["Inquire", "Monitor"], "flags": "ThisFolderSubfoldersAndJobs"}
    ]
    closed = {"acl": {"genericACL": lines}}
    boss.done("POST", "/folder", {"folderName": "Top", **(closed if above else {})})
    boss.done(
        "POST",
        "/folder",
        {"folderName": "Shut", "parentFolderName": "\\Top", **({} if above else closed)},
    )
    place = "\\Top\\Shut"
    job = {"jobName": "J", "parentFolderName": place, "methodName": "Command", "source": "true"}
    boss.done("POST", "/job", job)
    boss.done("POST", "/variable", {"variableName": "V", "parentFolderName": place, "value": "1"})
    boss.done("POST", "/variable", {"variableName": "Own", "value": "1", **giving(ann="Inquire")})
    number = boss.done("POST", "/submit/job", {"name": f"{place}\\J"})["jamsEntry"]
    t.scheduler.run_ended(ended(t.executing(number)))
    t.over(number)
    boss.done("DELETE", f"/entry/{number}")
    for address in (
        f"/job?name={place}\\J",
        f"/variable?name={place}\\V",
        f"/folder?name={place}",
        "/variable?name=\\Own",
    ):
        boss.done("DELETE", address)
    for again in (False, True):
        if again:  # another one that is open to everybody
            if above:
                boss.done("DELETE", "/folder?name=\\Top")
                boss.done("POST", "/folder", {"folderName": "Top"})
            boss.done("POST", "/folder", {"folderName": "Shut", "parentFolderName": "\\Top"})
        for address in (
            "/history",
            "/revision",
            "/event?after=0&limit=500",
            f"/revision/Job?name={place}\\J",
        ):
            assert "\\\\Shut" in says(t, "ann", address), address
            told = says(t, "bob", address).replace("There is no", "")
            for name in ("\\\\Shut\\\\J", "\\\\Shut\\\\V", "\\\\Own"):
                assert name not in told or "JobNotFound" in told, (address, name)
        assert says(t, "bob", "/history") == "[]"
        assert Script(t, "bob").ask("GET", f"/revision/Variable?name={place}\\V")[0] == 404
        assert Script(t, "bob").ask("GET", "/revision/Variable?name=\\Own")[0] == 404
        assert Script(t, "ann").ask("GET", "/revision/Variable?name=\\Own")[0] == 200
    assert Script(t, "bob").ask("GET", "/folder/details?name=\\Top\\Shut")[0] == 200


def test_who_names_nobody_is_told_so_once(t: Town) -> None:
    boss = Script(t, "boss")
    told = boss.done(
        "POST", "/folder", {"folderName": "N", **giving(**{"Anne + Nightshift": "Inquire", "ann": ""})}
    )
    assert told.endswith("Its access list names who is no account and no group here: Anne, Nightshift.")
    assert "names who" not in boss.done("PATCH", "/folder?name=\\N", {"description": "ours"})
    assert "names who" not in boss.done("PATCH", "/folder?name=\\N", giving(ann="Inquire", bob="Inquire"))
    assert "here: Bobby." in boss.done("PATCH", "/folder?name=\\N", giving(ann="Inquire", Bobby="Inquire"))
