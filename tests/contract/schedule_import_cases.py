"""Cases of jobs that come from the schedules of other programs."""

from __future__ import annotations

from contract_case import Case

_CRONTAB = "MAILTO=ops\n30 4 * * 1-5 /opt/takenload --all\n"
_TASK = (
    '<?xml version="1.0" encoding="UTF-16"?><Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
    "<RegistrationInfo><URI>\\TakenWeekly</URI></RegistrationInfo><Triggers><CalendarTrigger>"
    "<StartBoundary>2026-01-05T03:30:00</StartBoundary><ScheduleByWeek><WeeksInterval>1</WeeksInterval>"
    "<DaysOfWeek><Monday /></DaysOfWeek></ScheduleByWeek></CalendarTrigger></Triggers>"
    "<Actions><Exec><Command>run.exe</Command></Exec></Actions></Task>"
)
_EVENT = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:TakenAudit\r\nDESCRIPTION:echo audit\r\n"
    "DTSTART:20260105T083000\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

SCHEDULE_IMPORT_CASES = [
    Case(
        "import a crontab, only said",
        "import_schedule",
        {"text": _CRONTAB, "format": "Crontab", "target_folder": "{room}", "dry_run": True},
        check=lambda a: (
            (a["dryRun"], a["added"], len(a["remarks"])) == (True, 1, 1)
            and a["changes"][0]["name"].endswith("\\takenload")
        ),
    ),
    Case(
        "import a crontab",
        "import_schedule",
        {"text": _CRONTAB, "format": "Crontab", "target_folder": "{room}"},
        check=lambda a: a["added"] == 1,
    ),
    Case(
        "import a changed crontab",
        "import_schedule",
        {"text": _CRONTAB.replace("30 4", "0 5"), "format": "Crontab", "target_folder": "{room}"},
        check=lambda a: (
            ("04:30", "05:00") in [(each["before"], each["after"]) for each in a["changes"][0]["differences"]]
        ),
    ),
    Case(
        "import a task of Windows",
        "import_schedule",
        {"text": _TASK, "format": "WindowsTasks", "target_folder": "{room}"},
        check=lambda a: [(each["action"], each["type"]) for each in a["changes"]] == [("Add", "job")],
    ),
    Case(
        "import events as jobs",
        "import_schedule",
        {"text": _EVENT, "format": "ICalendar", "target_folder": "{room}"},
        check=lambda a: a["changes"][0]["name"].endswith("\\TakenAudit"),
    ),
    Case(
        "import no task",
        "import_schedule",
        {"text": "<html />", "format": "WindowsTasks"},
        error="UnreadableDefinitions",
    ),
    Case(
        "import a schedule into nothing",
        "import_schedule",
        {"text": _CRONTAB, "format": "Crontab", "target_folder": "{room}\\Nowhere"},
        error="FolderNotFound",
    ),
    Case(
        "reader imports a schedule",
        "import_schedule",
        {"text": "0 0 * * * /opt/other\n", "format": "Crontab", "target_folder": "{room}"},
        caller="reader",
        error="AccessDenied",
    ),
    *[
        Case(f"take {name} away", "delete_job", {"name": f"{{room}}\\{name}"})
        for name in ("takenload", "TakenWeekly", "TakenAudit")
    ],
]
