"""Cases of purging; see :mod:`cases`. Servers of tests are delivered without jobs, and so without its."""

from __future__ import annotations

from contract_case import Case

PURGE_CASES = [
    Case(
        "what a purge would remove",
        "purge",
        {"days": 36_500, "dry_run": True},
        check=lambda a: a["resultText"] == "0 rows would be removed." and a["rows"] == 0,
    ),
    Case(
        "logs that a purge would remove",
        "purge",
        {"days": 36_500, "what": "Logs", "dry_run": True},
        check=lambda a: a["resultText"] == "0 logs would be removed.",
    ),
    Case(
        "trails that a purge would remove",
        "purge",
        {"days": 36_500, "what": "AuditTrail", "dry_run": True},
        check=lambda a: a["rows"] == 0,
    ),
    Case("purge of no days", "purge", {"days": 0}, error="InvalidArgument"),
    Case("purge of what is not known", "purge", {"days": 1, "what": "Everything"}, error="InvalidArgument"),
    Case(
        "purge of logs by job",
        "purge",
        {"days": 1, "what": "Logs", "maximum": 5, "dry_run": True},
        error="InvalidParameter",
    ),
    Case(
        "purge of more than it leaves",
        "purge",
        {"days": 1, "minimum": 9, "maximum": 5, "dry_run": True},
        error="InvalidArgument",
    ),
    Case("purge by a reader", "purge", {"days": 1, "dry_run": True}, caller="reader", error="AccessDenied"),
    Case("backup by a reader", "take_backup", caller="reader", error="AccessDenied"),
    Case("backup that keeps too many", "take_backup", {"keep": 1001}, error="InvalidArgument"),
    Case("backup without its job", "take_backup", {"logs": True, "keep": 3}, error="JobNotFound"),
    Case("purge without its job", "purge", {"days": 36_500}, error="JobNotFound"),
]
