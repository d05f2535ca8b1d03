"""Cases of calendars, date types, dates and imports: what :mod:`date_cases` needs, and what takes it away."""

from __future__ import annotations

from contract_case import Case, Saved, names, only

ICALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:audit@example.com\r
DTSTART;VALUE=DATE:20270601\r
RRULE:FREQ=YEARLY\r
SUMMARY:Audit\r
END:VEVENT\r
END:VCALENDAR\r
"""

CALENDAR_CASES = [
    # Calendars, date types and their dates
    Case(
        "calendar",
        "create_calendar",
        {"calendar": {"calendarName": "{bare}", "description": "Of this door.", "colorName": "Blue"}},
    ),
    Case(
        "calendar twice", "create_calendar", {"calendar": {"calendarName": "{bare}"}}, error="AlreadyExists"
    ),
    Case(
        "calendar with a bad name",
        "create_calendar",
        {"calendar": {"calendarName": "a*b"}},
        error="InvalidName",
    ),
    Case(
        "show calendar",
        "get_calendar",
        {"name": "{bare}"},
        check=only(description="Of this door.", colorName="Blue"),
        save={"calendar": lambda a: a["calendarID"]},
    ),
    Case("no calendar", "get_calendar", {"name": "Nowhere"}, error="CalendarNotFound"),
    Case("calendar by nothing", "get_calendar", {}, error="MissingArgument"),
    Case(
        "change calendar",
        "change_calendar",
        {"calendar": {"calendarID": Saved("calendar"), "calendarName": "{bare}", "description": "Changed."}},
    ),
    Case(
        "rename the default calendar",
        "change_calendar",
        {"calendar": {"calendarID": 1, "calendarName": "{bare}-2"}},
        error="Conflict",
    ),
    Case(
        "date type",
        "create_date_type",
        {
            "date_type": {
                "dateTypeType": "Closed",
                "calendarName": "{bare}",
                "specificTypes": [{"sequence": 1, "specificType": "Christmas"}],
                "dates": [
                    {"startDate": "2016-12-26", "description": "Boxing Day", "workDay": "False"},
                    {"startDate": "2018-12-25", "specificType": "Christmas", "workDay": "False"},
                ],
            }
        },
        check=lambda a: a == "Date type Closed was created.",
    ),
    Case(
        "date type twice",
        "create_date_type",
        {"date_type": {"dateTypeType": "CLOSED", "calendarName": "{bare}"}},
        error="AlreadyExists",
    ),
    Case(
        "date type nowhere",
        "create_date_type",
        {"date_type": {"dateTypeType": "Closed", "calendarName": "Nowhere"}},
        error="CalendarNotFound",
    ),
    Case(
        "date type with a strange date",
        "create_date_type",
        {
            "date_type": {
                "dateTypeType": "Odd",
                "calendarName": "{bare}",
                "dates": [{"startDate": "2017-01-01", "specificType": "Easter"}],
            }
        },
        error="InvalidCalendar",
    ),
    Case(
        "add date",
        "add_date",
        {
            "type_name": "closed",
            "calendar": "{bare}",
            "start_date": "2017-01-02",
            "description": "New Year observed",
            "work_day": "False",
        },
        check=lambda a: a == "The date 2017-01-02 was added to Closed.",
    ),
    Case(
        "add date twice",
        "add_date",
        {"type_name": "Closed", "calendar": "{bare}", "start_date": "2017-01-02"},
        error="AlreadyExists",
    ),
    Case(
        "add impossible date",
        "add_date",
        {"type_name": "Closed", "calendar": "{bare}", "start_date": "2017-02-30"},
        error="InvalidArgument",
    ),
    Case(
        "add date to nothing",
        "add_date",
        {"type_name": "Open", "calendar": "{bare}", "start_date": "2017-01-02"},
        error="DateTypeNotFound",
    ),
    Case(
        "show date type",
        "get_date_type",
        {"name": "Closed", "calendar": "{bare}"},
        check=lambda a: [d["startDate"] for d in a["dates"]] == ["2016-12-26", "2017-01-02", "2018-12-25"],
        save={"type": lambda a: a["dateTypeID"]},
    ),
    Case(
        "change date",
        "change_date",
        {"id": Saved("type"), "start_date": "2016-12-26", "description": "Moved", "work_day": "False"},
    ),
    Case(
        "change no date",
        "change_date",
        {"id": Saved("type"), "start_date": "2016-12-27"},
        error="DateNotFound",
    ),
    Case(
        "list date types",
        "list_date_types",
        {"calendar": "{bare}"},
        check=names("dateTypeType", "Closed"),
    ),
    Case("list date types of nothing", "list_date_types", {"calendar": "X"}, error="CalendarNotFound"),
    Case("no date type", "get_date_type", {"name": "Nothing"}, error="DateTypeNotFound"),
    Case(
        "another date type",
        "create_date_type",
        {
            "date_type": {
                "dateTypeType": "Quiet",
                "calendarName": "{bare}",
                "dateTypeLinks": [{"dateTypeType": "Closed", "calendarName": "{bare}"}],
            }
        },
    ),
    Case(
        "date type in itself",
        "change_date_type",
        {
            "date_type": {
                "dateTypeType": "Quiet",
                "calendarName": "{bare}",
                "dateTypeLinks": [{"dateTypeType": "Quiet", "calendarName": "{bare}"}],
            }
        },
        error="InvalidArgument",
    ),
    Case(
        "change date type",
        "change_date_type",
        {
            "date_type": {
                "dateTypeType": "Quiet",
                "calendarName": "{bare}",
                "description": "As the others.",
                "dateTypeLinks": [{"dateTypeType": "Closed", "calendarName": "{bare}"}],
            }
        },
    ),
    Case("delete date type in use", "delete_date_type", {"id": Saved("type")}, error="InUse"),
    # Dates from elsewhere
    Case(
        "holidays, only said",
        "import_holidays",
        {"country": "US", "years": [2027], "calendar": "{bare}", "dry_run": True},
        check=lambda a: a["dryRun"] is True and a["added"] == len(a["dates"]) > 9,
    ),
    Case(
        "holidays",
        "import_holidays",
        {"country": "US", "subdivision": "CA", "years": [2027, 2028], "calendar": "{bare}"},
        check=lambda a: a["newDateTypes"] == ["HOLIDAY"] and a["added"] > 20,
    ),
    Case(
        "holidays again",
        "import_holidays",
        {"country": "US", "subdivision": "CA", "years": [2027], "calendar": "{bare}"},
        check=lambda a: a["added"] == 0 and a["same"] > 10,
    ),
    Case(
        "holidays of nowhere",
        "import_holidays",
        {"country": "XX", "years": [2027]},
        error="UnreadableCalendar",
    ),
    Case(
        "csv",
        "import_csv",
        {
            "text": "Date,Description,Workday\n2027-12-31,Inventory,No\n",
            "calendar": "{bare}",
            "date_type": "Closed",
        },
        check=lambda a: [(d["startDate"], d["source"]) for d in a["dates"]] == [("2027-12-31", "csv:2")],
    ),
    Case(
        "csv again, moved and only said",
        "import_csv",
        {
            "text": 'sep=;\n"Date, local";Date;Description;Workday\n;2027-12-30;Inventory;No\n',
            "calendar": "{bare}",
            "date_type": "Closed",
            "dry_run": True,
        },
        check=lambda a: (
            [(d["action"], d["startDate"]) for d in a["dates"]]
            == [("Add", "2027-12-30"), ("Remove", "2027-12-31")]
            and (a["added"], a["removed"]) == (1, 1)
        ),
    ),
    Case(
        "csv of another source",
        "import_csv",
        {
            "text": "Date,Description\n2027-12-30,Inventory\n",
            "calendar": "{bare}",
            "date_type": "Closed",
            "source": "stock.csv",
            "dry_run": True,
        },
        check=lambda a: (a["dates"][0]["source"], a["removed"]) == ("stock.csv:2", 0),
    ),
    Case(
        "csv of a bad source",
        "import_csv",
        {"text": "Date\n2027-12-30\n", "date_type": "Closed", "source": "a:b"},
        error="InvalidArgument",
    ),
    Case(
        "csv that is cut off",
        "import_csv",
        {"text": 'Date,Description\n2027-12-30,"Inven', "date_type": "Closed"},
        error="UnreadableCalendar",
    ),
    Case(
        "csv without dates",
        "import_csv",
        {"text": "Date\n", "date_type": "Closed", "calendar": "{bare}", "dry_run": True},
        check=lambda a: a["remarks"] == ["The text has no dates."],
    ),
    Case(
        "bad csv",
        "import_csv",
        {"text": "Date\n2027-13-31\n", "date_type": "Bad"},
        error="UnreadableCalendar",
    ),
    Case(
        "icalendar",
        "import_icalendar",
        {
            "text": ICALENDAR,
            "start_date": "2027-01-01",
            "end_date": "2028-12-31",
            "calendar": "{bare}",
            "date_type": "Audit",
        },
        check=lambda a: (
            [(d["startDate"], d["description"]) for d in a["dates"]]
            == [("2027-06-01", "Audit"), ("2028-06-01", "Audit")]
        ),
    ),
    Case(
        "icalendar again, cancelled",
        "import_icalendar",
        {
            "text": ICALENDAR.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT"),
            "start_date": "2028-01-01",
            "end_date": "2028-12-31",
            "calendar": "{bare}",
            "date_type": "Audit",
        },
        check=lambda a: (
            [(d["action"], d["startDate"]) for d in a["dates"]] == [("Remove", "2028-06-01")]
            and a["remarks"] == ["All its events are cancelled."]
        ),
    ),
    Case(
        "icalendar that is cut off",
        "import_icalendar",
        {
            "text": ICALENDAR[: ICALENDAR.index("END:VEVENT")],
            "start_date": "2027-01-01",
            "end_date": "2028-12-31",
            "date_type": "Audit",
        },
        error="UnreadableCalendar",
    ),
    *(
        Case(
            f"icalendar that would never end: {rule}",
            "import_icalendar",
            {
                "text": ICALENDAR.replace("FREQ=YEARLY", rule),
                "start_date": "2027-01-01",
                "end_date": "2076-12-31",
                "date_type": "Never",
            },
            error="UnreadableCalendar",
        )
        for rule in (
            "FREQ=YEARLY;INTERVAL=0",
            "FREQ=SECONDLY",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;BYMONTH=13",
        )
    ),
    Case(
        "icalendar of a day that never comes",
        "import_icalendar",
        {
            "text": ICALENDAR.replace("FREQ=YEARLY", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
            "start_date": "2027-01-01",
            "end_date": "2076-12-31",
            "calendar": "{bare}",
            "date_type": "Once",
        },
        check=lambda a: [d["startDate"] for d in a["dates"]] == ["2027-06-01"],
    ),
    Case(
        "bad icalendar",
        "import_icalendar",
        {"text": "no calendar at all", "start_date": "2027-01-01", "end_date": "2028-12-31"},
        error="UnreadableCalendar",
    ),
]

CALENDAR_ENDS = [
    Case(
        "delete date",
        "delete_date",
        {"type_name": "Closed", "calendar": "{bare}", "start_date": "2016-12-26"},
        check=lambda a: a == "The date 2016-12-26 of Closed was deleted.",
    ),
    Case(
        "delete date again",
        "delete_date",
        {"type_name": "Closed", "calendar": "{bare}", "start_date": "2016-12-26"},
        error="DateNotFound",
    ),
    Case("delete date type", "delete_date_type", {"name": "Quiet", "calendar": "{bare}"}),
    Case("delete date type again", "delete_date_type", {"name": "Quiet"}, error="DateTypeNotFound"),
    Case("delete the default calendar", "delete_calendar", {"name": "default"}, error="Conflict"),
    Case(
        "delete calendar",
        "delete_calendar",
        {"id": Saved("calendar")},
        check=lambda a: a.endswith("was deleted."),
    ),
    Case("delete calendar again", "delete_calendar", {"id": Saved("calendar")}, error="CalendarNotFound"),
    Case("calendars", "list_calendars", check=lambda a: "Default" in [c["calendarName"] for c in a]),
    Case(
        "reader makes a calendar",
        "create_calendar",
        {"calendar": {"calendarName": "X"}},
        caller="reader",
        error="AccessDenied",
    ),
    Case("reader imports", "import_csv", {"text": "Date\n"}, caller="reader", error="AccessDenied"),
    Case(
        "reader evaluates",
        "evaluate_date",
        {"date": "TODAY", "today": "2026-11-24"},
        caller="reader",
        check=lambda a: a == "2026-11-24",
    ),
]
