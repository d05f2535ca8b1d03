"""Tokens that are limited to folders: what lies elsewhere is not there, and what is not listed is refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from jams.objects.errors import AccessDenied
from jams.operations import CATALOGUE, confinement
from jams.operations.context import Context
from jams.security.access import ADMINISTRATORS
from jams.security.accounts import Accounts
from jams.security.caller import Caller
from jams.server.dispatch import Dispatcher
from tests.support.rest_script import Script
from tests.support.schedule import ended
from tests.support.town import town

PASSWORD = "correct horse battery"
ANN = "Basic " + base64.b64encode(f"ann:{PASSWORD}".encode()).decode()
MARK = "hush"
"""Stands in whatever lies outside, and nowhere else."""


class World(Script):
    """A server with a folder for a token, another beside it, and entries of jobs in both."""

    numbers: dict[str, int]

    def ask(self, verb: str, target: str, body: Any = None, **headers: str) -> Any:
        return super().ask(verb, target, body, **{"Authorization": ANN, **headers})

    def by(self, token: str, verb: str, target: str, body: Any = None) -> tuple[int, Any]:
        answer: tuple[int, Any] = self.ask(verb, target, body, Authorization=f"Bearer {token}")
        return answer

    def token(self, name: str, *folders: str, **said: Any) -> str:
        made = self.done("POST", "/authentication/token", {"tokenName": name, "folders": folders, **said})
        return str(made["token"])


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with town(tmp_path_factory.mktemp("folders")) as t:
        real = Accounts(t.services.database)
        real.beside.create("ann", PASSWORD, groups=[ADMINISTRATORS])
        services = replace(t.services, accounts=real)
        t = replace(t, services=services, dispatcher=Dispatcher(services))
        world = World(t)
        _populate(world)
        world.numbers = {}
        for folder in ("In", "Out"):
            name = f"\\{folder}\\{'J' if folder == 'In' else MARK}"
            number = world.done("POST", "/submit/job", {"name": name})["jamsEntry"]
            t.scheduler.run_ended(ended(t.executing(number)))
            t.over(number)
            world.numbers[f"{folder} over"] = number
            held = world.done("POST", "/submit/job", {"name": name, "hold": True})
            world.numbers[folder] = held["jamsEntry"]
        yield world


def _populate(world: World) -> None:
    for name, parent in (("In", "\\"), ("Below", "\\In"), ("Out", "\\"), ("Elsewhere", "\\")):
        world.done("POST", "/folder", {"folderName": name, "parentFolderName": parent})
    for name, folder in (("J", "\\In"), ("K", "\\In\\Below"), (MARK, "\\Out")):
        job = {"jobName": name, "parentFolderName": folder, "methodName": "Command", "source": f"echo {name}"}
        world.done("POST", "/job", job)
        variable = {"variableName": f"V{name}", "parentFolderName": folder, "value": name}
        world.done("POST", "/variable", variable)
    for name, folder, job in (("S", "\\In", "\\In\\J"), (f"S{MARK}", "\\Out", f"\\Out\\{MARK}")):
        setup = {"setupName": name, "parentFolderName": folder, "jobs": [{"jobName": job, "step": 1}]}
        world.done("POST", "/setup", setup)


def test_what_lies_within_is_reached(s: World) -> None:
    token = s.token("within", "\\In")
    entry = s.numbers["In"]
    for verb, target, body in (
        ("GET", "/job?name=%5CIn%5CJ", None),
        ("GET", "/job?name=%5CIn%5CBelow%5CK", None),
        ("GET", "/setup?name=%5CIn%5CS", None),
        ("GET", f"/entry/{entry}", None),
        ("GET", f"/entry/{s.numbers['In over']}/log", None),
        ("PUT", f"/entry/{entry}/release", None),
        ("POST", "/submit/job", {"name": "\\In\\Below\\K", "hold": True}),
        ("POST", "/variable/setvalue?name=%5CIn%5CVJ", {"value": "2"}),
        ("POST", "/job", {"jobName": "New", "parentFolderName": "\\In", "methodName": "Command"}),
        ("PUT", "/job", {"jobName": "New", "parentFolderName": "\\In\\Below", "methodName": "Command"}),
        ("DELETE", "/job?name=%5CIn%5CNew", None),
    ):
        status, said = s.by(token, verb, target, body)
        assert status in (200, 201) or said["code"] == "LogNotFound", (target, said)
    paths = [job["qualifiedName"] for job in s.by(token, "GET", "/job")[1]]
    assert set(paths) == {"\\In\\J", "\\In\\Below\\K", "\\In\\Below\\New", "\\In\\S"}
    listed = next(t for t in s.done("GET", "/authentication/token") if t["tokenName"] == "within")
    assert listed["folders"] == ["\\In"]


REACHING = (
    ("GET", "/job?name=%5COut%5Chush", None),
    ("GET", "/job?name=hush", None),
    ("GET", "/job/source?name=hush", None),
    ("GET", "/job/occurrences?name=hush", None),
    ("DELETE", "/job?name=%5COut%5Chush&force=true", None),
    ("GET", "/folder/details?name=%5COut", None),
    ("GET", "/folder/children?qualifiedName=%5COut", None),
    ("DELETE", "/folder?name=%5COut", None),
    ("GET", "/job/folder?name=%5COut", None),
    ("GET", "/variable?name=Vhush", None),
    ("POST", "/variable/setvalue?name=%5COut%5CVhush", {"value": "2"}),
    ("GET", "/setup?name=%5COut%5CShush", None),
    ("POST", "/submit/job", {"name": "\\Out\\hush"}),
    ("POST", "/submit", {"name": "hush"}),
    ("POST", "/submit/many", {"submissions": [{"name": "\\In\\J"}, {"name": "\\Out\\hush"}]}),
    ("GET", "/submit?name=hush", None),
    ("POST", "/job", {"jobName": "N", "parentFolderName": "\\Out", "methodName": "Command"}),
    ("POST", "/job", {"jobName": "N", "methodName": "Command"}),
    ("PUT", "/job", {"jobName": "hush", "parentFolderName": "\\Out", "source": "x"}),
    ("PATCH", "/job?name=%5COut%5Chush", {"parentFolderName": "\\In"}),
    ("PATCH", "/job?name=%5CIn%5CJ", {"parentFolderName": "\\Out"}),
    ("PATCH", "/folder?name=%5COut", {"parentFolderName": "\\In"}),
    ("PATCH", "/folder?name=%5CIn", {"parentFolderName": "\\Elsewhere"}),
    ("PATCH", "/variable?name=%5COut%5CVhush", {"parentFolderName": "\\In"}),
    (
        "POST",
        "/setup",
        {"setupName": "Reach", "parentFolderName": "\\In", "jobs": [{"jobName": "\\Out\\hush", "step": 1}]},
    ),
    (
        "PATCH",
        "/job?name=%5CIn%5CJ",
        {"parameters": [{"paramName": "p", "variableName": "\\Out\\Vhush"}]},
    ),
    ("GET", "/agent", None),
    ("GET", "/cfg", None),
    ("GET", "/audittrail", None),
    ("GET", "/schedule", None),
    ("GET", "/event", None),
    ("GET", "/authentication/token", None),
    ("POST", "/authentication/token", {"tokenName": "wider"}),
    ("POST", "/variable", {"variableName": "N"}),
)


@pytest.mark.parametrize(("verb", "target", "body"), REACHING, ids=lambda part: str(part)[:40])
def test_what_lies_elsewhere_is_not_there(s: World, verb: str, target: str, body: Any) -> None:
    token = s.token(f"{verb} {target} {json.dumps(body)}"[:250].replace("\\", ""), "\\In")
    before = s.done("GET", "/job/folder?name=%5COut"), s.done("GET", "/job/folder?name=%5CIn")
    status, said = s.by(token, verb, target, body)
    assert status in (403, 404), said
    assert (s.done("GET", "/job/folder?name=%5COut"), s.done("GET", "/job/folder?name=%5CIn")) == before


@pytest.mark.parametrize("path", ["", "/log", "/wait", "/waits", "/parameter/get", "/members"])
def test_entries_and_records_from_elsewhere_are_not_there(s: World, path: str) -> None:
    token = s.token(f"entries{path}", "\\In")
    for which in ("Out", "Out over"):
        status, said = s.by(token, "GET", f"/entry/{s.numbers[which]}{path}")
        assert (status, said["code"]) == (404, "EntryNotFound")
    for target in ("/entry", "/history", "/history/odata", "/job", "/setup", "/variable", "/folder/children"):
        status, said = s.by(token, "GET", target)
        assert status == 200 and said and MARK not in json.dumps(said), target
    for act in ("hold", "release", "restart", "delete"):
        assert s.by(token, "PUT", f"/entry/{s.numbers['Out']}/{act}", {})[0] == 404
        outcome = s.by(token, "PUT", f"/entries/{act}", {"entries": [s.numbers["Out"]]})[1]
        assert outcome[0]["error"]["code"] == "EntryNotFound"


def test_whoever_has_no_folder_left_reaches_nothing_and_a_name_given_anew_is_another_folder(s: World) -> None:
    s.done("POST", "/folder", {"folderName": "Gone"})
    token = s.token("gone", "\\Gone")
    s.done("DELETE", "/folder?name=%5CGone")
    s.done("POST", "/folder", {"folderName": "Gone"})
    s.done("POST", "/job", {"jobName": "G", "parentFolderName": "\\Gone", "methodName": "Command"})
    assert s.by(token, "GET", "/job")[1] == [] and s.by(token, "GET", "/entry")[1] == []
    assert s.by(token, "GET", "/job?name=%5CGone%5CG")[0] == 404


def test_a_token_follows_its_folder(s: World) -> None:
    s.done("POST", "/folder", {"folderName": "Moving", "parentFolderName": "\\In"})
    s.done("POST", "/job", {"jobName": "M", "parentFolderName": "\\In\\Moving", "methodName": "Command"})
    token = s.token("moving", "\\In\\Moving")
    s.done("PATCH", "/folder?name=%5CIn%5CMoving", {"parentFolderName": "\\Elsewhere", "folderName": "Moved"})
    assert s.by(token, "GET", "/job?name=%5CElsewhere%5CMoved%5CM")[0] == 200
    assert s.ask("POST", "/authentication/token", {"tokenName": "no", "folders": ["\\Nowhere"]})[0] == 404


def test_a_limited_token_never_reaches_more_than_an_unlimited_one(s: World) -> None:
    """Whatever it is given, its account is given too, and a list no shorter."""
    limited, narrow = s.token("limited", "\\In", "\\Elsewhere"), ["JobDefinitions.Inquire", "Monitor.SeeOwn"]
    both = s.token("both", "\\In", rights=narrow)
    for verb, target, body in REACHING:
        if verb != "GET":
            continue
        for token in (limited, both):
            status, said = s.by(token, verb, target, body)
            assert status >= 400 or said == s.done(verb, target), target
    for target in ("/job", "/setup", "/variable", "/entry", "/history"):
        whole = s.done("GET", target)
        status, said = s.by(both, "GET", target)
        assert status == 403 or len(said) <= len(whole)
        assert len(s.by(limited, "GET", target)[1]) < len(whole)


def test_every_operation_that_is_not_listed_is_refused() -> None:
    caller = Caller(account="ann", folders=frozenset({7}))
    names = {operation.name for operation in CATALOGUE}
    assert confinement._RULES.keys() <= names and len(names) - len(confinement._RULES) > 60
    for operation in CATALOGUE:
        if operation.name not in confinement._RULES:
            context = cast(Context, SimpleNamespace(caller=caller, operation=operation))
            with pytest.raises(AccessDenied):
                confinement.check(context, {})
