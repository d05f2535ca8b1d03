"""``kill -9`` of a server between the ends of members and what follows, and a setup that is resumed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from jams.client.server import Server
from jams.objects.definitions import Job
from jams.objects.enums import EntryState, ReleaseType, Severity
from jams.objects.setups import Setup, SetupJob
from tests.support.databases import connection_to
from tests.support.eventually import eventually
from tests.support.running import configure, start

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


def test_a_setup_goes_on_after_a_kill_and_is_resumed_without_its_good_members(
    tmp_path: Path, place: Path | str
) -> None:
    """The last members of a step end while no server lives: who comes back lets the next step go, once."""
    home, ledger, gate, mended = (tmp_path / name for name in ("home", "ledger", "gate", "mended"))

    def ran() -> Counter[str]:
        return Counter(ledger.read_text().split()) if ledger.exists() else Counter()

    configure(home, **connection_to(place))
    waits = f'while [ ! -e "{gate}" ]; do sleep 0.02; done; '
    fails = f'[ -e "{mended}" ] || exit 3'
    sources = {"A": waits, "B": waits, "C": fails, "D": ""}
    jams = start(home)
    try:
        with Server(home=home) as server:
            for name, source in sources.items():
                text = (
                    f'{source}\necho {name} >> "{ledger}"\n'
                    if name != "C"
                    else f'echo C >> "{ledger}"\n{source}\n'
                )
                server.jobs.create(
                    Job(job_name=name, parent_folder_name="\\", method_name="Command", source=text)
                )
            members = [
                SetupJob(job_name=f"\\{n}", step=s) for n, s in (("A", 1), ("B", 1), ("C", 2), ("D", 3))
            ]
            server.setups.create(Setup(setup_name="All", parent_folder_name="\\", jobs=members))
            number = server.submit("\\All").key

            def running() -> int:
                found = server.call("find_entries", state=[EntryState.EXECUTING])
                return sum(entry.job_name in ("A", "B") for entry in found)

            eventually(lambda: running() == 2)
        jams.processes[0].kill()
        jams.processes[0].wait(20)
        gate.touch()
        eventually(lambda: ran() == Counter("AB"))
        jams = start(home)
        with Server(home=home) as server:
            eventually(lambda: server.entries[number].get().halted)
            assert ran() == Counter("ABC")
            mended.touch()
            server.entries[number].release(release_types=[ReleaseType.RUN_AGAIN])
            eventually(lambda: server.entries[number].get().current_state is EntryState.COMPLETE)
            assert server.entries[number].get().final_severity is Severity.SUCCESS
            assert ran() == Counter("ABCCD")
    finally:
        jams.kill_tree()
