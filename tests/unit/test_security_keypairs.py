"""Pairs of keys: what is made and taken, and that it is what OpenSSH takes for it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa

from jams.objects.credentials import KeyType
from jams.objects.errors import InvalidArgument
from jams.security import keypairs

pytestmark = pytest.mark.unit

PASSPHRASE = "p\u00e4ss phrase"
needs_openssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")


def keygen(*arguments: str) -> str:
    done = subprocess.run(["ssh-keygen", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@needs_openssh
@pytest.mark.parametrize(
    ("key_type", "length", "bits"),
    [
        (KeyType.RSA, None, 3072),
        (KeyType.ECDSA, None, 256),
        (KeyType.ECDSA, 384, 384),
        (KeyType.ECDSA, 521, 521),
        (KeyType.ED25519, None, 256),
    ],
)
def test_keys_that_are_made_are_what_ssh_keygen_says_of_them(
    tmp_path: Path, key_type: KeyType, length: int | None, bits: int
) -> None:
    made = keypairs.generated(key_type, length)
    file = tmp_path / "key"
    file.touch(mode=0o600)
    file.write_text(made.private)
    assert keygen("-y", "-f", str(file)).split()[:2] == made.public.split()
    (tmp_path / "public").write_text(made.public + "\n")
    told = keygen("-l", "-E", "sha256", "-f", str(tmp_path / "public")).split()
    assert (told[0], told[1]) == (str(bits), made.fingerprint) and made.length == bits
    assert "PRIVATE" not in repr(made)


@needs_openssh
@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("ed25519", "RFC4716"),
        *((kind, form) for kind in ("ecdsa", "rsa") for form in ("RFC4716", "PEM", "PKCS8")),
    ],
)
@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_keys_of_openssh_are_taken_in_each_of_its_forms(
    tmp_path: Path, form: str, passphrase: str, kind: str
) -> None:
    file = tmp_path / "key"
    keygen("-q", "-t", kind, "-m", form, "-N", passphrase, "-f", str(file))
    found = keypairs.imported(file.read_text(), passphrase or None)
    assert found.public.split() == file.with_suffix(".pub").read_text().split()[:2]
    assert found.fingerprint == keygen("-l", "-E", "sha256", "-f", str(file)).split()[1]
    assert keypairs.imported(found.private).public == found.public


@needs_openssh
def test_a_passphrase_that_is_missing_wrong_or_too_much_is_told(tmp_path: Path) -> None:
    locked, plain = tmp_path / "locked", tmp_path / "plain"
    keygen("-q", "-t", "ed25519", "-N", PASSPHRASE, "-f", str(locked))
    keygen("-q", "-t", "ecdsa", "-m", "PEM", "-N", "", "-f", str(plain))
    with pytest.raises(InvalidArgument, match="give keyFilePassword"):
        keypairs.imported(locked.read_text())
    with pytest.raises(InvalidArgument, match="or its passphrase is another"):
        keypairs.imported(locked.read_text(), "wrong")
    with pytest.raises(InvalidArgument, match="has no passphrase"):
        keypairs.imported(plain.read_text(), PASSPHRASE)


def pem(key: rsa.RSAPrivateKey | dsa.DSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def test_keys_that_nobody_should_trust_are_refused() -> None:
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    with pytest.raises(InvalidArgument, match="1024 bits is too short"):
        keypairs.imported(pem(short))
    with pytest.raises(InvalidArgument, match="Only keys of RSA"):
        keypairs.imported(pem(dsa.generate_private_key(2048)))
    with pytest.raises(InvalidArgument, match="Only keys of RSA"):
        keypairs.imported(pem(ec.generate_private_key(ec.SECP256K1())))
    with pytest.raises(InvalidArgument, match="3072, 4096, 8192 bits"):
        keypairs.generated(KeyType.RSA, 2048)
    with pytest.raises(InvalidArgument, match="256 bits"):
        keypairs.generated(KeyType.ED25519, 512)


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "ssh-ed25519 AAAA"])
def test_what_is_no_private_key_is_refused(text: str) -> None:
    with pytest.raises(InvalidArgument, match="no private key"):
        keypairs.imported(text)


def test_a_public_key_is_not_taken_for_a_private_one() -> None:
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    told = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(InvalidArgument, match="no private key"):
        keypairs.imported(told.decode())
