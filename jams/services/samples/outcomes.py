"""What follows a run: how it is judged, and what is done about it."""

from __future__ import annotations

from .model import Samples, job, working

_FAILS_TWICE = """\
import os, sys
counted = os.path.join(os.path.dirname(os.environ["JAMS_LOG"]), f"attempts-{os.environ['JAMS_ENTRY']}")
attempt = 1
if os.path.exists(counted):
    with open(counted) as file:
        attempt = int(file.read()) + 1
if attempt < 3:
    with open(counted, "w") as file:
        file.write(str(attempt))
    print("Attempt", attempt, "fails.")
    sys.exit(1)
os.remove(counted)
print("Attempt", attempt, "succeeds.")
"""

SAMPLES = (
    Samples(
        "Retry",
        "Jobs that are tried again.",
        (
            job(
                "FailsTwice",
                _FAILS_TWICE,
                "Fails twice, and is tried again 5 seconds later: one entry, three records of history.",
                properties={"RetryCount": 3, "RetryInterval": "0:00:05"},
            ),
        ),
    ),
    Samples(
        "Outcome",
        "How runs are judged.",
        (
            job(
                "ThreeIsGood",
                "import sys\nprint('Exit code 3')\nsys.exit(3)\n",
                "Ends with exit code 3, which its ExitCodes name as good: Success.",
                properties={"ExitCodeHandling": "SpecificGood", "ExitCodes": "0,3"},
            ),
            job(
                "BadWord",
                "print('ORA-00942: table or view does not exist')\n",
                "Ends with exit code 0, and with Error: its log matches its BadPattern.",
                properties={"BadPattern": "ORA-\\d+"},
            ),
            job(
                "RunsAway",
                working(60, "Nobody has cancelled it."),
                "Is cancelled after 5 seconds, as it runs away: RunawayElapsed and RunawayAction.",
                properties={"RunawayElapsed": "0:00:05", "RunawayAction": "CancelError"},
            ),
            job(
                "TooShort",
                "print('Already done')\n",
                "Ends with Warning, as it takes less than 5 seconds: ShortElapsed and FailShort.",
                properties={"ShortElapsed": "0:00:05", "FailShort": True, "ShortSeverity": "Warning"},
            ),
        ),
    ),
)
