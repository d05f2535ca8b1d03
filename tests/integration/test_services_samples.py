"""The samples do what their descriptions say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.client import Server, Severity
from jams.objects.enums import EntryState, ReleaseType
from jams.objects.schedule import Entry
from jams.services import samples
from jams.services.configuration import load
from jams.services.samples.installing import ALL
from jams.services.server import Process


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the samples."""
    home: Path = tmp_path_factory.mktemp("home")
    process = Process(load(home, {"WebPort": "0", "ServerPort": "0"}).settings)
    process.start()
    try:
        with Server(home=home) as library:
            samples.install(library)
            yield library
    finally:
        process.stop()


def submitted(server: Server, *names: str) -> list[int]:
    return [int(server.submit(f"\\Samples\\{name}").key) for name in names]


def standing(server: Server, number: int, state: EntryState) -> str:
    """What an entry waits for once it stands there."""
    for _ in range(100):
        if server.entries[number].get().current_state is state:
            return " ".join(wait.message for wait in server.entries[number].waits())
        server.entries[number].wait(timeout=0.1)
    raise AssertionError(f"Entry {number} is {server.entries[number].get().current_state}.")


def ended(server: Server, number: int) -> Entry:
    entry: Entry = server.entries[number].wait(timeout=50)
    assert entry.current_state is EntryState.COMPLETE
    return entry


def test_every_sample_says_what_there_is_to_see():
    jobs = [job for folder in ALL for job in folder.jobs]
    assert all(folder.description for folder in ALL)
    assert all(len(job.description) > 10 and job.description.endswith((".", " True")) for job in jobs)


def test_what_is_there_stays_as_somebody_has_changed_it(server: Server):
    server.jobs[r"\Samples\HelloPython"].change(source="print('mine')")
    assert samples.install(server) == []
    assert server.jobs[r"\Samples\HelloPython"].get().source == "print('mine')"


@pytest.mark.parametrize(
    ("job", "severity", "told"),
    [
        ("ThreeIsGood", Severity.SUCCESS, "Exit code 3"),
        ("BadWord", Severity.ERROR, "matches the bad pattern"),
        ("RunsAway", Severity.ERROR, "as it ran away"),
        ("TooShort", Severity.WARNING, "short: "),
    ],
)
def test_outcomes(server: Server, job: str, severity: Severity, told: str):
    entry = ended(server, *submitted(server, f"Outcome\\{job}"))
    assert entry.final_severity is severity and told in (entry.final_status or "")


def test_one_of_a_queue_waits_for_the_other(server: Server):
    first, second = submitted(server, r"Queue\First", r"Queue\Second")
    assert "Queue SampleQueue has no free slot" in standing(server, second, EntryState.RESOURCE_WAIT)
    assert ended(server, first).final_severity is ended(server, second).final_severity is Severity.SUCCESS


def test_a_resource_is_used_up(server: Server):
    *small, last = submitted(server, *[r"Resource\Small"] * 4)
    told = "It needs 1 of resource SampleLicence: 3 of 3 are in use."
    assert told in standing(server, last, EntryState.RESOURCE_WAIT)
    assert ended(server, last).start_time_utc >= min(ended(server, one).completion_time_utc for one in small)


def test_a_second_instance_waits_or_is_cancelled(server: Server):
    one, two = submitted(server, *[r"SingleInstance\Waits"] * 2)
    assert "Another entry of its job is running." in standing(server, two, EntryState.RESOURCE_WAIT)
    first = submitted(server, r"SingleInstance\IsCancelled")[0]
    standing(server, first, EntryState.EXECUTING)
    second = submitted(server, r"SingleInstance\IsCancelled")[0]
    assert ended(server, second).final_severity is Severity.ERROR
    assert all(ended(server, number).final_severity is Severity.SUCCESS for number in (one, two, first))


def test_a_variable_lets_a_job_go_on(server: Server):
    (number,) = submitted(server, r"Variable\WhenOpen")
    assert "IsOpen is 'False'" in standing(server, number, EntryState.DEPENDENCY_WAIT)
    server.variables[r"\Samples\Variable\IsOpen"].set_value("True")
    assert ended(server, number).final_severity is Severity.SUCCESS


def test_a_report_runs_where_the_extract_was_recent_enough(server: Server):
    (number,) = submitted(server, r"Dependencies\Report")
    assert "or within the last 60 min" in standing(server, number, EntryState.DEPENDENCY_WAIT)
    (extract,) = submitted(server, r"Dependencies\Extract")
    ended(server, extract)
    assert ended(server, number).final_severity is Severity.SUCCESS
    assert ended(server, *submitted(server, r"Dependencies\Report")).final_severity is Severity.SUCCESS


def test_a_precheck_holds_an_entry_back(server: Server):
    (number,) = submitted(server, r"Precheck\Guarded")
    assert r"\Samples\Precheck\IsReady" in standing(server, number, EntryState.PRECHECK_WAIT)
    server.entries[number].release(release_types=[ReleaseType.IGNORE_PRECHECK])
    assert ended(server, number).final_severity is Severity.SUCCESS


def test_the_schedule_has_what_runs_by_itself(server: Server):
    end = datetime.now(UTC) + timedelta(days=40)
    planned = {row.job_name for row in server.call("get_schedule", folder=r"\Samples", end=end)}
    assert planned == {"WorkdayMorning", "MonthEnd", "EveryQuarter", "EveryHour"}


def test_the_nightly_setup_runs_end_to_end(server: Server):
    (number,) = submitted(server, r"Nightly\Nightly")
    assert ended(server, number).final_severity is Severity.SUCCESS
    members = server.entries[number].members()
    assert [(each.display_name, each.step) for each in members] == [
        ("Extract orders", 10),
        ("Extract customers", 10),
        ("Extract prices", 10),
        ("Load", 20),
        ("Report", 30),
    ]
    assert "Extracted customers" in server.entries[members[1].jams_entry].log().text


def test_its_failing_twin_is_halted_and_resumed(server: Server):
    (number,) = submitted(server, r"Nightly\NightlyFails")
    for _ in range(100):
        if server.entries[number].get().halted:
            break
        server.entries[number].wait(timeout=0.1)
    told = " ".join(wait.message for wait in server.entries[number].waits())
    assert "LoadOnce (entry" in told and "ended Error" in told
    server.entries[number].release(release_types=[ReleaseType.RUN_AGAIN])
    assert ended(server, number).final_severity is Severity.SUCCESS
    members = server.entries[number].members()
    assert [each.restart_count for each in members] == [0, 0, 0, 1, 0]
