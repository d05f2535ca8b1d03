"""The three services in processes of their own: what stops when one does, and that nothing is lost."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from jams.client import Server, Severity, State
from jams.objects.capacity import BatchQueue
from jams.objects.definitions import Job
from jams.objects.parts import PropertyValue
from jams.services.configuration import load
from jams.services.roles import Role, found
from tests.support import databases
from tests.support.eventually import eventually
from tests.support.running import free_port
from tests.support.services import APART, EXECUTOR, SCHEDULER, SERVER, Apart, apart

_numbers = itertools.count(1)

pytestmark = [pytest.mark.integration, pytest.mark.timeout(170)]


@pytest.fixture(scope="module", params=databases.KINDS)
def standing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Apart]:
    folder = tmp_path_factory.mktemp("apart")
    with (
        databases.database(request.param, folder) as place,
        apart(
            folder / "home",
            SchedulerPort=str(free_port()),
            ExecutorPort=str(free_port()),
            **databases.connection_to(place),
        ) as made,
    ):
        yield made


@pytest.fixture
def services(standing: Apart) -> Apart:
    """All three, whatever the test before has left."""
    for role in APART:
        if role not in standing.processes or standing.processes[role].poll() is not None:
            standing.start(role)
    return standing


class Gates:
    """Jobs that tell that they have begun, and end with a code of 3 when they are let."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.mark = next(_numbers)

    def define(self, server: Server, name: str, **members: object) -> None:
        file = self._folder / name
        source = f"touch {file}.begun; until [ -e {file}.go ]; do sleep 0.05; done; exit 3"
        server.jobs.create(
            Job(job_name=self.path(name)[1:], parent_folder_name="\\", source=source, **members)
        )

    def path(self, name: str) -> str:
        return f"\\{name}{self.mark}"

    def has_begun(self, name: str) -> bool:
        return (self._folder / f"{name}.begun").exists()

    def let_go(self, name: str) -> None:
        (self._folder / f"{name}.go").touch()


@pytest.fixture
def gates(services: Apart, tmp_path: Path) -> Gates:
    """Two jobs of this test, of which one runs at a time."""
    made = Gates(tmp_path)
    with Server(home=services.home) as server:
        queue = f"One{made.mark}"
        of_queue = PropertyValue(property_name="BatchQueue", current_value=queue)
        server.queues.create(BatchQueue(queue_name=queue, job_limit=1))
        for name in ("First", "Second"):
            made.define(server, name, properties=[of_queue])
    return made


def submit(services: Apart, gates: Gates, name: str) -> int:
    with Server(home=services.home) as server:
        number: int = server.call("submit_job", name=gates.path(name)).jams_entry
    return number


def begun(services: Apart, gates: Gates, name: str) -> int:
    number = submit(services, gates, name)
    eventually(lambda: gates.has_begun(name))
    return number


def state_of(services: Apart, number: int) -> State:
    with Server(home=services.home) as server:
        return server.entries[number].get().current_state


def ended(services: Apart, number: int) -> tuple[Severity | None, int | None]:
    with Server(home=services.home) as server:
        entry = server.entries[number].wait()
        return entry.final_severity, entry.final_status_code


