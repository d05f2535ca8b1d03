"""Jobs that events submit: a file, the end of another job, a variable, a mail."""

from __future__ import annotations

import os
import tempfile
from pathlib import PurePath

from jams.objects.definitions import Variable

from .model import Samples, element, job, working

_FILES = str(PurePath(tempfile.gettempdir(), "jams-arrived-*.txt"))

_TAKES = "type {0}\ndel {0}\n" if os.name == "nt" else "cat {0}\nrm {0}\n"

_SHOWS = """\
echo "<<JAMS.Trigger.VariableName>> is <<JAMS.Trigger.Value>>."
"""

SAMPLES = (
    Samples(
        "Triggers",
        "Jobs that nobody submits: events do. To see how one waits: "
        r"jamswebclient job-triggers --name '\Samples\Triggers\Arrived'",
        (
            job(
                "Arrived",
                _TAKES.format('"<<JAMS.Trigger.FileName>>"'),
                f"Runs when a file {_FILES} is there and complete, shows it and takes it away.",
                element("FileTrigger", FileName=_FILES, SteadySeconds=1),
                method="Parsed",
            ),
            job(
                "Afterwards",
                working(0.1, "The file was taken."),
                "Runs when Arrived has ended well.",
                element("JobCompletionTrigger", DependsOnJob=r"\Samples\Triggers\Arrived"),
            ),
            job(
                "Opened",
                _SHOWS,
                r"Runs when Door is set to open: jamswebclient set-variable '\Samples\Triggers\Door' open.",
                element("VariableTrigger", Variable=r"\Samples\Triggers\Door", Value="open"),
                method="Parsed",
            ),
            job(
                "Mailed",
                working(0.1, "A mail has come."),
                "Would run for each mail with order in its subject: set IMAPServer and IMAPCredential, "
                "and take Enabled from its trigger.",
                element("EmailTrigger", Subject="order", WhenTaken="Marked", Enabled=False),
            ),
        ),
        variables=(Variable(variable_name="Door", value="shut", description="Opened runs when it is open."),),
    ),
)
