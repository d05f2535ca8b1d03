r"""Sample jobs in the folder ``\Samples``, made through the operations like anybody else's."""

from __future__ import annotations

import os
from collections.abc import Iterator

from jams.client.server import Server
from jams.objects.definitions import Folder, Job
from jams.objects.enums import DataType
from jams.objects.errors import FolderNotFound, JobNotFound
from jams.objects.parts import ParamDef

FOLDER = "\\Samples"

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


def install(server: Server) -> list[str]:
    """Make the folder and those of its jobs that are not there; the names of the jobs that were made.

    What is there already stays as it is, even when somebody has changed it.

    Raises:
        JAMSError: the caller may not, or the server failed.
    """
    try:
        server.folders[FOLDER].get()
    except FolderNotFound:
        server.folders.create(Folder(folder_name=FOLDER.strip("\\"), description="Jobs to try JAMS with."))
    made: list[str] = []
    for job in _jobs():
        try:
            server.jobs[f"{FOLDER}\\{job.job_name}"].get()
        except JobNotFound:
            server.jobs.create(job)
            made.append(job.job_name)
    return made


def _jobs() -> Iterator[Job]:
    yield _job("HelloWorld", "Command", _HELLO, "Says hello in the platform's shell.")
    yield _job("HelloPython", "Python", _HELLO_PYTHON, "Says hello in Python.")
    yield _job(
        "SleepJob",
        "Python",
        _SLEEP,
        "Sleeps, and says how far it is.",
        ParamDef(
            param_name="Seconds", data_type=DataType.FLOAT, default_value="2", prompt="How long to sleep"
        ),
    )
    yield _job("FailJob", "Command", _FAIL, "Fails with exit code 3.")
    yield _job(
        "Greeting",
        "Python",
        _GREETING,
        "Greets somebody, as often as wanted.",
        ParamDef(param_name="Who", default_value="world", prompt="Whom to greet"),
        ParamDef(param_name="Times", data_type=DataType.INTEGER, default_value="3", prompt="How often"),
    )


def _job(name: str, method: str, source: str, description: str, *parameters: ParamDef) -> Job:
    return Job(
        job_name=name,
        parent_folder_name=FOLDER,
        method_name=method,
        source=source,
        description=description,
        parameters=list(parameters),
    )
