"""Cases of queues and resources: made, looked at, changed, used and taken away; see :mod:`cases`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from contract_case import Case, Saved, names, only

_JOB = {
    "jobName": "Queued",
    "parentFolderName": "{room}",
    "methodName": "Command",
    "source": "true",
    "elements": [
        {
            "elementName": "Needs",
            "elementTypeName": "ResourceRequirement",
            "properties": [
                {"propertyName": "Resource", "currentValue": "{bare}-licence"},
                {"propertyName": "Quantity", "currentValue": 2},
            ],
        }
    ],
}


def _done(noun: str, what: str) -> Callable[[Any], bool]:
    return lambda answer: answer.startswith(f"{noun} ") and answer.endswith(f" was {what}.")


def _stands(available: int, in_use: int = 0, **members: Any) -> Callable[[Any], bool]:
    return only(quantityAvailable=available, quantityInUse=in_use, **members)


QUEUE = {"queueName": "{bare}", "description": "At night.", "jobLimit": 2}
RESOURCE = {"resourceName": "{bare}-licence", "description": "Seats.", "quantityAvailable": 5}
AT_AGENTS = {
    "resourceName": "{bare}-tapes",
    "quantityAvailable": 1,
    "agentSpecific": True,
    "resourceDetails": [{"agentName": "localhost", "quantityAvailable": 3}],
}

_IN_QUEUE = {
    "job": "{room}\\Queued",
    "definition": {
        "jobName": "Queued",
        "properties": [{"propertyName": "BatchQueue", "currentValue": "{bare}"}],
    },
}
WHAT_IF: list[tuple[str, list[dict[str, Any]], bool]] = [
    ("it were submitted", [], True),
    ("there were less of the resource", [{"resource": "{bare}-licence", "quantity": 1}], False),
    ("there were enough of it", [{"resource": "{bare}-licence", "quantity": 2}], True),
    ("it were in the queue", [_IN_QUEUE, {"queue": "{bare}", "started": True, "limit": 2}], True),
    ("the queue ran none", [_IN_QUEUE, {"queue": "{bare}", "started": True, "limit": 0}], False),
    ("the queue were stopped", [_IN_QUEUE, {"queue": "{bare}", "started": False}], False),
    ("the machine were away", [{"agent": "localhost"}], False),
    ("it took an hour", [{"job": "{room}\\Queued", "elapsed": 3600}], True),
]
"""What is supposed beside a submission, and whether that then starts within a day."""

QUEUE_CASES = [
    Case("create queue", "create_queue", {"queue": QUEUE}, check=_done("Queue", "created")),
    Case("queue twice", "create_queue", {"queue": QUEUE}, error="AlreadyExists"),
    Case("queue with a bad name", "create_queue", {"queue": {"queueName": "a/b"}}, error="InvalidName"),
    Case(
        "queue with a limit below nothing",
        "create_queue",
        {"queue": {"queueName": "x", "jobLimit": -1}},
        error="InvalidArgument",
    ),
    Case(
        "queue on no agent",
        "create_queue",
        {"queue": {"queueName": "x", "startedOn": [{"agentName": "nowhere"}]}},
        error="AgentNotFound",
    ),
    Case(
        "show queue",
        "get_queue",
        {"name": "{bare}"},
        check=only(jobLimit=2, jobCount=0, started=True, startedOn=[], description="At night."),
        save={"queue": lambda a: a["queueID"]},
    ),
    Case("queue by number", "get_queue", {"id": Saved("queue")}, check=only(jobLimit=2)),
    Case("no queue", "get_queue", {"name": "Never"}, error="QueueNotFound"),
    Case("stop queue", "stop_queue", {"name": "{bare}"}, check=_done("Queue", "stopped")),
    Case("stopped queue", "get_queue", {"id": Saved("queue")}, check=only(started=False, jobLimit=2)),
    Case("start queue", "start_queue", {"id": Saved("queue")}, check=_done("Queue", "started")),
    Case("started queue", "get_queue", {"id": Saved("queue")}, check=only(started=True)),
    Case("stop no queue", "stop_queue", {"name": "Never"}, error="QueueNotFound"),
    Case("start no queue", "start_queue", {"id": 999_999_999}, error="QueueNotFound"),
    Case(
        "switch queue",
        "switch_queue",
        {"id": Saved("queue"), "action": "stop"},
        check=_done("Queue", "stopped"),
    ),
    Case(
        "switch queue about",
        "switch_queue",
        {"id": Saved("queue"), "action": "turn"},
        error="InvalidArgument",
    ),
    Case(
        "change queue",
        "change_queue",
        {
            "queue": {
                "queueID": Saved("queue"),
                "queueName": "{bare}",
                "jobLimit": 1,
                "startedOn": [{"agentName": "LOCALHOST"}],
            }
        },
        check=_done("Queue", "changed"),
    ),
    Case(
        "changed queue",
        "get_queue",
        {"name": "{bare}"},
        check=lambda a: (
            only(jobLimit=1, started=False, description="At night.")(a)
            and names("agentName", "localhost")(a["startedOn"])
        ),
    ),
    Case(
        "change no queue",
        "change_queue",
        {"queue": {"queueID": 999_999_999, "queueName": "Never"}},
        error="QueueNotFound",
    ),
    Case("list queues", "list_queues", check=lambda a: len([q for q in a if q["jobLimit"] == 1]) == 1),
    Case("create resource", "create_resource", {"resource": RESOURCE}, check=_done("Resource", "created")),
    Case("resource twice", "create_resource", {"resource": RESOURCE}, error="AlreadyExists"),
    Case(
        "resource at an agent that is not specific",
        "create_resource",
        {"resource": {**AT_AGENTS, "agentSpecific": False}},
        error="InvalidArgument",
    ),
    Case("create resource at agents", "create_resource", {"resource": AT_AGENTS}),
    Case(
        "show resource",
        "get_resource",
        {"name": "{bare}-licence"},
        check=_stands(5, agentSpecific=False, resourceDetails=[]),
        save={"resource": lambda a: a["resourceID"]},
    ),
    Case("resource by number", "get_resource", {"id": Saved("resource")}, check=_stands(5)),
    Case(
        "show resource at agents",
        "get_resource",
        {"name": "{bare}-tapes"},
        check=lambda a: (
            _stands(1, agentSpecific=True)(a) and _stands(3, agentName="localhost")(a["resourceDetails"][0])
        ),
    ),
    Case("no resource", "get_resource", {"name": "Never"}, error="ResourceNotFound"),
    Case(
        "set resource",
        "set_resource_quantity",
        {"name": "{bare}-licence", "available": 0},
        check=_stands(0, description="Seats."),
    ),
    Case(
        "set resource at an agent",
        "set_resource_quantity",
        {"name": "{bare}-tapes", "available": 4, "agent": "localhost"},
        check=lambda a: _stands(1)(a) and _stands(4)(a["resourceDetails"][0]),
    ),
    Case(
        "set resource at no agent",
        "set_resource_quantity",
        {"name": "{bare}-tapes", "available": 4, "agent": "nowhere"},
        error="AgentNotFound",
    ),
    Case(
        "set resource that is not specific",
        "set_resource_quantity",
        {"name": "{bare}-licence", "available": 4, "agent": "localhost"},
        error="InvalidArgument",
    ),
    Case(
        "set no resource",
        "set_resource_quantity",
        {"name": "Never", "available": 1},
        error="ResourceNotFound",
    ),
    Case(
        "change resource",
        "change_resource",
        {"resource": {"resourceID": Saved("resource"), "quantityAvailable": 7}},
        check=_done("Resource", "changed"),
    ),
    Case(
        "changed resource", "get_resource", {"id": Saved("resource")}, check=_stands(7, description="Seats.")
    ),
    Case("list resources", "list_resources", check=lambda a: len([r for r in a if r["agentSpecific"]]) == 1),
    Case("create job that needs it", "create_job", {"job": _JOB}),
    Case(
        "resource references",
        "list_resource_references",
        {"name": "{bare}-licence"},
        check=lambda a: (
            [only(type="Job", referringName="Queued", propertyName="Resource")(r) for r in a] == [True]
        ),
    ),
    Case(
        "references of no resource", "list_resource_references", {"name": "Never"}, error="ResourceNotFound"
    ),
    Case("delete used resource", "delete_resource", {"name": "{bare}-licence"}, error="InUse"),
    Case("queue references", "list_queue_references", {"name": "{bare}"}, check=lambda a: a == []),
    Case("references of no queue", "list_queue_references", {"name": "Never"}, error="QueueNotFound"),
    *(
        Case(
            f"what if {called}",
            "get_forecast",
            {
                "folder": "{room}",
                "job_name": "Queued",
                "suppose": [{"submit": "{room}\\Queued", "priority": 3}, *supposed],
            },
            check=lambda a, starts=starts: (
                [each.get("startTimeUTC") is not None for each in a["entries"]] == [starts]
                and (starts or bool(a["entries"][0].get("waits")))
            ),
        )
        for called, supposed, starts in WHAT_IF
    ),
    Case(
        "submit held to take",
        "submit_job",
        {"name": "{room}\\Queued", "hold": True},
        save={"taker": lambda a: a["jamsEntry"]},
    ),
    Case(
        "take for a held entry",
        "acquire_resource",
        {"name": "{bare}-licence", "jams_entry": Saved("taker"), "quantity": 2},
        error="WrongState",
    ),
    Case(
        "take nothing",
        "acquire_resource",
        {"name": "{bare}-licence", "jams_entry": Saved("taker"), "quantity": 0},
        error="InvalidArgument",
    ),
    Case(
        "take for no entry",
        "acquire_resource",
        {"name": "{bare}-licence", "jams_entry": 999_999_999},
        error="EntryNotFound",
    ),
    Case(
        "give back what is not held",
        "release_resource",
        {"name": "{bare}-licence", "jams_entry": Saved("taker")},
        error="Conflict",
    ),
    Case("holdings", "list_resource_holdings", {"name": "{bare}-licence"}, check=lambda a: a == []),
    Case("holdings of no resource", "list_resource_holdings", {"name": "Never"}, error="ResourceNotFound"),
    Case("cancel taker", "cancel_entry", {"id": Saved("taker")}),
    Case("delete job that needs it", "delete_job", {"name": "{room}\\Queued"}),
    Case(
        "reader sets resource",
        "set_resource_quantity",
        {"name": "{bare}-licence", "available": 1},
        caller="reader",
        error="AccessDenied",
    ),
    Case("reader stops queue", "stop_queue", {"name": "{bare}"}, caller="reader", error="AccessDenied"),
    Case("reader looks at queue", "get_queue", {"name": "{bare}"}, caller="reader", check=only(jobLimit=1)),
    Case("delete resource", "delete_resource", {"id": Saved("resource")}, check=_done("Resource", "deleted")),
    Case("delete resource again", "delete_resource", {"name": "{bare}-licence"}, error="ResourceNotFound"),
    Case("delete resource at agents", "delete_resource", {"name": "{bare}-tapes"}),
    Case("delete queue", "delete_queue", {"name": "{bare}"}, check=_done("Queue", "deleted")),
    Case("delete queue again", "delete_queue", {"id": Saved("queue")}, error="QueueNotFound"),
]
