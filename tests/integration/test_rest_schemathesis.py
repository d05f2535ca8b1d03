"""What schemathesis makes of the OpenAPI document: no answer is at fault but those explained in a list."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from tests.support.running import Running, running

HERE = Path(__file__).parent / "schemathesis"
pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Fault:
    """What a check has found: in the answer of which operation, with which status, code and sentence."""

    check: str
    operation: str
    status: int
    code: str | None
    says: str
    request: str

    def explained(self, reason: dict[str, Any]) -> bool:
        return (
            reason["check"] == self.check
            and reason.get("status") in (None, self.status)
            and reason.get("code") == self.code
            and bool(re.search(reason.get("operation", ""), self.operation))
            and bool(re.search(reason.get("says", ""), self.says, re.DOTALL))
        )


def test_no_answer_is_at_fault_but_those_explained(tmp_path: Path) -> None:
    reasons = yaml.safe_load((HERE / "explained.yaml").read_text(encoding="utf-8"))
    assert all(reason["because"].strip() for reason in reasons)
    for name in ("schemathesis.toml", "hooks.py"):
        shutil.copy(HERE / name, tmp_path)
    with running(tmp_path / "home") as jams:
        prepare(f"{jams.url}/api", jams.token)
        play(jams, tmp_path)
    tried, found = 0, []
    for scenario in scenarios(tmp_path / "report.ndjson"):
        tried += len(scenario["interactions"])
        found += list(faults(scenario))
    unexplained = [fault for fault in found if not any(map(fault.explained, reasons))]
    assert tried > 1000
    assert not unexplained, "\n".join(map(str, unexplained[:20]))


def play(jams: Running, folder: Path) -> None:
    """Let schemathesis play; its report goes to the folder."""
    call = [sys.executable, "-m", "schemathesis.cli", "run", f"{jams.url}/api/openapi.json", "--no-color"]
    call += ["--header", f"Authorization: Bearer {jams.token}", "--workers", "2", "--continue-on-failure"]
    call += ["--report-ndjson-path", "report.ndjson"]
    environment = {**os.environ, **kept(f"{jams.url}/api", jams.token)}
    ran = subprocess.run(
        call, cwd=folder, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.returncode in (0, 1), ran.stdout + ran.stderr


def prepare(api: str, token: str) -> None:
    """Objects with the first numbers, so that not everything is missing; an entry among them has ended."""
    login = {"Authorization": f"Bearer {token}"}
    folder = {"folderName": "Sales"}
    job = {"jobName": "Load", "parentFolderName": "\\Sales", "methodName": "Command", "source": "echo loaded"}
    for path, body in (("folder", folder), ("job", job)):
        requests.post(f"{api}/{path}", json=body, headers=login, timeout=20).raise_for_status()
    done = requests.post(f"{api}/submit/job", json={"name": r"\Sales\Load"}, headers=login, timeout=20)
    number = done.json()["jamsEntry"]
    requests.get(f"{api}/entry/{number}/wait?timeout=20", headers=login, timeout=30).raise_for_status()


def kept(api: str, token: str) -> dict[str, str]:
    """What the hooks keep from being taken away: number and folded name of its own account and group."""
    login = {"Authorization": f"Bearer {token}"}
    own = requests.get(f"{api}/authentication", headers=login, timeout=20).json()
    told = {}
    for kind, name in (("account", own["username"]), ("group", own["groups"][0])):
        found = requests.get(f"{api}/{kind}?name={name}", headers=login, timeout=20).json()
        told[f"JAMS_TEST_KEPT_{kind.upper()}"] = f"{found[f'{kind}ID']} {name.casefold()}"
    return told


def scenarios(report: Path) -> Iterator[dict[str, Any]]:
    for line in report.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if "ScenarioFinished" in event:
            yield event["ScenarioFinished"]["recorder"]


def faults(scenario: dict[str, Any]) -> Iterator[Fault]:
    for case, checks in scenario["checks"].items():
        for check in checks:
            if check["status"] != "failure":
                continue
            made = scenario["interactions"].get(case, {})
            answer = made.get("response") or {}
            problem = body_of(answer)
            failure = check["failure_info"]["failure"]
            told = problem["detail"] if "code" in problem else f"{failure['title']}: {failure['message']}"
            yield Fault(
                check=check["name"],
                operation=scenario["label"],
                status=answer.get("status_code", 0),
                code=problem.get("code"),
                says=told[:1000],
                request=json.dumps(made.get("request"))[:600],
            )


def body_of(answer: dict[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(b64decode(answer["content"]["$base64"]))
    except (KeyError, TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
