"""The samples do what their descriptions say."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from msgspec.structs import replace

from jams.client import Server, Severity
from jams.objects.enums import EntryState, ReleaseType
from jams.objects.schedule import Entry
from jams.registry.execution_methods import BACKUP, METHODS, PURGE
from jams.services import samples
from jams.services.configuration import load
from jams.services.samples.installing import ALL
from jams.services.server import Process
from tests.support import databases
from tests.support.eventually import eventually
from tests.support.file_servers import ftp_server
from tests.support.mailbox import Mailbox, mail_server
from tests.support.powershell_module import PWSH


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A server."""
    home: Path = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        if PWSH is not None:
            patch.setenv("PATH", str(Path(PWSH).parent), prepend=os.pathsep)
        process = Process(load(home, {"WebPort": "0", "ServerPort": "0"}).settings)
        process.start()
        try:
            yield process
        finally:
            process.stop()


@pytest.fixture(scope="module")
def mail() -> Iterator[tuple[Mailbox, int]]:
    """The mail server of this server, and its port."""
    with mail_server() as (found, port):
        yield found, port


@pytest.fixture(scope="module")
def server(process: Process, mail: tuple[Mailbox, int]) -> Iterator[Server]:
    """The server with the samples."""
    with Server(home=process.settings.home) as library:
        samples.install(library)
        library.settings["SMTPServer"].change(value=f"127.0.0.1:{mail[1]}")
        yield library


@pytest.fixture
def box(mail: tuple[Mailbox, int]) -> Mailbox:
    """What its mail server has taken."""
    return mail[0]


@pytest.fixture
def url(process: Process) -> str:
    """Where its web services are."""
    assert process.local_url is not None
    return process.local_url


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


def test_a_file_that_comes_is_taken_and_what_follows_runs(server: Server):
    with tempfile.NamedTemporaryFile("w", prefix="jams-arrived-", suffix=".txt", delete=False) as file:
        file.write("Good day.\n")
    path = Path(file.name)
    try:
        eventually(lambda: _history(server, "Afterwards") == ["Success"])
    finally:
        path.unlink(missing_ok=True)
    assert _history(server, "Arrived") == ["Success"]


def test_a_variable_submits_a_job(server: Server):
    server.variables[r"\Samples\Triggers\Door"].set_value("open")
    eventually(lambda: _history(server, "Opened") == ["Success"])


def _history(server: Server, job: str) -> list[str]:
    found = server.call("find_job_history", name=f"\\Samples\\Triggers\\{job}")
    return [row.final_severity.value for row in found]


def mailed(box: Mailbox) -> list[str]:
    return [" ".join(str(mail["Subject"]).split()) for _, mail in box.mails]


def test_the_nightly_setup_runs_end_to_end(server: Server, box: Mailbox):
    (number,) = submitted(server, r"Nightly\Nightly")
    assert ended(server, number).final_severity is Severity.SUCCESS
    members = server.entries[number].members()
    assert [(each.display_name, each.step) for each in members] == [
        ("Extract orders", 10),
        ("Extract customers", 10),
        ("Extract prices", 10),
        ("Load", 20),
        ("Report", 30),
        ("Mail", 40),
    ]
    assert mailed(box)[-1].startswith("Nightly of ")
    assert "Extracted customers" in server.entries[members[1].jams_entry].log().text


def test_its_failing_twin_is_halted_told_by_mail_and_resumed(server: Server, box: Mailbox):
    (number,) = submitted(server, r"Nightly\NightlyFails")
    for _ in range(100):
        if server.entries[number].get().halted:
            break
        server.entries[number].wait(timeout=0.1)
    told = " ".join(wait.message for wait in server.entries[number].waits())
    assert "LoadOnce (entry" in told and "ended Error" in told
    failed = next(each for each in server.entries[number].members() if each.step == 20)
    eventually(lambda: f"Error: \\Samples\\Nightly\\LoadOnce (entry {failed.jams_entry})" in mailed(box))
    server.entries[failed.jams_entry].release(release_types=[ReleaseType.RUN_AGAIN])
    assert ended(server, number).final_severity is Severity.SUCCESS
    members = server.entries[number].members()
    assert [each.restart_count for each in members] == [0, 0, 0, 1, 0, 0]
    assert mailed(box)[-1].startswith("NightlyFails of ")


GREETED = "1: Good day, Ann!\n2: Good day, Ann!\n"


