"""Jobs from crontabs, tasks of Windows and iCalendar events: the same points in time as over there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from croniter import croniter

from jams.dates import Recurrence, Schedule, occurrences
from jams.objects.definitions import Folder
from jams.objects.errors import AccessDenied, UnreadableDefinitions
from jams.objects.exchange import DefinitionImport
from jams.operations.crontab_reading import crontab_jobs
from jams.operations.event_reading import event_jobs
from jams.operations.schedule_imports import ScheduleFormat, ScheduleImport
from jams.operations.task_reading import task_jobs
from jams.operations.xml_writing import Definition
from jams.security.rights import FolderDefinitions, JobDefinitions
from tests.support.operations import ask
from tests.support.schedule import Desk, desk

pytestmark = pytest.mark.unit

FIRST = datetime(2025, 12, 31, 23, 59, 30, tzinfo=UTC)
LAST = datetime(2026, 4, 30, 23, 59, 30, tzinfo=UTC)


def points(job: Definition) -> list[datetime]:
    """When the job runs, in UTC."""
    said = {each["propertyName"]: each["currentValue"] for each in job.members.get("properties", ())}
    again = None
    if "ResubmitDelay" in said:
        again = Recurrence(delay=said["ResubmitDelay"], until=said["ResubmitEnd"])
    found: set[datetime] = set()
    for element in job.members["elements"]:
        bag = {each["propertyName"]: each["currentValue"] for each in element["properties"]}
        start = bag.get("ScheduledStartDate")
        schedule = Schedule(
            dates=bag["ScheduledDate"],
            times=(bag["ScheduledTime"],),
            start_date=None if start is None else date.fromisoformat(start),
            time_zone=bag.get("TimeZone", "UTC"),
            recurrence=again,
        )
        found.update(each.at for each in occurrences(schedule, FIRST, LAST))
    return sorted(found)


@pytest.mark.parametrize(
    "times",
    [
        *(
            "30 4 * * *",
            "*/15 * * * *",
            "0 * * * *",
            "5,35 9-17 * * 1-5",
            "0 22 * * 1-5",
            "0 9,17 * * mon,wed",
        ),
        *("0 0 1 * *", "0 0 1,15 * *", "30 6 1 1 *", "0 12 31 * *", "0 0 13 * 5", "15 3 * * 0", "15 3 * * 7"),
        *(
            "0 0 1 jan,jul *",
            "0 8-18/2 * * sun",
            "*/7 8 * * *",
            "10 0 */10 * *",
            "0 0 * * 6,0",
            "59 23 28-31 * *",
        ),
        *("0 0 1 */3 *", "0 0 * * */2", "20/20 1 * * *"),
    ],
)
def test_a_crontab_runs_at_the_same_times(times: str) -> None:
    jobs, remarks = crontab_jobs(f"{times} /usr/bin/run --all\n")
    assert remarks == []
    wanted = croniter(times, FIRST, ret_type=datetime)
    expected: list[datetime] = []
    while (found := wanted.get_next(datetime)) < LAST:
        expected.append(found)
    assert points(jobs[0]) == expected


CRONTAB = """\
# nightly
SHELL=/bin/bash
PATH="/usr/bin:/bin"
CRON_TZ=Europe/Berlin
MAILTO=ops@example.com
0 3 * * * /opt/app/backup.sh --full > /dev/null 2>&1
@daily  /opt/app/backup.sh
@reboot /opt/app/start
0 0 * 2 * /opt/app/february
0 0 1 * * mail -s 100\\% ops%Dear all,%bye
61 * * * * /opt/app/never
* *
"""


def test_the_rest_of_a_crontab() -> None:
    jobs, remarks = crontab_jobs(CRONTAB)
    assert [each.name for each in jobs] == ["backup.sh", "backup.sh 2", "mail"]
    first = jobs[0].members
    assert first["source"] == "export PATH='/usr/bin:/bin'\n/opt/app/backup.sh --full > /dev/null 2>&1\n"
    assert points(jobs[0])[0] == datetime(2026, 1, 1, 2, tzinfo=UTC)
    assert (
        jobs[2]
        .members["source"]
        .endswith("mail -s 100% ops <<'END_OF_INPUT'\nDear all,\nbye\nEND_OF_INPUT\n")
    )
    assert [each.split(":")[0] for each in remarks] == [
        "Line 5",
        *(f"Line {number} was left out" for number in (8, 9, 11, 12)),
    ]  # fmt: skip


def test_a_crontab_of_the_system_names_users() -> None:
    [job], remarks = crontab_jobs("17 * * * * root cd / && run-parts /etc/cron.hourly\n", users=True)
    assert (job.name, job.members["source"]) == ("cd", "cd / && run-parts /etc/cron.hourly\n")
    assert remarks == ["Line 1: cd ran as root; here a credential says so."]


def task(triggers: str, *, name: str = r"\Ours\Nightly", settings: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-16"?>\n'
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
        f"<RegistrationInfo><Description>Loads</Description><URI>{name}</URI></RegistrationInfo>"
        f"<Triggers>{triggers}</Triggers><Settings>{settings}</Settings><Actions><Exec>"
        r"<Command>C:\Program Files\run.exe</Command><Arguments>/all &gt; log</Arguments>"
        r"<WorkingDirectory>C:\work</WorkingDirectory></Exec></Actions></Task>"
    )


def calendar_trigger(days: str, rest: str = "") -> str:
    return (
        f"<CalendarTrigger>{rest}<StartBoundary>2026-01-05T03:30:00</StartBoundary>{days}</CalendarTrigger>"
    )


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (
            calendar_trigger("<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"),
            "01-05 01-06 01-07",
        ),
        (
            calendar_trigger("<ScheduleByDay><DaysInterval>10</DaysInterval></ScheduleByDay>"),
            "01-05 01-15 01-25",
        ),
        (
            calendar_trigger(
                "<ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek>"
                "<Tuesday /><Friday /></DaysOfWeek>"
                "</ScheduleByWeek>"
            ),
            "01-06 01-09 01-13",
        ),
        (
            calendar_trigger(
                "<ScheduleByWeek><WeeksInterval>2</WeeksInterval><DaysOfWeek>"
                "<Monday /></DaysOfWeek></ScheduleByWeek>"
            ),
            "01-05 01-19 02-02",
        ),
        (
            calendar_trigger(
                "<ScheduleByMonth><DaysOfMonth><Day>15</Day><Day>Last</Day></DaysOfMonth><Months><January />"
                "<March /></Months></ScheduleByMonth>"
            ),
            "01-15 01-31 03-15",
        ),
        (
            calendar_trigger(
                "<ScheduleByMonthDayOfWeek><Weeks><Week>2</Week><Week>Last</Week></Weeks><DaysOfWeek>"
                "<Monday />"
                "</DaysOfWeek></ScheduleByMonthDayOfWeek>"
            ),
            "01-12 01-26 02-09",
        ),
        ("<TimeTrigger><StartBoundary>2026-02-01T00:00:00</StartBoundary></TimeTrigger>", "02-01"),
    ],
)
def test_tasks_run_on_the_same_days(trigger: str, expected: str) -> None:
    [job], remarks = task_jobs(task(trigger))
    assert [f"{each:%m-%d}" for each in points(job)][:3] == expected.split()
    assert (job.name, remarks) == ("Nightly", [])
    assert job.members["source"] == 'cd /d "C:\\work"\n"C:\\Program Files\\run.exe" /all > log\n'


def test_tasks_that_repeat_and_are_disabled() -> None:
    again = "<Repetition><Interval>PT30M</Interval><Duration>PT2H</Duration></Repetition>"
    days = "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>"
    both = (
        task(calendar_trigger(days, again), settings="<Enabled>false</Enabled>")
        + task("<LogonTrigger />", name=r"\Logon").partition("?>\n")[2]
    )
    text = "<Tasks>" + both.partition("?>\n")[2] + "</Tasks>"
    (first, second), remarks = task_jobs(text)
    assert [f"{each:%H:%M}" for each in points(first)][:5] == ["03:30", "04:00", "04:30", "05:00", "03:30"]
    assert {"propertyName": "Enabled", "currentValue": False} in first.members["properties"]
    assert "elements" not in second.members
    assert remarks == ["A LogonTrigger of Logon was left out: it waits for something else than a time."]


def event(rule: str, start: str = "20260105T083000") -> str:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "SUMMARY:Load", "DESCRIPTION:echo load"]
    lines += [f"DTSTART;TZID=Europe/Berlin:{start}", *([f"RRULE:{rule}"] if rule else [])]
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("", "01-05"),
        ("FREQ=DAILY", "01-05 01-06 01-07"),
        ("FREQ=DAILY;INTERVAL=3", "01-05 01-08 01-11"),
        ("FREQ=WEEKLY", "01-05 01-12 01-19"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "01-05 01-06 01-07"),
        ("FREQ=WEEKLY;INTERVAL=2", "01-05 01-19 02-02"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "01-31 02-28 03-31"),
        ("FREQ=MONTHLY;BYDAY=2TU,-1FR", "01-13 01-30 02-10"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "01-30 02-27 03-31"),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=15", "04-15"),
    ],
)
def test_events_run_on_the_same_days(rule: str, expected: str) -> None:
    [job], remarks = event_jobs(event(rule))
    assert remarks == []
    assert [f"{each:%m-%d}" for each in points(job)][:3] == expected.split()
    assert f"{points(job)[0]:%H:%M}" in ("07:30", "06:30")
    assert (job.name, job.members["source"]) == ("Load", "echo load")


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;INTERVAL=2", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"]
)
def test_events_that_cannot_be_said_are_told(rule: str) -> None:
    jobs, [remark] = event_jobs(event(rule))
    assert jobs == []
    assert remark.startswith("The event Load was left out: ")


@pytest.fixture
def d(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "jams.db") as made:
        yield made


ALL = (*JobDefinitions, *FolderDefinitions)


def take(
    d: Desk, text: str, form: ScheduleFormat = ScheduleFormat.CRONTAB, **inputs: Any
) -> DefinitionImport:
    body = ScheduleImport(text=text, format=form, **inputs)
    found = ask(d, "import_schedule", *ALL, body=body)
    assert isinstance(found, DefinitionImport)
    return found


def test_a_schedule_becomes_jobs_and_is_brought_up_to_date(d: Desk) -> None:
    ask(d, "create_folder", *ALL, folder=Folder(folder_name="Cron"))
    line = "*/10 8-17 * * 1-5 /opt/load\n"
    told = take(d, line, target_folder=r"\Cron", dry_run=True)
    assert (told.dry_run, told.added, told.changes[0].name) == (True, 1, r"\Cron\load")
    assert ask(d, "find_jobs", *ALL) == []
    take(d, line, target_folder=r"\Cron")
    assert take(d, line, target_folder=r"\Cron").same == 1
    changed = take(d, line.replace("1-5", "*"), target_folder=r"\Cron")
    assert ("WEEKDAYS", "DAILY") in [
        (each.before, each.after)
        for each in changed.changes[0].differences
        if each.member.endswith("ScheduledDate")
    ]
    assert ask(d, "get_job", *ALL, name=r"\Cron\load").schedule == "DAILY"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("no XML", ScheduleFormat.WINDOWS_TASKS),
        ("<Tasks />", ScheduleFormat.WINDOWS_TASKS),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><Task>&b;</Task>", ScheduleFormat.WINDOWS_TASKS),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", ScheduleFormat.ICALENDAR),
        ("0 0 * * * x\n" * 1001, ScheduleFormat.CRONTAB),
    ],
)
def test_texts_that_are_refused(d: Desk, text: str, form: ScheduleFormat) -> None:
    with pytest.raises(UnreadableDefinitions):
        take(d, text, form)


def test_who_may_not_make_jobs_is_refused(d: Desk) -> None:
    body = ScheduleImport(text="0 0 * * * x\n", format=ScheduleFormat.CRONTAB)
    with pytest.raises(AccessDenied):
        ask(d, "import_schedule", JobDefinitions.INQUIRE, body=body)
    assert take(d, "# nothing\n").remarks == ("There is no job in the text.",)
