"""Files from and to real servers of FTP, FTPS and SFTP, as jobs of FileTransfer bring them over."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from jams.objects.credentials import KeyType
from jams.objects.tasks import Task
from jams.security import keypairs
from jams.transfers import host_keys
from jams.work import transfer
from jams.work.running import Failure, Given
from tests.support.file_servers import (
    NAMES,
    PASSWORD,
    USER,
    FileServer,
    certificate,
    filled,
    ftp_server,
    holding,
    sftp_server,
)
from tests.support.psrp_sshd import SSHD, sshd

pytestmark = pytest.mark.integration


class Site:
    """A server, folders on both sides, and runs between them."""

    def __init__(self, place: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.there, self.here = place / "there", place / "here"
        self.there.mkdir()
        self.here.mkdir()
        self.place = place
        self.parameters: dict[str, str] = {}
        self._capture = capture

    def speaks(self, server: FileServer, protocol: str, **more: str) -> None:
        self.parameters = {"Server": f"127.0.0.1:{server.port}", "Protocol": protocol, **more}

    def run(
        self,
        *,
        user: str | None = USER,
        password: str | None = PASSWORD,
        private_key: str | None = None,
        **parameters: str,
    ) -> tuple[int, str]:
        """The exit code of a run and what it has said."""
        task = Task(
            method="FileTransfer", source="", jams_entry=17, ron=2, job_name="j", folder_name="\\",
            parameters={**self.parameters, **parameters}, user_name=user,
        )  # fmt: skip
        try:
            code, last = transfer.run(Given(task, password, private_key)), ""
        except Failure as failure:
            code, last = 1, str(failure)
        said = self._capture.readouterr().out + last
        assert PASSWORD not in said and (not password or password not in said)
        return code, said

    def receive(self, source: str, to: str = "", **parameters: str) -> tuple[int, str]:
        return self.run(Direction="Receive", From=source, To=to or str(self.here), **parameters)

    def send(self, source: str, to: str = "/", **parameters: Any) -> tuple[int, str]:
        return self.run(Direction="Send", From=str(self.here / source), To=to, **parameters)

    def parts(self) -> list[str]:
        """What was left beside files."""
        return [path.name for side in (self.here, self.there) for path in side.rglob("*.part")]


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Site:
    return Site(tmp_path, capsys)


def _ftp(site: Site, stack: ExitStack, **how: Any) -> None:
    site.speaks(stack.enter_context(ftp_server(site.there, **how)), "FTP")


def _old_ftp(site: Site, stack: ExitStack, **how: Any) -> None:
    _ftp(site, stack, without=("MLSD", "MLST"), **how)


def _ftps(site: Site, stack: ExitStack, **how: Any) -> None:
    cert = certificate(site.place)
    server = stack.enter_context(ftp_server(site.there, tls="explicit", cert=cert, **how))
    site.speaks(server, "FTPS", CertificateAuthority=str(cert))


def _implicit(site: Site, stack: ExitStack, **how: Any) -> None:
    cert = certificate(site.place)
    server = stack.enter_context(ftp_server(site.there, tls="implicit", cert=cert, **how))
    site.speaks(server, "FTPSImplicit", CertificateAuthority=str(cert))


def _sftp(site: Site, stack: ExitStack, **how: Any) -> None:
    server = stack.enter_context(sftp_server(site.there, site.place, **how))
    site.speaks(server, "SFTP", KnownHosts=str(server.known_hosts))


WAYS = {"ftp": _ftp, "old ftp": _old_ftp, "ftps": _ftps, "implicit": _implicit, "sftp": _sftp}
BOTH = {"ftp": _ftp, "sftp": _sftp}
Way = Callable[..., None]


@pytest.fixture(params=WAYS)
def every(request: pytest.FixtureRequest, site: Site) -> Iterator[Site]:
    """A site by each protocol."""
    with ExitStack() as stack:
        WAYS[request.param](site, stack)
        yield site


@pytest.fixture(params=BOTH)
def both(request: pytest.FixtureRequest, site: Site) -> Iterator[Site]:
    """A site by FTP and by SFTP."""
    with ExitStack() as stack:
        BOTH[request.param](site, stack)
        yield site


@pytest.fixture(params=BOTH)
def rude(request: pytest.FixtureRequest, site: Site) -> Iterator[Callable[..., Site]]:
    """A site by FTP and by SFTP whose server behaves as it is told."""
    with ExitStack() as stack:

        def made(**how: Any) -> Site:
            BOTH[request.param](site, stack, **how)
            return site

        yield made


def test_files_of_a_pattern_are_received_each_told_of(every: Site) -> None:
    held = filled(every.there)
    code, said = every.receive("/*.txt")
    assert code == 0, said
    assert holding(every.here) == held
    assert f"/a b.txt: received as {every.here}/a b.txt, 24 bytes" in said
    assert f"6 received, {sum(map(len, held.values()))} bytes." in said and not every.parts()


def test_files_of_a_pattern_are_sent_and_removed_here(every: Site) -> None:
    held = filled(every.here)
    code, said = every.send("*.txt", RemoveAfter="True")
    assert code == 0, said
    assert holding(every.there) == held
    assert set(holding(every.here)) == {"other.csv", ".hidden.txt"} and not every.parts()


def test_a_single_file_gets_the_name_that_is_said(every: Site) -> None:
    filled(every.there)
    assert every.receive("plain.txt", str(every.here / "as é.txt"), RemoveAfter="True")[0] == 0
    assert (every.here / "as é.txt").read_bytes() == b"plain.txt\n" * 3
    assert not (every.there / "plain.txt").exists()
    assert every.send("as é.txt", "/back again.txt")[0] == 0
    assert (every.there / "back again.txt").read_bytes() == b"plain.txt\n" * 3
    code, said = every.receive("/a b.txt", str(every.here / "nowhere") + "/")
    assert code == 1 and "There is no folder" in said


def test_a_file_of_50_megabytes_goes_and_comes_whole(every: Site) -> None:
    big = every.here / "big.bin"
    piece = os.urandom(1 << 20)
    big.write_bytes(b"".join(bytes([number]) + piece for number in range(50)))
    assert every.send("big.bin") == (0, f"{big}: sent as /big.bin, {50 * len(piece) + 50} bytes\n"
                                        f"1 sent, {50 * len(piece) + 50} bytes.\n")  # fmt: skip
    assert (every.there / "big.bin").read_bytes() == big.read_bytes()
    assert every.receive("/big.bin", str(every.here / "again.bin"))[0] == 0
    assert (every.here / "again.bin").read_bytes() == big.read_bytes()


def test_folders_are_gone_into_where_that_is_wanted(every: Site) -> None:
    deep = every.there / "out" / "a b" / "ü"
    deep.mkdir(parents=True)
    (every.there / "out" / "one.txt").write_text("1")
    (deep / "two.txt").write_text("2")
    (deep / "no.csv").write_text("x")
    code, said = every.receive("/out")
    assert code == 1 and "/out is a folder" in said
    assert every.receive("/out/*.txt")[0] == 0 and [p.name for p in every.here.iterdir()] == ["one.txt"]
    assert every.receive("/out/*.txt", Recurse="True")[0] == 0
    assert (every.here / "a b" / "ü" / "two.txt").read_text() == "2"
    assert not (every.here / "a b" / "ü" / "no.csv").exists()
    (every.there / "back").mkdir()
    code, said = every.run(Direction="Send", From=str(every.here), To="/back", Recurse="True")
    assert code == 0, said
    assert (every.there / "back" / "a b" / "ü" / "two.txt").read_text() == "2"


def test_what_is_not_there_is_said(every: Site) -> None:
    code, said = every.receive("/nothing.txt")
    assert code == 1 and "There is no file /nothing.txt at the server." in said
    code, said = every.receive("/nofolder/*.txt")
    assert code == 1 and "/nofolder" in said
    code, said = every.receive("/*.txt")
    assert code == 1 and "There are no files /*.txt." in said
    assert every.receive("/*.txt", IfNone="Succeed")[0] == 0
    assert every.send("nothing.txt")[0] == 1
    (every.here / "a.txt").write_text("a")
    code, said = every.send("a.txt", "/nofolder/")
    assert code == 1 and "There is no folder /nofolder/ at the server." in said
    assert not list(every.there.iterdir())


def test_a_file_that_is_there_is_replaced_left_or_a_failure(every: Site) -> None:
    for folder, text in ((every.there, "new"), (every.here, "old")):
        (folder / "a.txt").write_text(text)
    code, said = every.receive("/a.txt", IfExists="Fail")
    assert code == 1 and "is there already" in said and (every.here / "a.txt").read_text() == "old"
    code, said = every.receive("/*.txt", IfExists="Skip", RemoveAfter="True")
    assert code == 0 and "1 left" in said and (every.there / "a.txt").exists()
    assert every.send("a.txt", IfExists="Fail")[0] == 1 and (every.there / "a.txt").read_text() == "new"
    assert every.send("a.txt", IfExists="Skip")[0] == 0 and (every.there / "a.txt").read_text() == "new"
    assert every.receive("/a.txt")[0] == 0 and (every.here / "a.txt").read_text() == "new"
    (every.here / "a.txt").write_text("newer")
    assert every.send("a.txt")[0] == 0 and (every.there / "a.txt").read_text() == "newer"
    assert every.send("a.txt", WriteBeside="False")[0] == 0 and not every.parts()


def test_a_folder_where_a_file_should_be_is_a_failure_that_takes_nothing_else_with_it(both: Site) -> None:
    filled(both.there)
    (both.here / "a b.txt").mkdir()
    code, said = both.receive("/*.txt")
    assert code == 2 and "a b.txt: failed, " in said and "is a folder" in said
    assert "1 failed: /a b.txt" in said and len(holding(both.here)) == len(NAMES) - 1 and not both.parts()


def test_a_wrong_password_and_a_wrong_user_are_not_let_in(every: Site) -> None:
    for user, password in ((USER, "wrong;password"), ("eve", PASSWORD), (None, None)):
        code, said = every.run(user=user, password=password, From="/a", To="/b")
        assert code == 1 and ("does not let" in said or "needs an account" in said), said


def test_a_server_that_is_not_there_is_said(both: Site) -> None:
    code, said = both.receive("/a", Server="127.0.0.1:1")
    assert code == 1 and "cannot be reached" in said


@pytest.mark.parametrize("all_of_it", [True, False])
@pytest.mark.parametrize("direction", ["receive", "send"])
def test_a_transfer_that_breaks_off_leaves_no_half_of_a_file(
    rude: Callable[..., Site], direction: str, all_of_it: bool, request: pytest.FixtureRequest
) -> None:
    by_ftp = "sftp" not in request.node.callspec.params["rude"]
    if not by_ftp and not all_of_it:
        all_of_it = True
    site = rude(breaks_after=1 << 20, **({"breaks_all": all_of_it} if by_ftp else {}))
    data = os.urandom(8 << 20)
    source = site.there if direction == "receive" else site.here
    other = site.here if direction == "receive" else site.there
    (source / "big1.bin").write_bytes(data)
    (source / "big2.bin").write_bytes(b"x")
    (other / "big1.bin").write_bytes(b"what was there")
    code, said = site.receive("/*.bin") if direction == "receive" else site.send("*.bin")
    assert code in (1, 2) and "big1.bin: failed, " in said, said
    assert (other / "big1.bin").read_bytes() == b"what was there"
    assert not [name for name in site.parts() if direction == "receive"], "a half is left here"
    if all_of_it:
        assert "big2.bin: not tried, the connection is lost" in said and "2 failed: " in said
    else:
        assert (other / "big2.bin").read_bytes() == b"x" and code == 2 and not site.parts()


@pytest.mark.parametrize("name", ["../escaped.txt", "/tmp/escaped.txt", "a/../../escaped.txt"])
def test_a_name_of_a_hostile_server_leads_nowhere(rude: Callable[..., Site], name: str) -> None:
    site = rude(listed=(name, "good.txt", "..", "."))
    (site.there / "good.txt").write_text("good")
    (site.place / "escaped.txt").write_text("mine")
    assert site.receive("/.*")[0] == 1, "what fits is a name that leads out, or nothing"
    code, said = site.receive("/*.txt", Recurse="True")
    if not name.startswith("."):
        assert code == 2 and "a name that no file here can have" in said
    assert (site.place / "escaped.txt").read_text() == "mine" and not Path("/tmp/escaped.txt").exists()
    assert [path.name for path in site.here.iterdir()] == ["good.txt"]


def test_a_name_that_would_write_into_the_log_does_not(rude: Callable[..., Site]) -> None:
    site = rude(listed=("evil\x1b[2Jname.txt",))
    assert "\x1b" not in site.receive("/*.txt")[1]


def test_a_link_here_is_replaced_and_not_written_through(both: Site) -> None:
    (both.there / "a.txt").write_text("new")
    (both.place / "mine").write_text("mine")
    (both.here / "a.txt").symlink_to(both.place / "mine")
    assert both.receive("/a.txt")[0] == 0
    assert (both.place / "mine").read_text() == "mine" and (both.here / "a.txt").read_text() == "new"


def test_a_pipe_is_no_file_that_can_be_sent(both: Site) -> None:
    os.mkfifo(both.here / "pipe")
    code, said = both.send("pipe")
    assert code == 1 and "no file that can be sent" in said and not list(both.there.iterdir())


def test_texts_change_their_line_ends_by_ftp(site: Site) -> None:
    with ExitStack() as stack:
        _ftp(site, stack)
        (site.here / "a.txt").write_bytes("ä\nb\n".encode("latin-1"))
        assert site.send("a.txt", Mode="Ascii")[0] == 0
        assert site.receive("/a.txt", str(site.here / "b.txt"), Mode="Ascii")[0] == 0
        assert (site.here / "b.txt").read_bytes() == (site.here / "a.txt").read_bytes()
        (site.there / "dos.txt").write_bytes(b"a\r\n")
        assert site.receive("/dos.txt", str(site.here / "same.txt"))[0] == 0
        assert (site.here / "same.txt").read_bytes() == b"a\r\n"


def test_a_name_that_is_no_utf8_is_kept(site: Site) -> None:
    raw = os.fsdecode(b"caf\xe9.txt")
    with ExitStack() as stack:
        _sftp(site, stack)
        (site.there / raw).write_text("x")
        (site.there / "z.txt").write_text("z")
        code, said = site.receive("/*.txt")
        assert code == 0 and set(os.listdir(site.here)) == {raw, "z.txt"} and "caf\\udce9.txt" in said


@pytest.mark.parametrize("days", [-1, 30])
@pytest.mark.parametrize("tls", ["explicit", "implicit"])
def test_a_certificate_that_is_over_or_signs_itself_is_not_trusted(site: Site, tls: str, days: int) -> None:
    cert = certificate(site.place, days=days)
    with ftp_server(site.there, tls=tls, cert=cert) as server:
        trusted = {"CertificateAuthority": str(cert)} if days < 0 else {}
        site.speaks(server, "FTPS" if tls == "explicit" else "FTPSImplicit", **trusted)
        code, said = site.receive("/a")
        assert code == 1 and "The certificate of 127.0.0.1 is not trusted: " in said
        assert ("expired" if days < 0 else "self") in said
        code, said = site.receive("/a", CertificateAuthority=str(site.here / "none"))
        assert code == 1 and "cannot be read" in said


def test_a_certificate_of_another_host_is_not_trusted(site: Site) -> None:
    cert = certificate(site.place, host="127.0.0.2")
    with ftp_server(site.there, tls="explicit", cert=cert) as server:
        site.speaks(server, "FTPS", CertificateAuthority=str(cert))
        assert "is not trusted: IP address mismatch" in site.receive("/a")[1]


def test_a_server_without_tls_is_told_no_password(site: Site) -> None:
    with ftp_server(site.there) as server:
        site.speaks(server, "FTPS")
        code, said = site.receive("/a")
        assert code == 1 and "cannot be used" in said


def test_a_host_key_that_nobody_knows_is_refused_and_shown(site: Site) -> None:
    with sftp_server(site.there, site.place) as server, sftp_server(site.there, site.place) as other:
        (site.there / "a.txt").write_text("a")
        site.speaks(server, "SFTP", KnownHosts=str(other.known_hosts))
        code, said = site.receive("/a.txt")
        assert code == 1 and f"The host key of 127.0.0.1 is not known: {server.host_key}." in said
        changed = Path(str(other.known_hosts))
        changed.write_text(changed.read_text().replace(f"]:{other.port}", f"]:{server.port}"))
        assert site.receive("/a.txt")[0] == 1, "the key of the host has changed"
        assert site.receive("/a.txt", HostKey=server.host_key)[0] == 0
        code, said = site.receive("/a.txt", HostKey=other.host_key)
        assert code == 1 and "not the one that was named" in said
        assert "no file of known hosts" in site.receive("/a.txt", KnownHosts="/nowhere")[1]


def _at_home(site: Site, monkeypatch: pytest.MonkeyPatch, server: FileServer) -> Path:
    """The file of known hosts of an account that has none yet; the server is spoken to by SFTP."""
    monkeypatch.setenv("HOME", str(site.place / "account"))
    monkeypatch.setattr(host_keys, "_OF_THE_MACHINE", "/nowhere")
    (site.there / "a.txt").write_text("a")
    site.speaks(server, "SFTP")
    return site.place / "account" / ".ssh" / "known_hosts"


def test_the_first_job_at_a_host_fails_and_the_key_is_remembered(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sftp_server(site.there, site.place) as server, sftp_server(site.there, site.place) as other:
        known = _at_home(site, monkeypatch, server)
        known.parent.mkdir(parents=True)
        known.write_bytes(b"# mine")
        rule = {"HostKeyChecking": "FailFirstJob"}
        code, said = site.receive("/a.txt", **rule)
        assert (code, list(site.here.iterdir())) == (1, [])
        assert f"not known: {server.host_key}. It is remembered in {known} now" in said
        assert known.read_text().startswith(f"# mine\n[127.0.0.1]:{server.port} ssh-")
        assert site.receive("/a.txt", **rule)[0] == 0
        before = known.read_text().replace(f"]:{server.port} ", f"]:{other.port} ")
        known.write_text(before)
        site.speaks(other, "SFTP")
        for each in ("FailFirstJob", "AcceptHostKey", "CheckParameter"):
            code, said = site.receive("/a.txt", HostKeyChecking=each, AcceptHostKey="true")
            assert code == 1 and f"The host key of 127.0.0.1 is not known: {other.host_key}.\n" in f"{said}\n"
        assert known.read_text() == before, "a key that has changed is never taken"


@pytest.mark.parametrize(
    ("rule", "accepts", "taken"),
    [
        ("AcceptHostKey", "", True),
        ("CheckParameter", "true", True),
        ("CheckParameter", "false", False),
        ("CheckParameter", "", False),
        ("", "true", False),
    ],
)
def test_a_host_key_that_nobody_knows_is_taken_where_somebody_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch, rule: str, accepts: str, taken: bool
) -> None:
    with sftp_server(site.there, site.place) as server:
        known = _at_home(site, monkeypatch, server)
        said = {"HostKeyChecking": rule, "AcceptHostKey": accepts}
        nothing = site.place / "nothing"
        nothing.touch()
        assert site.receive("/a.txt", KnownHosts=str(nothing), **said)[0] == 1
        assert not known.exists(), "who names a file has said what is right"
        assert (site.receive("/a.txt", **said)[0] == 0) is taken is known.exists()
        assert not taken or known.parent.stat().st_mode & 0o777 == 0o700


def test_a_host_key_that_cannot_be_remembered_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with sftp_server(site.there, site.place) as server:
        known = _at_home(site, monkeypatch, server)
        known.mkdir(parents=True)
        for rule in ("FailFirstJob", "AcceptHostKey"):
            code, said = site.receive("/a.txt", HostKeyChecking=rule)
            assert code == 1 and "It cannot be remembered: Is a directory." in said


@pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)")
def test_openssh_lets_a_private_key_in(site: Site) -> None:
    held = filled(site.here)
    with sshd(sftp="internal-sftp") as server:
        site.parameters = {
            "Server": f"localhost:{server.port}",
            "Protocol": "SFTP",
            "KnownHosts": str(server.known_hosts),
            "PrivateKey": str(server.key),
        }
        key = {"user": server.user, "password": "none-that-the-key-needs"}
        code, said = site.send("*.txt", str(site.there), **key)
        assert code == 0 and holding(site.there) == held, said
        assert site.send("*.txt", str(site.there), **key)[0] == 0, "they are replaced"
        assert site.send("plain.txt", str(site.there), IfExists="Fail", **key)[0] == 1
        shutil.rmtree(site.here)
        site.here.mkdir()
        assert site.receive(f"{site.there}/*.txt", **key)[0] == 0 and holding(site.here) == held
        code, said = site.receive(f"{site.there}/*.txt", PrivateKey=str(site.here / "none"), **key)
        assert code == 1 and "cannot be read" in said
        (site.here / "no key").write_text("nonsense")
        code, said = site.receive("/x", PrivateKey=str(site.here / "no key"), **key)
        assert code == 1 and "cannot be read" in said


@pytest.mark.skipif(SSHD is None, reason="no sshd (openssh-server)")
def test_openssh_lets_the_key_of_a_credential_in(site: Site) -> None:
    held = filled(site.here)
    with sshd(sftp="internal-sftp") as server:
        site.parameters = {
            "Server": f"localhost:{server.port}",
            "Protocol": "SFTP",
            "KnownHosts": str(server.known_hosts),
        }
        key = keypairs.imported(server.key.read_text()).private
        code, said = site.send("*.txt", str(site.there), user=server.user, password=None, private_key=key)
        assert code == 0 and holding(site.there) == held, said
        other = keypairs.generated(KeyType.ED25519).private
        code, said = site.send("*.txt", str(site.there), user=server.user, password=None, private_key=other)
        assert code == 1 and "does not let" in said and "PRIVATE" not in said


def test_two_runs_beside_each_other_do_not_meet(both: Site) -> None:
    filled(both.here)
    codes: list[int] = []

    def once(ron: int) -> None:
        task = Task(
            method="FileTransfer", source="", jams_entry=17, ron=ron, job_name="j", folder_name="\\",
            parameters={**both.parameters, "Direction": "Send", "From": f"{both.here}/*.txt", "To": "/"},
            user_name=USER,
        )  # fmt: skip
        codes.append(transfer.run(Given(task, PASSWORD)))

    threads = [threading.Thread(target=once, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert codes == [0, 0, 0] and len(holding(both.there)) == len(NAMES) and not both.parts()
