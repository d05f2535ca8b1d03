"""A real IMAP server (Dovecot), with a configuration, mails and a certificate of its own in a folder."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from imapclient import IMAPClient

DOVECOT = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
USER, PASSWORD = "ann", "hunter2-of-the-mailbox"

_CONFIGURATION = """
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{place}/wire.crt
ssl_key = <{place}/wire.key
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
mail_location = maildir:{place}/mail/%u
mail_max_userip_connections = 50
first_valid_uid = 1
imap_capability = {capability}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
}}
service stats {{
  {chroot}
}}
passdb {{
  driver = static
  args = user={user} password={password}
}}
userdb {{
  driver = static
  args = uid={mail_user} gid={mail_group} home={place}/mail/%u
}}
"""
_CERTIFICATE = """
import pathlib, sys
from jams.security.certificates import make_certificate
make_certificate(pathlib.Path(sys.argv[1]), ["127.0.0.1"])
"""


class Imap:
    """The server.

    Attributes:
        port: where one begins without TLS.
        tls_port: where TLS begins at once.
        certificate: the file that a client has to trust.
    """

    def __init__(self, place: Path, port: int, tls_port: int) -> None:
        self._place = place
        self.port = port
        self.tls_port = tls_port
        self.certificate = place / "wire.crt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin to answer, at the same ports as before."""
        assert DOVECOT is not None
        self.process = subprocess.Popen([DOVECOT, "-F", "-c", str(self._place / "dovecot.conf")])
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.tls_port), timeout=5).close()
                return
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise AssertionError(self.log()) from None
                time.sleep(0.05)

    def stop(self) -> None:
        """Answer no more, and end all connections."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def log(self) -> str:
        """What it has to say."""
        path = self._place / "log"
        return path.read_text() if path.exists() else "it has said nothing"

    @contextmanager
    def client(self, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """The mailbox, opened by somebody else."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        with IMAPClient("127.0.0.1", self.tls_port, ssl_context=context) as client:
            client.login(USER, PASSWORD)
            client.select_folder(folder)
            yield client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        """Let mails come, in this order."""
        with self.client() as client:
            if not client.folder_exists(folder):
                client.create_folder(folder)
            for each in mails:
                client.append(folder, each)

    def fill(self, count: int) -> None:
        """Let the mailbox hold so many mails before anybody looks into it."""
        box = self._place / "mail" / USER
        owner = (self._place / "mail").stat()
        for each in (box, *(box / name for name in ("cur", "new", "tmp"))):
            each.mkdir(mode=0o700)
            os.chown(each, owner.st_uid, owner.st_gid)
        for number in range(count):
            path = box / "new" / f"1700000000.M{number:06}P1.jams"
            path.write_bytes(mail(f"order {number}"))
            os.chown(path, owner.st_uid, owner.st_gid)

    def subjects(self, folder: str = "INBOX") -> list[tuple[str, bool]]:
        """The subjects of the mails in a folder, and whether each is marked as read."""
        with self.client(folder) as client:
            found = client.fetch(client.search(), ["ENVELOPE", "FLAGS"])
            return [
                (data[b"ENVELOPE"].subject.decode(), b"\\Seen" in data[b"FLAGS"])
                for _, data in sorted(found.items())
            ]

    def begin_anew(self) -> None:
        """Give all mails of the mailbox other UIDs, under another UIDVALIDITY."""
        self.stop()
        for name in ("dovecot-uidlist", "dovecot-uidvalidity"):
            for path in (self._place / "mail" / USER).glob(f"{name}*"):
                path.unlink()
        for path in (self._place / "mail" / USER).glob("dovecot.*"):
            path.unlink()
        self.start()


def mail(subject: str, text: str = "Hello.", sender: str = "Bob <bob@x.org>", **more: str) -> bytes:
    """A mail."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, "ann@x.org", subject
    made["Message-ID"] = f"<{abs(hash(subject))}@x.org>"
    for name, value in more.items():
        made[name] = value
    made.set_content(text)
    return made.as_bytes()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def imap_server(*, without: str = "") -> Iterator[Imap]:
    """A mailbox on this machine that is empty; ``without`` names a capability that it does not offer."""
    if DOVECOT is None:
        pytest.skip("no dovecot on this machine (package dovecot-imapd)")
    place = Path(tempfile.mkdtemp(prefix="jams-imap-"))
    try:
        server = _prepared(place, without)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _prepared(place: Path, without: str) -> Imap:
    as_root = os.geteuid() == 0
    own = pwd.getpwuid(os.geteuid()).pw_name
    owner = pwd.getpwnam("nobody") if as_root else pwd.getpwuid(os.geteuid())
    for name in ("run", "state", "mail"):
        (place / name).mkdir(mode=0o755)
    place.chmod(0o755)
    if as_root:
        os.chown(place / "mail", owner.pw_uid, owner.pw_gid)
    # In a process of its own: here it may be another day.
    subprocess.run([sys.executable, "-c", _CERTIFICATE, str(place)], check=True)
    server = Imap(place, _free_port(), _free_port())
    offered = ["IMAP4rev1", "LITERAL+", "ID", "ENABLE", "IDLE", "UIDPLUS", "MOVE", "NAMESPACE"]
    capability = " ".join(each for each in offered if each not in without.split())
    text = _CONFIGURATION.format(
        place=place,
        port=server.port,
        tls_port=server.tls_port,
        internal="dovecot" if as_root else own,
        internal_group=grp.getgrgid(pwd.getpwnam("dovecot").pw_gid if as_root else os.getegid()).gr_name,
        login="dovenull" if as_root else own,
        chroot="" if as_root else "chroot =",
        user=USER,
        password=PASSWORD,
        mail_user=owner.pw_uid,
        mail_group=owner.pw_gid,
        capability=capability,
    )
    (place / "dovecot.conf").write_text(text)
    return server
