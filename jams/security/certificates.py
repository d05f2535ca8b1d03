"""Self-signed certificates for development, made with the library cryptography."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct

from jams.objects.errors import AlreadyExists, ConfigurationInvalid, InvalidArgument

from .files import write_private

_LONGEST_DAYS = 825


class MadeCertificate(Struct, frozen=True):
    """A certificate that was made: its files, the names it is good for, and until when."""

    certificate: Path
    key: Path
    names: list[str]
    until: datetime


def make_certificate(
    directory: Path, names: Iterable[str], *, days: int = 365, replace: bool = False
) -> MadeCertificate:
    """Write ``wire.crt`` and ``wire.key`` into a directory; the key can be read by its owner alone.

    Args:
        directory: where to write; made if it does not exist.
        names: host names and addresses, beside this machine's own.
        days: how long it holds.
        replace: whether files that are there may be replaced.

    Raises:
        AlreadyExists: there are such files already.
        InvalidArgument: a name that no certificate can bear, or a number of days out of bounds.
        ConfigurationInvalid: the files cannot be written.
    """
    if not 1 <= days <= _LONGEST_DAYS:
        raise InvalidArgument(f"A certificate holds from 1 to {_LONGEST_DAYS} days.", member="days")
    certificate, key = directory / "wire.crt", directory / "wire.key"
    if not replace and (certificate.exists() or key.exists()):
        raise AlreadyExists(f"There is a certificate in {directory} already; --force replaces it.")
    every = list(dict.fromkeys(["localhost", "127.0.0.1", "::1", *_own_names(), *names]))
    private = ec.generate_private_key(ec.SECP256R1())
    signed = _sign(private, every, days)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationInvalid(f"{directory} cannot be made: {error.strerror}.") from error
    write_private(
        key,
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
    )
    write_private(certificate, signed.public_bytes(serialization.Encoding.PEM))
    return MadeCertificate(certificate, key, every, signed.not_valid_after_utc)


def _sign(private: ec.EllipticCurvePrivateKey, names: list[str], days: int) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "JAMS development")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        pass
    try:
        return x509.DNSName(name.encode("idna").decode("ascii"))
    except (UnicodeError, ValueError):
        raise InvalidArgument(f"{name!r} is no host name.", member="name") from None


def _own_names() -> list[str]:
    return [name for name in dict.fromkeys([socket.gethostname(), socket.getfqdn()]) if name]
