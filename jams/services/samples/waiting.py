"""Jobs that wait for something: other jobs, variables, files, a precheck, a part of the day."""

from __future__ import annotations

import tempfile
from pathlib import PurePath

from jams.objects.definitions import Variable
from jams.objects.enums import DataType

from .model import Samples, element, job, working

_FILE = str(PurePath(tempfile.gettempdir(), "jams-sample.txt"))

_REPORT = r"\Samples\Dependencies\Report"
"""A job that is only being made is known by its path."""

_IS_READY = f"""\
import os, sys
if os.path.exists({_FILE!r}):
    print("Ready.")
else:
    print({_FILE!r}, "is not there; ask me again.")
    sys.exit(75)
"""

SAMPLES = (
    Samples(
        "Dependencies",
        "Jobs that wait for other jobs. To see why one waits: jamswebclient why NUMBER",
        (
            job("Extract", working(2, "The data is extracted."), "Load and Report wait for it."),
            job(
                "Load",
                working(1, "The data is loaded."),
                "Submit it: it waits. Submit Extract: when that has ended, it goes on.",
                element("JobDependency", DependsOnJob=r"\Samples\Dependencies\Extract"),
            ),
            job(
                "Report",
                working(1, "The report is written."),
                "Runs if Extract has ended since Report last did, or within the last hour; else it waits.",
                element(
                    "JobDependency",
                    DependsOnJob=r"\Samples\Dependencies\Extract",
                    SinceJob=_REPORT,
                    WithinTime="1:00",
                ),
            ),
        ),
    ),
    Samples(
        "Variable",
        "Jobs that wait for the value of a variable.",
        (
            job(
                "WhenOpen",
                working(1, "It is open."),
                r"Waits until IsOpen is True: jamswebclient set-variable '\Samples\Variable\IsOpen' True",
                element(
                    "VariableDependency",
                    Variable=r"\Samples\Variable\IsOpen",
                    ComparisonOperator="Equal",
                    Value="True",
                ),
            ),
        ),
        variables=(
            Variable(
                variable_name="IsOpen",
                data_type=DataType.BOOLEAN,
                value="False",
                description="WhenOpen waits until it is true.",
            ),
        ),
    ),
    Samples(
        "File",
        "Jobs that wait for files.",
        (
            job(
                "WhenItComes",
                working(1, "The file is there."),
                f"Waits until {_FILE} is there: make it, and see it go on.",
                element("FileDependency", FileName=_FILE, FilePresence="Present"),
            ),
            job(
                "WhenItGoes",
                working(1, "The file is gone."),
                f"Waits until {_FILE} is not there.",
                element("FileDependency", FileName=_FILE, FilePresence="Absent"),
            ),
        ),
    ),
    Samples(
        "Precheck",
        "A job that says whether another one may start.",
        (
            job("IsReady", _IS_READY, f"Asks to be run again (exit code 75) until {_FILE} is there."),
            job(
                "Guarded",
                working(1, "It was let through."),
                "Has IsReady run before it, every 10 seconds until that says yes (PrecheckWait).",
                element("PrecheckJob", Job=r"\Samples\Precheck\IsReady", Delay="0:00:10"),
            ),
        ),
    ),
    Samples(
        "Window",
        "Jobs that start within a part of the day only.",
        (
            job(
                "AtNight",
                working(1, "It is night, or somebody has released it."),
                "Submitted by day it waits for 22:00; a release of the kind TimeSlotWait lets it pass.",
                element("ScheduleWindow", FromTime="22:00", ToTime="06:00"),
            ),
        ),
    ),
)
