"""The login of this machine: who is let in by the socket, what he gets, and who is not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jams.client import Server
from jams.client.home import LocalLogin, let_in, read_login, write_login
from jams.database import open_database
from jams.executor.survivors import of_a_run
from jams.objects.errors import ConfigurationInvalid, ServerUnavailable, Unauthenticated
from jams.security.accounts import Accounts
from jams.security.caller import Credentials
from jams.services.local_login import LocalTokens, LoginFile, LoginSocket
from tests.support.accounts import OTHER, switching
from tests.support.eventually import eventually
from tests.support.running import Running, local_token, running

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(sys.platform != "linux", reason="Linux alone tells who connects to a socket"),
]


@pytest.fixture(scope="module")
def jams(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("local") / "home") as made:
        yield made


def login_of(jams: Running) -> LocalLogin:
    found = read_login(jams.home)
    assert found is not None
    return found


def test_no_token_lies_in_the_file(jams: Running) -> None:
    login = login_of(jams)
    assert (login.token, login.expires) == ("", None) and login.socket == str(jams.home / "login.sock")
    assert os.stat(jams.home / "login.sock").st_mode & 0o777 == 0o600
    token = local_token(jams.home)
    for path in jams.home.rglob("*"):
        if path.is_file():
            assert token.encode() not in path.read_bytes(), path


def test_the_token_runs_out_soon_and_is_the_owners(jams: Running) -> None:
    answer = let_in(login_of(jams))
    assert answer.expires is not None
    left = answer.expires - datetime.now(UTC)
    assert timedelta(minutes=30) <= left <= timedelta(hours=1)
    with Server(home=jams.home) as server:
        assert server.who_am_i().username == login_of(jams).account
    assert answer.token not in repr(answer)


def test_the_command_line_is_let_in_without_a_login(jams: Running) -> None:
    command = [sys.executable, "-m", "webclient", "whoami", "-o", "json"]
    done = subprocess.run(command, env=jams.environment, capture_output=True, text=True, timeout=50)
    assert done.returncode == 0, done.stderr
    assert login_of(jams).account in done.stdout


def submit(jams: Running, source: str) -> str:
    """Run a job at the server; its log."""
    with Server(home=jams.home) as server:
        name = f"Try{abs(hash(source)) % 10**8}"
        server.jobs.create(job={"jobName": name, "source": source})
        entry = server.submit(f"\\{name}")
        entry.wait()
        log: str = entry.log().text
        return log


_PROGRAM = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); print(s.recv(9999))"
ASK = f"{sys.executable} -c '{_PROGRAM}'"


@pytest.mark.parametrize("how", ["", "env -u JAMS_RUN ", "setsid env -u JAMS_RUN "])
def test_a_job_of_the_servers_own_account_is_refused(jams: Running, how: str) -> None:
    log = submit(jams, f"{how}{ASK} {jams.home}/login.sock; :")
    assert "Jobs do not have the login" in log and "token" not in log.replace("error", "")


def test_what_is_gone_is_taken_for_a_job(tmp_path: Path) -> None:
    done = subprocess.Popen(["/bin/true"])
    done.wait()
    assert of_a_run(str(tmp_path), done.pid)
    assert not of_a_run(str(tmp_path), os.getpid())


@switching
def test_another_account_is_refused(tmp_path: Path) -> None:
    """Even where it may connect: the file's mode is the first bar, the peer the second."""
    folder = Path("/tmp") / f"jams-{os.getpid()}-login"
    folder.mkdir(0o755)
    with closing(open_database(f"sqlite:///{tmp_path}/jams.db")) as database:
        door = LoginSocket(folder / "login.sock", LocalTokens(database, "owner"), lambda pid: False)
        door.start()
        try:
            os.chmod(folder / "login.sock", 0o666)
            ask = "use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(shift) or die $!; print <$s>;"
            become = ["setpriv", f"--reuid={OTHER}", f"--regid={OTHER}", "--clear-groups", "--inh-caps=-all"]
            perl = shutil.which("perl")
            assert perl is not None
            command = [*become, "--", "/bin/sh", "-c", '"$0" "$@"', perl, "-e", ask, str(door.path)]
            said = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=50).stdout)
            assert list(said) == ["error"] and "account of the server, and root" in said["error"]
        finally:
            door.stop()
            shutil.rmtree(folder)


def test_one_token_is_given_until_half_of_its_life_is_over(tmp_path: Path) -> None:
    with closing(open_database(f"sqlite:///{tmp_path}/jams.db")) as database:
        tokens = LocalTokens(database, "owner", timedelta(hours=1))
        assert tokens.current() == tokens.current()
        short = LocalTokens(database, "owner", timedelta(seconds=0))
        first = short.current()
        assert short.current().token != first.token
        with pytest.raises(Unauthenticated):
            Accounts(database).authenticate(Credentials(token=first.token), "library")


def test_without_a_socket_the_file_holds_a_token_that_is_renewed(tmp_path: Path) -> None:
    with closing(open_database(f"sqlite:///{tmp_path}/jams.db")) as database:
        tokens = LocalTokens(database, "owner", timedelta(seconds=4))
        file = LoginFile(tmp_path, LocalLogin(url="http://localhost:1/JAMS", account="owner"), tokens)
        file.start()
        first = read_login(tmp_path)
        assert first is not None and first.token and first.expires is not None
        assert let_in(first).token == first.token
        eventually(lambda: (read_login(tmp_path) or first).token != first.token)
        file.stop()


def test_a_server_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = LocalLogin(url="http://localhost:1/JAMS", account="me", socket=str(tmp_path / "none.sock"))
    with pytest.raises(ServerUnavailable):
        let_in(gone)


def test_the_library_takes_a_new_token_in_time(jams: Running) -> None:
    with Server(home=jams.home) as server:
        assert server._owner is not None and server.who_am_i().username == login_of(jams).account
        server._owner._credentials = Credentials(token="x" * 43)
        with pytest.raises(Unauthenticated):
            server.who_am_i()
        server._owner._renew_at = 0.0
        assert server.who_am_i().username == login_of(jams).account


@switching
def test_root_is_let_in_at_the_server_of_another_account(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(0o700)
    write_login(home, LocalLogin(url="http://localhost:1/JAMS", account="me", token="t"))
    for path in (home / "client.json", home):
        os.chown(path, 1, 1)
    found = read_login(home)
    assert found is not None and found.token == "t"
    os.chmod(home / "client.json", 0o640)
    with pytest.raises(ConfigurationInvalid, match="chmod 600"):
        read_login(home)
    os.chmod(home / "client.json", 0o600)
    os.chown(home, 0, 0)
    with pytest.raises(ConfigurationInvalid, match="somebody else"):
        read_login(home)
