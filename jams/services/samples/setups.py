"""Setups: jobs that run others step by step, halt on a failure and are resumed."""

from __future__ import annotations

import tempfile
from pathlib import PurePath

from jams.objects.parts import ParamDef
from jams.objects.setups import Setup, SetupJob, SetupParameter

from .model import Samples, job, working

_MARK = str(PurePath(tempfile.gettempdir(), "jams-sample-load-failed.txt"))
_NIGHTLY = r"\Samples\Nightly"

_FAILS_ONCE = f"""\
import os, sys
if os.path.exists({_MARK!r}):
    os.remove({_MARK!r})
    print("Loaded at the second attempt.")
else:
    open({_MARK!r}, "w").close()
    print("The load failed.")
    sys.exit(1)
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

SAMPLES = (
    Samples(
        "Nightly",
        "A setup of three steps and its twin that fails. To run one: "
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
                    "NotifyEMail": "operators@example.org",
                    "RecoveryInstructions": "Resume the setup: jamswebclient release NUMBER --release-types "
                    "RunAgain.",
                },
            ),
            job("Report", working(0.5, "The report is written."), "Runs when the data is loaded."),
        ),
        setups=(
            Setup(
                setup_name="Nightly",
                description="Three extracts beside each other, then the load, then the report.",
                jobs=[*_EXTRACTS, _member("Load", 20), _member("Report", 30)],
            ),
            Setup(
                setup_name="NightlyFails",
                description="Its load fails, and it is halted. To resume it: "
                "jamswebclient release NUMBER --release-types RunAgain.",
                jobs=[*_EXTRACTS, _member("LoadOnce", 20), _member("Report", 30)],
            ),
        ),
    ),
)
