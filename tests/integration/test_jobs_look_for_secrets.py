"""A job of an installed server that looks for what is the server's: in files, processes, sockets, memory."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from jams.client import Server
from jams.executor.switching import Scripts
from tests.support.accounts import OTHER, SECOND, switching
from tests.support.running import Running, local_token, running

pytestmark = [
    pytest.mark.integration,
    switching,
    pytest.mark.skipif(shutil.which("perl") is None, reason="the job that looks is a script of Perl"),
]

MARK = "mark-of-a-secret-that-no-job-may-see"
OPEN = "what everybody may read is found"

READ_ALL = r"""
find "{home}" /run /var/tmp /dev/shm /tmp -xdev -type f -readable -newer "{home}/Common.config" -size -4096k \
    -not -path "*pytest*" 2>/dev/null | head -n 3000 | while read -r file; do cat "$file" 2>/dev/null; done \
    | tr -d '\0'
"""

LOOK_AROUND = r"""
use IO::Socket::UNIX; use IO::Socket::INET;
sub tried { my ($what, $got) = @_; print "$what: ", (defined $got && $got ? "GOT" : "denied"), "\n"; }
for my $pid ({server}, getppid()) {
    for my $file (qw(environ maps mem auxv stack syscall)) {
        my $data = "";
        if (open(my $f, "<", "/proc/$pid/$file")) { sysread($f, $data, 4096); }
        tried("$file of $pid", $data);
        print $data;
    }
    opendir(my $d, "/proc/$pid/fd"); my @fd = grep { !/^\./ } readdir($d // *STDIN); tried("fd of $pid", @fd);
    tried("cwd of $pid", readlink("/proc/$pid/cwd")); tried("root of $pid", -e "/proc/$pid/root/etc");
    tried("ptrace of $pid", syscall(101, 16, $pid, 0, 0) == 0);
    tried("kill of $pid", kill(0, $pid));
    my $handle = syscall(434, $pid, 0);
    tried("descriptor of $pid", $handle >= 0 && syscall(438, $handle, 3, 0) >= 0);
}
for my $path ("{home}/login.sock", "{home}/powershell.sock") {
    tried("socket $path", IO::Socket::UNIX->new(Peer => $path));
}
my $web = IO::Socket::INET->new("127.0.0.1:{port}");
print $web "GET /JAMS/api/job HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
print "web says ", scalar(<$web>);
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home in a directory that everybody may enter, and itself as careless administrators leave it."""
    folder = Path("/tmp") / f"jams-secrets-{os.getpid()}"
    folder.mkdir(0o755)
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def jams(home: Path) -> Iterator[Running]:
    os.environ["SOME_SECRET_OF_THE_SERVER"] = MARK
    try:
        with running(home, DefaultJobAccount=OTHER) as made:
            del os.environ["SOME_SECRET_OF_THE_SERVER"]
            home.chmod(0o755)
            command = [sys.executable, "-m", "jams.commands.main", "credential", "--home", str(home), "set"]
            for name, user in (("svc", "someone"), ("second", SECOND), ("own", "root")):
                subprocess.run([*command, name, "--user", user], input=f"{MARK}\n", text=True, check=True)
            yield made
    finally:
        os.environ.pop("SOME_SECRET_OF_THE_SERVER", None)


def secrets_of(jams: Running) -> dict[str, bytes]:
    """What no job may see, by what it is."""
    keys = (jams.home / "secret.key").read_bytes().split()
    return {
        "a marked secret": MARK.encode(),
        "a token": local_token(jams.home).encode(),
        "the administrator's password": (jams.home / "administrator.password").read_bytes().strip(),
        **{f"part {number} of the key file": part for number, part in enumerate(keys) if len(part) > 20},
        **{f"key {n}": base64.b64decode(p) for n, p in enumerate(keys) if p.endswith(b"=") and len(p) == 44},
    }


def ran(server: Server, name: str, source: str, **properties: str) -> tuple[str, bytes]:
    """The status of a run and its log."""
    given = [{"propertyName": key, "currentValue": value} for key, value in properties.items()]
    server.jobs.create(job={"jobName": name, "source": source, "properties": given})
    entry = server.submit(f"\\{name}")
    ended = entry.wait()
    try:
        log = entry.log().text.encode()
    except Exception as error:
        log = str(error).encode()
    return ended.final_severity.value, log


def test_files_that_can_be_read_hold_no_secret(jams: Running) -> None:
    control = jams.home.parent / "open.txt"
    control.write_text(OPEN)
    shared = Path("/var/tmp") / f"jams-open-{os.getpid()}"
    shared.write_text(OPEN)
    try:
        with Server(home=jams.home) as server:
            _, log = ran(server, "Noisy", f"echo {MARK}", ExecuteAs="second")
            assert MARK.encode() in log
            _, found = ran(server, "Reader", "id -un" + READ_ALL.replace("{home}", str(jams.home)))
    finally:
        shared.unlink()
    assert found.startswith(OTHER.encode()) and OPEN.encode() in found
    for what, secret in secrets_of(jams).items():
        assert secret not in found, what


def test_processes_and_sockets_of_the_server_are_out_of_reach(jams: Running) -> None:
    port = jams.url.rpartition(":")[2].partition("/")[0]
    source = "#!/usr/bin/env perl\n" + LOOK_AROUND.replace("{home}", str(jams.home)).replace(
        "{server}", str(jams.processes[0].pid)
    ).replace("{port}", port)
    with Server(home=jams.home) as server:
        severity, log = ran(server, "Looker", source)
    lines = log.decode("utf-8", "replace").splitlines()
    assert severity == "Success", log
    tried = [line for line in lines if ": " in line and not line.startswith("web")]
    assert len(tried) == 2 * 12 + 2 and not [line for line in tried if not line.endswith(": denied")], log
    assert next(line for line in lines if line.startswith("web says")).split()[3] == "401", log
    for what, secret in secrets_of(jams).items():
        assert secret not in log, what


def test_the_server_listens_on_no_abstract_socket(jams: Running) -> None:
    """Of those the system asks nobody for rights: whoever knows the name is in."""
    held = psutil.Process(jams.processes[0].pid).net_connections(kind="unix")
    assert held and not [each.laddr for each in held if str(each.laddr).startswith(("@", "\0"))]


def test_a_job_inherits_nothing_but_its_log(jams: Running) -> None:
    with Server(home=jams.home) as server:
        _, log = ran(server, "Inherits", "env; ls -l /proc/self/fd | grep -o '[0-9]* -> .*'")
    text = log.decode()
    assert "SOME_SECRET_OF_THE_SERVER" not in text
    held = dict(line.split(" -> ") for line in text.splitlines() if " -> " in line)
    logs = {target for number, target in held.items() if number in "12"}
    assert all(str(jams.home) not in target for number, target in held.items() if number not in "12"), held
    assert not [target for target in held.values() if "JAMS.db" in target or "socket" in target], held
    assert len(logs) <= 2


def test_the_account_of_the_server_is_given_to_no_job(jams: Running) -> None:
    with Server(home=jams.home) as server:
        with pytest.raises(Exception, match="Jobs do not run as root"):
            ran(server, "Root", "id", ExecuteAs="own")
        assert not [each for each in server.jobs.find() if each.job_name == "Root"]
        info = server.info()
        assert (info.jobs_run_as, info.jobs_apart) == (OTHER, True)


def test_scripts_of_other_accounts_are_not_read(jams: Running) -> None:
    folder = Scripts(os.path.realpath(jams.home / "temp"))._path
    assert os.stat(folder).st_mode & 0o777 == 0o711
    with Server(home=jams.home) as server:
        server.jobs.create(
            job={
                "jobName": "Waits",
                "source": f"# {MARK}\nsleep 60",
                "properties": [{"propertyName": "ExecuteAs", "currentValue": "second"}],
            }
        )
        entry = server.submit("\\Waits")
        _, log = ran(server, "Spies", f"ls {folder}; cat {folder}/*; cat $(dirname $0)/*.sh; true")
        assert b"Permission denied" in log and MARK.encode() not in log
        entry.cancel()
