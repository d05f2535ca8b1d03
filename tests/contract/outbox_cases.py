"""Cases of the outbox: a job fails and tells somebody, and there is no mail server; see :mod:`cases`."""

from __future__ import annotations

from typing import Any

from contract_case import Case, Saved


def _rows(answer: Any) -> Any:
    return answer if isinstance(answer, list) else [answer]


def _lies_there(answer: Any) -> bool:
    (row,) = _rows(answer)
    return (row["way"], row["state"], row["recipients"]) == ("Mail", "Waiting", ["ann@example.org"])


OUTBOX_CASES = [
    Case(
        "outbox: a job that tells",
        "create_job",
        {
            "job": {
                "jobName": "Tells",
                "parentFolderName": "{room}",
                "source": "exit 1",
                "properties": [{"propertyName": "NotifyEMail", "currentValue": "ann@example.org"}],
            }
        },
    ),
    Case(
        "outbox: it is submitted",
        "submit_job",
        {"name": "{room}\\Tells"},
        save={"teller": lambda a: a["jamsEntry"]},
    ),
    Case("outbox: it fails", "wait_for_entry", {"id": Saved("teller"), "timeout": 60}),
    Case(
        "outbox: it lies there",
        "list_outbox",
        {"entry": Saved("teller"), "state": "Waiting"},
        check=_lies_there,
        save={"letter": lambda a: _rows(a)[0]["outboxID"]},
    ),
    Case("outbox: readers may not look", "list_outbox", caller="reader", error="AccessDenied"),
    Case(
        "outbox: sent again",
        "send_outbox",
        {"id": Saved("letter")},
        check=lambda a: a.endswith("of the outbox is sent again."),
    ),
    Case("outbox: removed", "remove_outbox", {"id": Saved("letter")}, check=lambda a: "was removed" in a),
    Case("outbox: gone", "send_outbox", {"id": Saved("letter")}, error="NotFound"),
    Case("outbox: take the teller away", "delete_job", {"name": "{room}\\Tells", "force": True}),
]
