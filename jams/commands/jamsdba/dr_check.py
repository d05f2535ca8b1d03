"""DR CHECK: what stands in the way of starting this server in the place of another one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from jams.database import schedule_triggers, tables
from jams.objects.enums import EntryState
from jams.scheduler.planning.rules import DownAction, rules
from jams.security import keys
from jams.services.administration import beside
from jams.services.secret_keys import vault_of

from .verb import Call, Verb

_EFFECTS = {
    DownAction.RESET: "what passed is dropped",
    DownAction.FAIL: "nothing is started until somebody decides",
    DownAction.CONTINUE: "what passed is caught up",
}


def run(call: Call) -> int:
    """Check, and tell what to do."""
    failed = 0
    with beside(call.settings) as database:
        proof = keys.prove(database, vault_of(call.settings))
        if proof.unopened:
            failed = 1
            told = (
                f"{len(proof.unopened):,} of {proof.total:,} secrets do not open: IMPORT KEY file /NOENCRYPT"
            )
        else:
            told = f"all {proof.total:,} secrets open"
        _tell(not proof.unopened, told)
        with database.read() as c:
            _tell(True, _schedule(c))
            _tell(True, _pending(c))
            for line in _agents(c):
                _tell(True, line)
    for name, path in (
        ("DefaultLogLocation", call.settings.job_logs),
        ("TempLocation", call.settings.run_directory),
    ):
        there = path.is_dir() or path.is_relative_to(call.settings.home) or "{" in str(path)
        failed |= not there
        _tell(there, f"{name} is {path}" + ("" if there else ", which this machine does not have"))
    return failed


def _tell(good: bool, text: str) -> None:
    print(f"{'   ' if good else '!! '}{text}.")


def _schedule(c: Connection) -> str:
    alive, set_by, now = schedule_triggers.clock(c).alive, rules(c), datetime.now(UTC)
    if alive is None:
        return "no scheduler has worked with this database yet"
    away = now - alive
    told = f"a scheduler has worked last at {alive:%Y-%m-%d %H:%M} UTC"
    if away > set_by.longest_down:
        return (
            f"{told}, longer ago than ScheduleMaxDowntime: at the next start {_EFFECTS[set_by.down_action]}"
        )
    return f"{told}: at the next start each job catches up as it says; RESET SCHEDULE drops what waits"


def _pending(c: Connection) -> str:
    query = select(tables.entry.c.state, func.count()).group_by(tables.entry.c.state)
    found = {state: number for state, number in c.execute(query) if state is not EntryState.COMPLETE}
    if not found:
        return "nothing was pending"
    return "pending: " + ", ".join(f"{number:,} {state.value}" for state, number in found.items())


def _agents(c: Connection) -> Iterator[str]:
    names = list(c.scalars(select(tables.agent.c.name).order_by(tables.agent.c.name)))
    yield f"agents: {', '.join(names)}; those of the other place are to be reached from here, or replaced"


VERB = Verb(
    about="tell what stands in the way of starting this server in the place of another one",
    run=run,
    more=("Nothing is changed. Lines that begin with !! have to be mended first.",),
)
