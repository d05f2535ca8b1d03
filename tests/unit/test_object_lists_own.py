"""Access lists that leave out who writes them, and lists that are changed while others look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jams.security.access import ALL_RIGHTS
from jams.security.rights import AccessControl
from tests.support.rest_script import Script
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
