"""Setups: jobs that run others step by step, halt on a failure and are resumed."""

from __future__ import annotations

from jams.objects.parts import ParamDef
from jams.objects.setups import Setup, SetupJob, SetupParameter

from .model import Samples, job, working

_NIGHTLY = r"\Samples\Nightly"
OPERATORS = "operators@example.org"
"""Whom the samples write to."""

_FAILS_ONCE = """\
import os, sys
mark = os.path.join(os.path.dirname(os.environ["JAMS_LOG"]), f"failed-{os.environ['JAMS_ENTRY']}")
if os.path.exists(mark):
    os.remove(mark)
    print("Loaded at the second attempt.")
else:
    open(mark, "w").close()
    print("The load failed.")
    sys.exit(1)
"""

_MAIL = """\
To: <<MailTo>>
Subject: <<JAMS.Setup.JobName>> of <<JAMS.TodaysDate>> is done

The report of the day is there; this is entry <<JAMS.JAMSEntry>>.
"""


def _member(name: str, step: int, **values: str) -> SetupJob:
    parameters = [SetupParameter(param_name=key, default_value=value) for key, value in values.items()]
    return SetupJob(
        job_name=f"{_NIGHTLY}\\{name}",
        name=f"{name} {values['source']}" if "source" in values else None,
        step=step,
        parameters=parameters,
    )


_EXTRACTS = [_member("Extract", 10, source=source) for source in ("orders", "customers", "prices")]
_AFTERWARDS = [_member("Report", 30), _member("Mail", 40)]

SAMPLES = (
    Samples(
        "Nightly",
        "A setup of four steps, and its twin that fails and is resumed. Both: jams nightly. To run one: "
        r"jamswebclient submit '\Samples\Nightly\Nightly' --wait",
        (
            job(
                "Extract",
                'import os\nprint("Extracted", os.environ["source"])\n',
                "Runs three times beside each other, for another source each.",
                parameters=(ParamDef(param_name="source", default_value="nothing"),),
            ),
            job("Load", working(0.5, "The data is loaded."), "Runs when all extracts have ended well."),
            job(
                "LoadOnce",
                _FAILS_ONCE,
                "Fails at the first attempt and succeeds at the second. Its failure is told by mail: see "
                "jamswebclient outbox.",
                properties={
                    "NotifyEMail": OPERATORS,
                    "RecoveryInstructions": "Resume the setup: jamswebclient release NUMBER --release-types "
                    "RunAgain.",
                },
            ),
            job("Report", working(0.5, "The report is written."), "Runs when the data is loaded."),
            job(
                "Mail",
                _MAIL,
                "Says by mail that the night is over; needs the setting SMTPServer.",
                method="Mail",
                parameters=(ParamDef(param_name="MailTo", default_value=OPERATORS),),
            ),
        ),
        setups=(
            Setup(
                setup_name="Nightly",
                description="Three extracts beside each other, then the load, the report and a mail; needs "
                "the setting SMTPServer.",
                jobs=[*_EXTRACTS, _member("Load", 20), *_AFTERWARDS],
            ),
            Setup(
                setup_name="NightlyFails",
                description="Its load fails, and it is halted. To resume it: "
                "jamswebclient release NUMBER --release-types RunAgain.",
                jobs=[*_EXTRACTS, _member("LoadOnce", 20), *_AFTERWARDS],
            ),
        ),
    ),
)
