"""RESET SCHEDULE: the schedule cleared, to be built anew."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from jams.scheduler.planning.resetting import reset, waiting
from jams.scheduler.surroundings import Surroundings
from jams.services.administration import alone

from .times import read_time
from .verb import NOCONFIRM, Call, Qualifier, Verb

RESTART = Qualifier(
    "RESTART", 'build it as of that time: "01-DEC-2026 06:00", in the zone of the server', "time"
)


def run(call: Call) -> int:
    """Clear the schedule."""
    with alone(call.settings) as database:
        with database.read() as c:
            number, zone = waiting(c), Surroundings(c).zone
        given = call.value(RESTART.name)
        at = datetime.now(UTC) if given is None else read_time(given, zone)
        when = f"{at.astimezone(ZoneInfo(zone)):%d-%b-%Y %H:%M} ({zone})"
        call.confirm(
            f"{number:,} entries that wait leave the schedule; what has started stays.",
            f"The next start of the scheduler builds it anew as of {when}.",
        )
        done = database.write(lambda c: reset(c, at, reason=f"RESET SCHEDULE as of {when}"))
    print(f"{done.withdrawn:,} entries have left the schedule.")
    print(f"{done.jobs:,} jobs are planned anew as of {when}.")
    if done.going_on:
        print(
            f"{done.going_on:,} entries had started and not ended; the server finds their runs, or ends them."
        )
    return 0


VERB = Verb(
    about="clear the schedule, so that the next start builds it anew; the server must be stopped",
    audited=True,
    run=run,
    qualifiers=(RESTART, NOCONFIRM),
    more=(
        "Points between the time of /RESTART and the start run late or are left out as the job's CatchUp "
        "says; after more than ScheduleMaxDowntime hours ScheduleMaxDownAction decides for all of them. A "
        "point that has run, and whose entry is still in the monitor, does not run again.",
    ),
)
