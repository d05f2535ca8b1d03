"""What ``jams doctor`` finds at the places of a server: its database, its disks, its network."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jams.database import open_database
from jams.services import doctor_places
from jams.services.doctor import Finding, examine
from jams.services.settings import Settings

pytestmark = pytest.mark.unit


def found(home: Path, **settings: object) -> dict[str, Finding]:
    return {each.what: each for each in examine(Settings(home=home, **settings))}  # type: ignore[arg-type]


def test_a_database_is_looked_at_and_not_made(tmp_path: Path) -> None:
    assert "INSTALL" in found(tmp_path)["database"].told
    (tmp_path / "Common.config").write_text("<configuration/>")
    assert "nothing in" in found(tmp_path)["database"].told
    (tmp_path / "Common.config").unlink()
    assert list(tmp_path.iterdir()) == []
    open_database(tmp_path / "JAMS.db").close()
    database = found(tmp_path)["database"]
    assert database.good and "can be used (schema" in database.told
    (tmp_path / "JAMS.db").write_text("a letter")
    database = found(tmp_path)["database"]
    assert not database.good and "is not a database" in database.told


@pytest.mark.parametrize(
    ("text", "what", "says"),
    [
        ("Server=db;uid=u;pwd=${env:JAMS_NOT_SET}", "connection string", "JAMS_NOT_SET"),
        ("postgresql://jams:hunter2@127.0.0.1:1/jams", "database", "cannot be used"),
        (
            "Server=127.0.0.1,1;uid=u;pwd=hunter2;Connect Timeout=1;Driver=No Such",
            "database",
            "an ODBC driver",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_told_of(tmp_path: Path, text: str, what: str, says: str) -> None:
    finding = found(tmp_path, connection_string=text)[what]
    assert not finding.good and says in finding.told and finding.remedy and "hunter2" not in finding.told


def test_a_database_on_a_network_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\n")
    assert doctor_places.file_system_of(tmp_path / "JAMS.db", mounts) == "nfs4"
    assert doctor_places.file_system_of(Path("/elsewhere"), mounts) == "ext4"
    assert doctor_places.file_system_of(tmp_path, tmp_path / "nowhere") == ""
    open_database(tmp_path / "JAMS.db").close()
    monkeypatch.setattr(doctor_places, "file_system_of", lambda path: "nfs4")
    assert "on nfs4" in found(tmp_path)["disk of the database"].told


def test_a_disk_that_is_full_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(tmp_path)["room"].good is (shutil.disk_usage(tmp_path).free >= 500 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=7 << 20))
    room = found(tmp_path)["room"]
    assert not room.good and room.told.startswith("7 MiB are free")


def test_what_is_served_in_clear_is_told_of(tmp_path: Path) -> None:
    open_ = {"allow_insecure_http": True, "allow_plain_wire": True}
    assert not {"web services", "wire"} & found(tmp_path, **open_).keys()
    served = found(tmp_path, listen_address="0.0.0.0", **open_)
    assert "Auth:AllowInsecureHttp" in served["web services"].told and "AllowPlainWire" in served["wire"].told


def certificate(path: Path, days: int) -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "jams")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=400))
        .not_valid_after(now + datetime.timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return path.name


def test_certificates_are_told_of_before_they_end(tmp_path: Path) -> None:
    long, short = certificate(tmp_path / "long.pem", 100), certificate(tmp_path / "short.pem", 10)
    over = certificate(tmp_path / "over.pem", -1)
    examined = found(tmp_path, wire_certificate=long, wsman_certificate=short)
    assert examined["WireCertificate"].good and not examined["WSManCertificate"].good
    assert " held until " in found(tmp_path, wire_certificate=over)["WireCertificate"].told
    assert "cannot be read" in found(tmp_path, wire_certificate="none.pem")["WireCertificate"].told
