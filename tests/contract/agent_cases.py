"""Cases of agents: hosts made known, changed and forgotten; see :mod:`cases`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved, only


def _value(name: str, answer: Any) -> Any:
    found = [item for item in answer["properties"] if item["propertyName"] == name]
    return found[0].get("currentValue") if found else None


def _done(what: str) -> Callable[[Any], bool]:
    return lambda answer: answer.startswith("Agent ") and answer.endswith(f" was {what}.")


WINDOWS = {
    "agentName": "{bare}",
    "agentType": "WinRM",
    "description": "A host without an agent.",
    "jobLimit": 3,
    "properties": [
        {"propertyName": "Address", "currentValue": "windows.example"},
        {"propertyName": "ConfigurationName", "currentValue": "Reports"},
    ],
}

AGENT_CASES = [
    Case(
        "agent types",
        "list_agent_types",
        check=lambda a: (
            {e["name"]: e["obeyed"] for e in a}["WinRM"] and not {e["name"]: e for e in a}["SSH"]["obeyed"]
        ),
    ),
    Case(
        "agent platforms",
        "list_agent_platforms",
        check=lambda a: {"Windows", "Unix"} <= {e["name"] for e in a},
    ),
    Case("create agent", "create_agent", {"agent": WINDOWS}, check=_done("created")),
    Case("agent twice", "create_agent", {"agent": WINDOWS}, error="AlreadyExists"),
    Case(
        "agent without an address",
        "create_agent",
        {"agent": {"agentName": "x", "agentType": "WinRM"}},
        error="MissingArgument",
    ),
    Case("second local agent", "create_agent", {"agent": {"agentName": "x"}}, error="InvalidArgument"),
    Case(
        "agent with a bad name",
        "create_agent",
        {"agent": {**WINDOWS, "agentName": "a*b"}},
        error="InvalidName",
    ),
    Case(
        "password in clear",
        "create_agent",
        {
            "agent": {
                **WINDOWS,
                "agentName": "x",
                "properties": [
                    {"propertyName": "Address", "currentValue": "windows.example"},
                    {"propertyName": "Authentication", "currentValue": "Basic"},
                    {"propertyName": "UseTLS", "currentValue": False},
                ],
            }
        },
        error="InvalidArgument",
    ),
    Case(
        "show the agent",
        "get_agent",
        {"name": "{bare}"},
        check=lambda a: (
            only(agentType="WinRM", agentPlatform="Windows", jobLimit=3, agentState="Online")(a)
            and _value("Address", a) == "windows.example"
            and _value("Port", a) is None
        ),
        save={"agent": lambda a: a["agentID"]},
    ),
    Case(
        "change agent",
        "change_agent",
        {"agent": {**WINDOWS, "agentID": Saved("agent"), "online": False}},
        check=_done("changed"),
    ),
    Case(
        "changed agent", "get_agent", {"id": Saved("agent")}, check=only(online=False, agentState="Offline")
    ),
    Case(
        "agent becomes local",
        "change_agent",
        {"agent": {"agentID": Saved("agent"), "agentType": "Local"}},
        error="InvalidArgument",
    ),
    Case(
        "change an agent into being",
        "change_agent",
        {"agent": {**WINDOWS, "agentName": "{bare}-put"}},
        check=lambda a: a.endswith("was created."),
    ),
    Case("delete what was put", "delete_agent", {"name": "{bare}-put"}),
    Case(
        "change no agent",
        "change_agent",
        {"agent": {**WINDOWS, "agentID": 999_999_999, "agentName": "nowhere"}},
        error="AgentNotFound",
    ),
    Case(
        "job on the agent",
        "create_job",
        {
            "job": {
                "jobName": "Remote",
                "parentFolderName": "{room}",
                "methodName": "PowerShell",
                "source": "Get-Date",
                "properties": [{"propertyName": "Agent", "currentValue": "{bare}"}],
            }
        },
    ),
    Case(
        "submit to the agent",
        "submit_job",
        {"name": "{room}\\Remote"},
        save={"remote entry": lambda a: a["jamsEntry"]},
    ),
    Case(
        "entry on the agent",
        "get_entry",
        {"id": Saved("remote entry")},
        check=lambda a: a["agentName"] not in ("", "localhost") and a["currentState"] == "Pending",
    ),
    Case("delete used agent", "delete_agent", {"name": "{bare}"}, error="InUse"),
    Case("cancel on the agent", "cancel_entry", {"id": Saved("remote entry")}),
    Case("delete the agent of a job", "delete_agent", {"name": "{bare}"}, error="InUse"),
    Case("delete the job of the agent", "delete_job", {"name": "{room}\\Remote"}),
    Case(
        "delete agent",
        "delete_agent",
        {"name": "{bare}"},
        check=_done("deleted"),
    ),
    Case("delete agent again", "delete_agent", {"id": Saved("agent")}, error="AgentNotFound"),
    Case(
        "submit to no agent",
        "submit_job",
        {"name": "{room}\\Load", "agent": "{bare}"},
        error="AgentNotFound",
    ),
    Case("delete the own machine", "delete_agent", {"name": "localhost"}, error="Conflict"),
    Case(
        "reader deletes agent", "delete_agent", {"name": "localhost"}, caller="reader", error="AccessDenied"
    ),
]
