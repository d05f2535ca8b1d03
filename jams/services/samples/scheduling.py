"""Jobs that run by themselves."""

from __future__ import annotations

from .model import Samples, element, job

_TELL = """\
import os
from datetime import datetime
print("It is", f"{datetime.now():%A %H:%M:%S};", "nobody has submitted entry", os.environ["JAMS_ENTRY"])
"""

SAMPLES = (
    Samples(
        "Schedule",
        "Jobs that run by themselves. To see what will run: jamswebclient schedule",
        (
            job(
                "WorkdayMorning",
                _TELL,
                "Runs on each workday at 8:30; its entry stands in the schedule a day before, as Timed.",
                schedule="Workdays",
                at="08:30",
            ),
            job(
                "MonthEnd",
                _TELL,
                "Runs on the last workday of each month at 18:00; job-occurrences lists its next days.",
                schedule="LAST WORKDAY OF MONTH",
                at="18:00",
            ),
            job(
                "EveryQuarter",
                _TELL,
                "Runs on workdays from 9:00 to 17:00 every 15 minutes, always in the same entry.",
                element("Recurrence", Delay="0:15", EndTime="17:00"),
                properties={"CatchUp": "None"},
                schedule="Workdays",
                at="09:00",
            ),
            job(
                "EveryHour",
                _TELL,
                "Runs an hour after it was defined and then every hour, whatever became of the run before.",
                element("IntervalTrigger", Interval="1:00"),
                properties={"CatchUp": "None"},
            ),
            job("OnTime", _TELL, "The demonstration has it run by itself some seconds later; see its at."),
        ),
    ),
)