def command(services: Apart, *words: str, program: str = "main", code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", f"jams.commands.{program}", *words],
        capture_output=True,
        text=True,
        timeout=100,
        env={**os.environ, "JAMS_HOME": str(services.home)},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


FAILED = (Severity.ERROR, 3)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_without_the_scheduler_what_runs_goes_on_and_what_is_submitted_waits(
    services: Apart, gates: Gates, end: str
) -> None:
    running = begun(services, gates, "First")
    getattr(services, end)(SCHEDULER)
    with Server(home=services.home) as server:
        assert not server.status().scheduler_active
    waiting = submit(services, gates, "Second")
    gates.let_go("First")
    assert state_of(services, waiting).waiting and not gates.has_begun("Second")
    services.start(SCHEDULER)
    assert ended(services, running) == FAILED
    eventually(lambda: gates.has_begun("Second"))
    gates.let_go("Second")
    assert ended(services, waiting) == FAILED


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_without_the_server_what_runs_goes_on_and_what_waits_starts(
    services: Apart, gates: Gates, end: str
) -> None:
    running, waiting = begun(services, gates, "First"), submit(services, gates, "Second")
    getattr(services, end)(SERVER)
    gates.let_go("First")
    eventually(lambda: gates.has_begun("Second"))
    gates.let_go("Second")
    services.start(SERVER)
    assert ended(services, running) == ended(services, waiting) == FAILED


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_without_the_executor_what_runs_goes_on_and_is_found_again(
    services: Apart, gates: Gates, end: str
) -> None:
    with Server(home=services.home) as server:
        gates.define(server, "Alone")
    over, alive = begun(services, gates, "First"), begun(services, gates, "Alone")
    getattr(services, end)(EXECUTOR)
    gates.let_go("First")
    services.start(EXECUTOR)
    assert ended(services, over) == FAILED
    assert state_of(services, alive) is State.EXECUTING
    gates.let_go("Alone")
    assert ended(services, alive) == FAILED


def test_what_is_to_start_while_the_executor_is_away_starts_when_it_is_back(
    services: Apart, gates: Gates
) -> None:
    services.stop(EXECUTOR)
    number = submit(services, gates, "First")
    services.start(EXECUTOR)
    eventually(lambda: gates.has_begun("First"))
    gates.let_go("First")
    assert ended(services, number) == FAILED


def test_a_run_is_cancelled_that_a_new_executor_has_found(services: Apart, gates: Gates) -> None:
    number = begun(services, gates, "First")
    services.kill(EXECUTOR)
    with Server(home=services.home) as server:
        server.entries[number].cancel()
    services.start(EXECUTOR)
    with Server(home=services.home) as server:
        entry = server.entries[number].wait()
    assert entry.final_severity is not Severity.SUCCESS and "cancelled" in (entry.final_status or "").lower()


def test_each_service_is_restarted_in_its_process(services: Apart, gates: Gates) -> None:
    number = begun(services, gates, "First")
    for role in (SCHEDULER, EXECUTOR, SERVER):
        before = found(services.home, role)
        assert f"{role.service} in {services.home} was restarted" in command(services, "restart", role.value)
        after = found(services.home, role)
        assert before is not None and after is not None and after.ready
        assert after.process == before.process and after.start != before.start
    assert state_of(services, number) is State.EXECUTING
    gates.let_go("First")
    assert ended(services, number) == FAILED


def test_one_service_is_stopped_and_the_others_stay(services: Apart) -> None:
    assert "JAMSScheduler" in command(services, "stop", "scheduler")
    assert found(services.home, SCHEDULER) is None
    assert found(services.home, SERVER) is not None and found(services.home, EXECUTOR) is not None
    assert "No JAMSScheduler runs" in command(services, "stop", "scheduler", code=7)
    told = command(services, "stop")
    assert told.index("JAMSExecutor") < told.index("JAMSServer")
    assert not any(found(services.home, role) for role in Role)


def test_no_service_runs_twice(services: Apart) -> None:
    for role in (SERVER, SCHEDULER, EXECUTOR):
        assert "already" in command(services, "start", role.value, code=7)
    assert "in use" in command(services, "start", code=7)


@pytest.mark.parametrize("role", [SERVER, SCHEDULER])
def test_what_wants_the_database_for_itself_is_refused_while_either_service_uses_it(
    services: Apart, role: Role
) -> None:
    services.stop(SCHEDULER if role is SERVER else SERVER)
    refused = command(services, "RESET", "SCHEDULE", "/NOCONFIRM", program="jamsdba.main", code=7)
    assert "in use" in refused
    services.stop(role)
    command(services, "RESET", "SCHEDULE", "/NOCONFIRM", program="jamsdba.main")


def test_the_services_are_started_in_the_order_of_the_guide_and_in_another(
    services: Apart, gates: Gates
) -> None:
    for order in (APART, tuple(reversed(APART))):
        for role in APART:
            services.stop(role)
        for role in order:
            services.start(role)
        number = submit(services, gates, "First")
        gates.let_go("First")
        assert ended(services, number) == FAILED
    for role in APART:
        assert (services.home / "logs" / f"{role.service}.log").stat().st_size > 0


def test_both_ports_tell_what_a_service_does_and_nothing_of_its_jobs(
    services: Apart, gates: Gates, tmp_path: Path
) -> None:
    number = begun(services, gates, "First")
    settings = load(services.home).settings
    told = {}
    for port in (settings.scheduler_port, settings.executor_port):
        with urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            text = answer.read().decode()
        assert gates.path("First")[1:] not in text and str(services.home) not in text
        assert str(tmp_path) not in text
        told[json.loads(text)["service"]] = json.loads(text)
    assert told["JAMSExecutor"]["runsAlive"] == 1 and told["JAMSExecutor"]["schedulerConnected"]
    assert told["JAMSScheduler"]["active"] and told["JAMSScheduler"]["turns"] > 0
    gates.let_go("First")
    assert ended(services, number) == FAILED


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only /proc tells what a process has open")
def test_the_executor_has_nothing_of_the_database(services: Apart) -> None:
    standing = found(services.home, EXECUTOR)
    assert standing is not None
    folder = Path(f"/proc/{standing.process}")
    assert not any("JAMS.db" in os.readlink(each) for each in (folder / "fd").iterdir())
