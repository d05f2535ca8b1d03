"""A real slapd of its own: folder, ports, certificate and people of a test."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import dedent

import ldap3
import pytest

from jams.security.certificates import make_certificate
from tests.support.eventually import eventually
from tests.support.running import free_port

PROGRAM = shutil.which("slapd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/libexec")
needs_slapd = pytest.mark.skipif(PROGRAM is None, reason="needs slapd (Debian: slapd)")

BASE = "dc=example,dc=com"
READER = (f"cn=jams,{BASE}", "reads the tree")
_MANAGER = (f"cn=manager,{BASE}", "changes the tree")
PASSWORDS = {"anna": "anna's own words", "bert": "bert's own words", "o(a)k*": "stars and brackets"}

_CONF = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/nis.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
argsfile {folder}/arguments
TLSCertificateFile {certificate}
TLSCertificateKeyFile {key}
TLSVerifyClient never
allow bind_anon_dn bind_anon_cred
database mdb
maxsize 33554432
suffix "{base}"
rootdn "{manager}"
rootpw "{manager_password}"
directory {folder}/data
access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{reader}" read by dn.exact="{manager}" write by users none by anonymous auth
"""

_TREE = """
dn: {base}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: {reader}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: jams
userPassword: {reader_password}

dn: ou=people,{base}
objectClass: organizationalUnit
ou: people

dn: ou=groups,{base}
objectClass: organizationalUnit
ou: groups

dn: ou=elsewhere,{base}
objectClass: referral
objectClass: extensibleObject
ou: elsewhere
ref: ldap://127.0.0.1:{trap}/ou=elsewhere,{base}
"""


class Slapd:
    """A slapd that runs.

    Attributes:
        plain: its port where TLS begins by StartTLS; ``secure`` where it begins at once.
        authority: the file of the certificate that vouches for it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plain, self.secure, self.trap = free_port(), free_port(), free_port()
        self.authority = str(folder / "tls" / "wire.crt")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        assert PROGRAM is not None and self._process is None
        listens = (
            f"ldap://127.0.0.1:{self.plain} ldaps://127.0.0.1:{self.secure} ldaps://127.0.0.2:{self.secure}"
        )
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [PROGRAM, "-d", "stats", "-f", str(self.folder / "slapd.conf"), "-h", listens],
                stdout=log,
                stderr=log,
            )
        eventually(self._answers)

    def stop(self) -> None:
        """End it, as if its machine had gone away."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)
            self._process = None

    def binds(self) -> list[str]:
        """Whom anybody has tried to bind as by a password, in order."""
        text = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        lines = [line for line in text.splitlines() if " BIND dn=" in line and " method=128" in line]
        return [line.partition(' BIND dn="')[2].partition('"')[0] for line in lines]

    def change(self, dn: str, **attributes: list[str]) -> None:
        """Give an entry other values of some attributes."""
        with self._managing() as connection:
            changes = {name: [(ldap3.MODIFY_REPLACE, values)] for name, values in attributes.items()}
            assert connection.modify(dn, changes), connection.result

    def rename(self, dn: str, name: str) -> None:
        """Give an entry another name of its own."""
        with self._managing() as connection:
            assert connection.modify_dn(dn, name), connection.result

    def add(self, dn: str, *classes: str, **attributes: str | list[str]) -> None:
        """Add an entry."""
        with self._managing() as connection:
            assert connection.add(dn, list(classes), attributes), connection.result

    def remove(self, dn: str) -> None:
        """Remove an entry."""
        with self._managing() as connection:
            assert connection.delete(dn), connection.result

    def group(self, name: str, *members: str) -> str:
        """Add a group of these entries; where it is."""
        dn = f"cn={name},ou=groups,{BASE}"
        self.add(dn, "groupOfNames", member=list(members))
        return dn

    def person(self, name: str, password: str) -> str:
        """Add somebody; where he is."""
        dn = person(name)
        self.add(dn, "inetOrgPerson", sn=name, cn=name, uid=name, userPassword=password)
        return dn

    @contextmanager
    def _managing(self) -> Iterator[ldap3.Connection]:
        server = ldap3.Server("127.0.0.1", port=self.plain, get_info=ldap3.NONE)
        connection = ldap3.Connection(server, *_MANAGER, auto_bind=ldap3.AUTO_BIND_NO_TLS)
        try:
            yield connection
        finally:
            connection.unbind()

    def _answers(self) -> bool:
        assert self._process is not None and self._process.poll() is None, (self.folder / "log").read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.plain)) == 0


def person(name: str) -> str:
    """Where somebody is."""
    return f"uid={name},ou=people,{BASE}"


@contextmanager
def slapd(folder: Path) -> Iterator[Slapd]:
    """A slapd with the people of :data:`PASSWORDS`, for the time of a ``with`` block."""
    assert PROGRAM is not None
    made = Slapd(folder)
    (folder / "data").mkdir(parents=True)
    certificate = make_certificate(folder / "tls", [], days=2)
    names = {"folder": folder, "base": BASE, "reader": READER[0], "manager": _MANAGER[0]}
    conf = _CONF.format(
        **names, certificate=certificate.certificate, key=certificate.key, manager_password=_MANAGER[1]
    )
    (folder / "slapd.conf").write_text(dedent(conf), encoding="utf-8")
    tree = _TREE.format(**names, reader_password=READER[1], trap=made.trap).lstrip()
    subprocess.run(
        [PROGRAM, "-T", "add", "-f", str(folder / "slapd.conf")],
        input=tree,
        text=True,
        check=True,
        capture_output=True,
    )
    try:
        made.start()
        for name, password in PASSWORDS.items():
            made.person(name, password)
        yield made
    finally:
        with suppress(ProcessLookupError):
            made.stop()
