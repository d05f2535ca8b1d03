"""Cases of the date language, of schedules and of named times."""

from __future__ import annotations

from contract_case import JOB, Case, Saved

DATE_CASES = [
    # When
    Case(
        "evaluate",
        "evaluate_date",
        {"date": "1st workday of January 2017", "today": "2017-03-15", "calendar": "{bare}"},
        check=lambda a: a == "2017-01-03",
    ),
    Case(
        "evaluate an interval",
        "evaluate_date",
        {"date": "every other Monday", "today": "2017-03-15", "start_date": "2017-03-06"},
        check=lambda a: a == "2017-03-20",
    ),
    Case(
        "a schedule that is looked for too long",
        "get_occurrences",
        {"dates": "DAILY EXCEPT DAILY", "after": "2017-01-01T00:00:00Z", "before": "9998-12-01T00:00:00Z"},
        error="InvalidSchedule",
    ),
    Case(
        "a schedule that never runs",
        "get_occurrences",
        {"dates": "30TH DAY OF FEBRUARY", "after": "2017-01-01T00:00:00Z"},
        check=lambda a: a == [],
    ),
    Case("evaluate nonsense", "evaluate_date", {"date": "THRID WORKDAY OF MONTH"}, error="UnreadableDate"),
    Case("evaluate no period", "evaluate_date", {"date": "FIRST DAY OF EASTER"}, error="INVPERIOD"),
    Case("evaluate no date", "evaluate_date", {"date": "APRIL 31"}, error="INVSCHDATE"),
    Case(
        "evaluate beyond the dates",
        "evaluate_date",
        {"date": "CLOSED", "today": "2030-01-01", "calendar": "{bare}"},
        error="DATESNSU",
    ),
    Case(
        "evaluate for no day",
        "evaluate_date",
        {"date": "TODAY", "today": "the day after"},
        error="InvalidArgument",
    ),
    Case(
        "evaluate with no calendar",
        "evaluate_date",
        {"date": "TODAY", "calendar": "X"},
        error="CalendarNotFound",
    ),
    Case(
        "evaluate several",
        "evaluate_dates",
        {"dates": ["MONDAY, TUESDAY", "APRIL 31", "QUIET"], "today": "2017-03-15", "calendar": "{bare}"},
        check=lambda a: (
            [row.get("result") for row in a] == ["2017-03-13", None, "2018-12-25"]
            and a[1]["error"]["code"] == "INVSCHDATE"
        ),
    ),
    Case(
        "explain",
        "explain_date",
        {"date": "1st workday of January 2017", "today": "2017-03-15", "calendar": "{bare}"},
        check=lambda a: (
            a["result"] == "2017-01-03"
            and [s["definition"]["dateType"] for s in a["steps"] if s.get("definition")] == ["Closed"]
        ),
    ),
    Case(
        "explain a schedule",
        "explain_date",
        {"date": "WORKDAYS", "today": "2017-01-02", "calendar": "{bare}", "reading": "Schedule"},
        check=lambda a: a["runs"] is False and "New Year observed" in a["summary"],
    ),
    Case(
        "explain beyond the dates",
        "explain_date",
        {"date": "CLOSED", "today": "2030-01-01", "calendar": "{bare}"},
        check=lambda a: a["error"]["code"] == "DATESNSU",
    ),
    Case("explain nonsense", "explain_date", {"date": "EVERY OTER MONDAY"}, error="UnreadableDate"),
    Case(
        "runs",
        "runs_on_date",
        {"dates": "15th of every month", "day": "2017-04-14", "non_workday": "PrecedingWorkday"},
        check=lambda a: a is True,
    ),
    Case(
        "does not run",
        "runs_on_date",
        {"dates": "WORKDAYS", "day": "2017-01-02", "except_for": "CLOSED", "calendar": "{bare}"},
        check=lambda a: a is False,
    ),
    Case("runs on nonsense", "runs_on_date", {"dates": "FRIDAY OR"}, error="UnreadableDate"),
    Case(
        "workdays",
        "list_workdays",
        {"start_date": "2016-12-30", "end_date": "2017-01-03", "calendar": "{bare}"},
        check=lambda a: [row["date"] for row in a] == ["2016-12-30", "2017-01-03"],
    ),
    Case(
        "all days",
        "list_workdays",
        {"start_date": "2016-12-30", "end_date": "2017-01-03", "calendar": "{bare}", "all": True},
        check=lambda a: len(a) == 5 and a[3]["dateTypeType"] == "Closed",
    ),
    Case(
        "workdays backwards",
        "list_workdays",
        {"start_date": "2017-01-03", "end_date": "2016-12-30"},
        error="InvalidArgument",
    ),
    Case("workday", "is_workday", {"date": "2017-01-03"}, check=lambda a: a is True),
    Case(
        "no workday", "is_workday", {"date": "2017-01-02", "calendar": "{bare}"}, check=lambda a: a is False
    ),
    Case("workday of nonsense", "is_workday", {"date": "soon"}, error="InvalidArgument"),
    Case(
        "occurrences",
        "get_occurrences",
        {
            "dates": "WORKDAYS",
            "times": ["09:00"],
            "delay": "0.04:00",
            "until": "5PM",
            "time_zone": "Europe/Berlin",
            "calendar": "{bare}",
            "after": "2016-12-30T12:00:00Z",
            "limit": 3,
        },
        check=lambda a: (
            [row["scheduledTimeUTC"] for row in a]
            == ["2016-12-30T16:00:00Z", "2017-01-03T08:00:00Z", "2017-01-03T12:00:00Z"]
        ),
    ),
    Case("occurrences of nonsense", "get_occurrences", {"dates": "WORKDAYZ OF"}, error="UnreadableDate"),
    Case(
        "occurrences at no time",
        "get_occurrences",
        {"dates": "DAILY", "times": ["25:00"]},
        error="InvalidTime",
    ),
    Case(
        "occurrences in no zone",
        "get_occurrences",
        {"dates": "DAILY", "time_zone": "Mars/Crater"},
        error="UnknownTimeZone",
    ),
    Case(
        "occurrences too often",
        "get_occurrences",
        {"dates": "DAILY", "delay": "00:00:01"},
        error="InvalidSchedule",
    ),
    Case(
        "occurrences beyond the dates",
        "get_occurrences",
        {"dates": "CLOSED", "calendar": "{bare}", "after": "2017-02-01T00:00:00Z", "time_zone": "UTC"},
        error="DATESNSU",
    ),
    Case(
        "scheduled job",
        "create_job",
        {
            "job": {
                **JOB,
                "jobName": "Nightly",
                "elements": [
                    {
                        "elementName": "Trigger",
                        "elementTypeName": "ScheduleTrigger",
                        "properties": [
                            {"propertyName": "ScheduledDate", "currentValue": "3rd workday of month"},
                            {"propertyName": "ScheduledTime", "currentValue": "3:30PM"},
                            {"propertyName": "TimeZone", "currentValue": "America/New_York"},
                        ],
                    }
                ],
            },
            "lenient": True,
        },
    ),
    Case(
        "a job whose date means something else",
        "create_job",
        {"job": {**JOB, "jobName": "Misread", "schedule": "3RD WEDNESDAY OF MARCH, JUNE"}},
        check=lambda a: a.endswith("3RD WEDNESDAY OF JUNE would be written out."),
    ),
    Case(
        "a change to a date that means something else",
        "change_job",
        {"name": "{room}\\Misread", "job": {"exceptFor": "JANUARY"}},
        check=lambda a: a.endswith(
            "Note: EXCEPT JANUARY leaves out one day, the 1st of January, not all its days."
        ),
    ),
    Case("take the misread job away", "delete_job", {"name": "{room}\\Misread"}),
    Case(
        "explain what means something else",
        "explain_date",
        {"date": "LAST MONDAY", "today": "2017-01-02", "reading": "Schedule"},
        check=lambda a: len(a["hints"]) == 1,
    ),
    Case(
        "occurrences of job",
        "get_job_occurrences",
        {"name": "{room}\\Nightly", "after": "2026-11-24T00:00:00Z", "limit": 2},
        check=lambda a: (
            [row["scheduledTimeUTC"] for row in a]
            == [
                "2026-12-03T20:30:00Z",
                "2027-01-05T20:30:00Z",
            ]
        ),
    ),
    Case(
        "occurrences of a job without schedule",
        "get_job_occurrences",
        {"name": "{room}\\Load"},
        error="InvalidArgument",
    ),
    Case("occurrences of no job", "get_job_occurrences", {"id": 999_999_999}, error="JobNotFound"),
    Case(
        "schedule",
        "get_schedule",
        {"start": "2026-12-01T00:00:00Z", "end": "2027-01-31T00:00:00Z", "folder": "{room}"},
        check=lambda a: (
            [(row["jobName"], row["scheduledTime"]) for row in a]
            == [
                ("Nightly", "2026-12-03T20:30:00Z"),
                ("Nightly", "2027-01-05T20:30:00Z"),
            ]
        ),
    ),
    Case(
        "schedule backwards",
        "get_schedule",
        {"start": "2026-12-01T00:00:00Z", "end": "2026-11-01T00:00:00Z"},
        error="InvalidArgument",
    ),
    Case("schedule of no folder", "get_schedule", {"folder": "\\Nowhere"}, error="FolderNotFound"),
    Case(
        "forecast",
        "get_forecast",
        {
            "folder": "{room}",
            "job_name": "Lo*d",
            "suppose": [{"submit": "{room}\\Load"}, {"job": "{room}\\Load", "elapsed": 60}],
            "limit": 10,
        },
        check=lambda a: (
            (a["state"], a["progress"], a["lateCount"]) == ("Complete", 100, 0)
            and [(each["jobName"], each["delay"]) for each in a["entries"][-1:]] == [("Load", 0.0)]
        ),
    ),
    Case(
        "forecast of a queue that is not there",
        "get_forecast",
        {"suppose": [{"queue": "Nowhere", "limit": 1}]},
        error="QueueNotFound",
    ),
    Case("forecast of the past", "get_forecast", {"until": "2020-01-01T00:00:00Z"}, error="InvalidArgument"),
    Case(
        "forecast that supposes nothing",
        "get_forecast",
        {"suppose": [{"queue": "Nowhere"}]},
        error="InvalidArgument",
    ),
    Case("delete scheduled job", "delete_job", {"name": "{room}\\Nightly"}),
    Case("missed points", "get_missed_points", {}, check=lambda a: a == []),
    Case(
        "missed points of no job",
        "get_missed_points",
        {"name": "{room}\\Nowhere", "start": "2026-01-01T00:00:00Z"},
        error="JobNotFound",
    ),
    # The schedule in members of the job itself
    Case(
        "job that runs on workdays",
        "create_job",
        {
            "job": {
                **JOB,
                "jobName": "Early",
                "schedule": "Workdays",
                "at": "8:30 AM",
                "timeZone": "Europe/Berlin",
                "exceptFor": "JANUARY 1",
            }
        },
    ),
    Case(
        "what it shows of when it runs",
        "get_job",
        {"name": "{room}\\Early"},
        check=lambda a: (
            [a[name] for name in ("schedule", "at", "timeZone", "exceptFor")]
            == ["Workdays", "08:30", "Europe/Berlin", "JANUARY 1"]
        ),
    ),
    Case(
        "job that runs later",
        "change_job",
        {"name": "{room}\\Early", "job": {"at": "09:00"}, "clear": ["exceptFor"]},
    ),
    Case(
        "when that is",
        "get_job_occurrences",
        {"name": "{room}\\Early", "after": "2026-12-31T12:00:00Z", "limit": 1},
        check=lambda a: [row["scheduledTimeUTC"] for row in a] == ["2027-01-01T08:00:00Z"],
    ),
    Case(
        "job with a time and no days",
        "create_job",
        {"job": {**JOB, "jobName": "Never", "at": "08:30"}},
        error="MissingArgument",
    ),
    Case("delete the job on workdays", "delete_job", {"name": "{room}\\Early"}),
    # Named times
    Case(
        "named time",
        "create_named_time",
        {
            "named_time": {
                "timeName": "{bare}",
                "startTime": {"totalSeconds": 79200},
                "endTime": {"totalSeconds": 21600},
            }
        },
    ),
    Case(
        "named time to the end of the day",
        "create_named_time",
        {"named_time": {"timeName": "{bare}-open", "startTime": {"totalSeconds": 28800}}},
    ),
    Case(
        "it ends at midnight",
        "get_named_time",
        {"name": "{bare}-open"},
        check=lambda a: (a["startTime"]["totalSeconds"], a["endTime"]["totalSeconds"]) == (28800, 0),
    ),
    Case("delete it", "delete_named_time", {"name": "{bare}-open"}),
    Case(
        "named time twice",
        "create_named_time",
        {
            "named_time": {
                "timeName": "{bare}",
                "startTime": {"totalSeconds": 0},
                "endTime": {"totalSeconds": 1},
            }
        },
        error="AlreadyExists",
    ),
    Case(
        "named time beyond the day",
        "create_named_time",
        {
            "named_time": {
                "timeName": "{bare}-2",
                "startTime": {"totalSeconds": 90000},
                "endTime": {"totalSeconds": 1},
            }
        },
        error="InvalidArgument",
    ),
    Case(
        "show named time",
        "get_named_time",
        {"name": "{bare}"},
        check=lambda a: a["enabled"] is True and a["startTime"]["totalSeconds"] == 79200,
        save={"named time": lambda a: a["timeID"]},
    ),
    Case(
        "occurrences in a window",
        "get_occurrences",
        {
            "dates": "DAILY",
            "times": ["20:00"],
            "time_zone": "UTC",
            "window": "{bare}",
            "after": "2026-11-24T00:00:00Z",
            "limit": 1,
        },
        check=lambda a: (
            (a[0]["windowStartUTC"], a[0]["windowEndUTC"]) == ("2026-11-24T22:00:00Z", "2026-11-25T06:00:00Z")
        ),
    ),
    Case("no named time", "get_named_time", {"name": "Never"}, error="NamedTimeNotFound"),
    Case("disable named time", "disable_named_time", {"id": Saved("named time")}),
    Case(
        "occurrences in a closed window",
        "get_occurrences",
        {"dates": "DAILY", "window": "{bare}"},
        error="InvalidArgument",
    ),
    Case(
        "enable named time",
        "enable_named_time",
        {"name": "{bare}"},
        check=lambda a: a.endswith("was enabled."),
    ),
    Case(
        "create job in a window",
        "create_job",
        {
            "job": {
                "jobName": "Windowed",
                "parentFolderName": "{room}",
                "methodName": "Command",
                "source": "true",
                "properties": [{"propertyName": "ScheduleWindow", "currentValue": "{bare}"}],
            },
            "lenient": True,
        },
    ),
    Case(
        "named time references",
        "list_named_time_references",
        {"name": "{bare}"},
        check=lambda a: [row["referringName"] for row in a] == ["Windowed"],
    ),
    Case(
        "references of no named time",
        "list_named_time_references",
        {"name": "Never"},
        error="NamedTimeNotFound",
    ),
    Case("delete used named time", "delete_named_time", {"name": "{bare}"}, error="InUse"),
    Case("delete job in a window", "delete_job", {"name": "{room}\\Windowed"}),
    Case(
        "switch named time",
        "switch_named_time",
        {"name": "{bare}", "action": "enable"},
        check=lambda a: a.endswith("was enabled."),
    ),
    Case(
        "switch no named time",
        "switch_named_time",
        {"name": "Never", "action": "disable"},
        error="NamedTimeNotFound",
    ),
    Case("disable no named time", "disable_named_time", {"name": "Never"}, error="NamedTimeNotFound"),
    Case("enable no named time", "enable_named_time", {"id": 999_999_999}, error="NamedTimeNotFound"),
    Case(
        "change named time",
        "change_named_time",
        {
            "named_time": {
                "timeID": Saved("named time"),
                "timeName": "{bare}",
                "description": "The night.",
                "startTime": {"totalSeconds": 82800},
                "endTime": {"totalSeconds": 21600},
            }
        },
    ),
    Case(
        "change no named time",
        "change_named_time",
        {
            "named_time": {
                "timeID": 999_999_999,
                "timeName": "Never",
                "startTime": {"totalSeconds": 1},
                "endTime": {"totalSeconds": 2},
            }
        },
        error="NamedTimeNotFound",
    ),
    Case(
        "named times",
        "list_named_times",
        check=lambda a: any(t["startTime"]["totalSeconds"] == 82800 for t in a),
    ),
    Case("delete named time", "delete_named_time", {"id": Saved("named time")}),
    Case("delete named time again", "delete_named_time", {"name": "{bare}"}, error="NamedTimeNotFound"),
]
