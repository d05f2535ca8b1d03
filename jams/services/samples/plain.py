"""Jobs that only run: what they are, not when."""

from __future__ import annotations

import os

from jams.objects.enums import DataType
from jams.objects.parts import ParamDef

from .model import Samples, job

_WINDOWS = os.name == "nt"

_HELLO = """\
echo Hello from JAMS entry {entry}
""".format(entry="%JAMS_ENTRY%" if _WINDOWS else "$JAMS_ENTRY")

_HELLO_PYTHON = """\
import os, platform
print("Hello from Python", platform.python_version())
print("This is entry", os.environ["JAMS_ENTRY"], "of the job", os.environ["JAMS_JOB"])
"""

_SLEEP = """\
import os, time
seconds = float(os.environ["Seconds"])
print("Sleeping for", seconds, "seconds")
for step in range(5):
    time.sleep(seconds / 5)
    print(f"{(step + 1) * 20} % done")
"""

_FAIL = """\
echo This job ends with exit code 3, and so with the severity Error.
exit 3
"""

_GREETING = """\
import os
for number in range(int(os.environ["Times"])):
    print(f"{number + 1}: Good day, {os.environ['Who']}!")
"""


SAMPLES = (
    Samples(
        "",
        "Jobs to try JAMS with.",
        (
            job("HelloWorld", _HELLO, "Says hello in the platform's shell.", method="Command"),
            job("HelloPython", _HELLO_PYTHON, "Says hello in Python."),
            job(
                "SleepJob",
                _SLEEP,
                "Sleeps, and says how far it is.",
                parameters=(
                    ParamDef(
                        param_name="Seconds",
                        data_type=DataType.FLOAT,
                        default_value="2",
                        prompt="How long to sleep",
                    ),
                ),
            ),
            job("FailJob", _FAIL, "Fails with exit code 3.", method="Command"),
            job(
                "Greeting",
                _GREETING,
                "Greets somebody, as often as wanted.",
                parameters=(
                    ParamDef(param_name="Who", default_value="world", prompt="Whom to greet"),
                    ParamDef(
                        param_name="Times", data_type=DataType.INTEGER, default_value="3", prompt="How often"
                    ),
                ),
            ),
        ),
    ),
)