@pytest.mark.parametrize(
    ("method", "given", "told"),
    [
        ("Command", {"Who": "Ann"}, "Good day, Ann!"),
        ("Parsed", {"Who": "Ann"}, "Good day, Ann: it is "),
        ("PowerShell", {"Who": "Ann", "Times": "2"}, GREETED),
        ("PowerShellParsed", {}, "of PowerShellParsed."),
        ("Python", {"Who": "Ann"}, "Good day, Ann!"),
        ("Routine", {"Who": "Ann", "Times": "2"}, f"begins.\n{GREETED}It is over.\n"),
        ("SQLCommand", {"Day": "2027-03-01"}, "2027-03-01      7"),
        ("OdbcCommand", {"Day": "2027-03-01"}, "2027-03-01      7"),
        ("Mail", {"MailTo": "ann@example.org"}, "ann@example.org: taken"),
    ],
)
def test_the_sample_of_each_method_runs(
    server: Server, method: str, given: dict[str, str], told: str, box: Mailbox
):
    needs(server, method)
    number = int(server.submit(f"\\Samples\\Methods\\{method}", **given).key)
    entry = ended(server, number)
    log = server.entries[number].log().text
    assert entry.final_severity is Severity.SUCCESS and told in log, log


def needs(server: Server, method: str) -> None:
    """Skip where the machine lacks what the method needs."""
    if method.startswith("PowerShell") and PWSH is None:
        pytest.skip("needs PowerShell")
    if method == "OdbcCommand":
        pyodbc = pytest.importorskip("pyodbc", exc_type=ImportError)
        if "SQLite3" not in pyodbc.drivers():
            pytest.skip("needs the ODBC driver SQLite3")
    assert server.jobs[f"\\Samples\\Methods\\{method}"].get().method_name == method


def test_the_sample_of_a_file_transfer_fetches_files(server: Server, tmp_path: Path):
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    (there / "a b.txt").write_text("good day")
    with ftp_server(there, anonymous=True) as found:
        given = {"FileServer": f"127.0.0.1:{found.port}", "Folder": str(here)}
        number = int(server.submit(r"\Samples\Methods\FileTransfer", **given).key)
        entry = ended(server, number)
    log = server.entries[number].log().text
    assert entry.final_severity is Severity.SUCCESS and "1 received, 8 bytes." in log, log
    assert (here / "a b.txt").read_text() == "good day"


def test_the_sample_of_http_asks_this_server(server: Server, url: str):
    number = int(server.submit(r"\Samples\Methods\HTTP", Url=f"{url}/swagger").key)
    assert ended(server, number).final_severity is Severity.SUCCESS
    assert "200 OK" in server.entries[number].log().text


def test_the_sample_of_a_procedure_calls_it(server: Server):
    with databases.unmade() as address:
        with psycopg.connect(address, autocommit=True) as made:
            (told,) = re.findall(
                r"create procedure.*\$\$", server.jobs[r"\Samples\Methods\SQLStoredProc"].get().description
            )
            made.execute(told)
        job = server.jobs[r"\Samples\Methods\SQLStoredProc"].get()
        parameters = [
            replace(each, default_value=address) if each.param_name == "ConnectionString" else each
            for each in job.parameters
        ]
        server.jobs[r"\Samples\Methods\SQLStoredProc"].change(parameters=parameters)
        (number,) = submitted(server, r"Methods\SQLStoredProc")
        entry = ended(server, number)
        log = server.entries[number].log().text
        assert entry.final_severity is Severity.SUCCESS and "42" in log, log


@pytest.mark.parametrize(
    ("container", "members"),
    [("Setup", ["Command", "Parsed", "Python"]), ("Sequence", ["Command", "Parsed", "Python"])],
)
def test_the_samples_of_setup_and_sequence_run_their_members(
    server: Server, container: str, members: list[str]
):
    (number,) = submitted(server, f"Methods\\{container}")
    assert ended(server, number).final_severity is Severity.SUCCESS
    found = server.entries[number].members()
    assert sorted(each.job_name for each in found) == members
    last = next(each for each in found if each.job_name == "Parsed")
    others = [each for each in found if each is not last]
    assert max(each.completion_time_utc for each in others) <= last.start_time_utc


def test_there_is_a_sample_of_each_method_that_runs_here():
    (methods,) = (each for each in ALL if each.name == "Methods")
    named = {job.method_name for job in methods.jobs} | {setup.setup_name for setup in methods.setups}
    assert named == {each.name for each in METHODS.values() if not each.unavailable} - {
        PURGE,
        BACKUP,
    }
