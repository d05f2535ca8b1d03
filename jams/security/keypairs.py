"""Pairs of keys by which one logs on: made, read from files of others, and told by their fingerprints."""

from __future__ import annotations

import base64
import hashlib

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from msgspec import Struct

from jams.objects.credentials import KeyType
from jams.objects.errors import InvalidArgument

LENGTHS: dict[KeyType, tuple[int, ...]] = {
    KeyType.RSA: (3072, 4096, 8192),
    KeyType.ECDSA: (256, 384, 521),
    KeyType.ED25519: (256,),
}
"""Bits that keys which are made here may have; the first is the usual number."""

SHORTEST_RSA = 2048
"""Bits of a key of RSA that comes from elsewhere, at least: the other side decides what it trusts, and many
hold keys of 2048 bits; shorter ones are broken."""

_CURVES: dict[int, ec.EllipticCurve] = {256: ec.SECP256R1(), 384: ec.SECP384R1(), 521: ec.SECP521R1()}
_Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey
_MEMBER = "keyFileContent"


class KeyPair(Struct, frozen=True, kw_only=True):
    """A pair of keys.

    Attributes:
        key_type: by what it is made.
        length: its bits.
        private: the private key as an unencrypted file of OpenSSH holds it: a secret.
        public: the public key as a line of ``authorized_keys``, without a remark.
        fingerprint: of the public key, as ssh-keygen shows it.
    """

    key_type: KeyType
    length: int
    private: str
    public: str
    fingerprint: str

    def __repr__(self) -> str:
        return f"KeyPair({self.fingerprint})"


def length_of(key_type: KeyType, length: int | None = None) -> int:
    """The bits of keys to be made; the usual ones, if no length is given.

    Raises:
        InvalidArgument: no keys of that length are made.
    """
    known = LENGTHS[key_type]
    bits = length or known[0]
    if bits not in known:
        lengths = ", ".join(map(str, known))
        raise InvalidArgument(f"Keys of {key_type.value} have {lengths} bits here.", member="keyLength")
    return bits


def generated(key_type: KeyType, length: int | None = None) -> KeyPair:
    """A new pair of keys; without a length, of the usual one. The longest take many seconds.

    Raises:
        InvalidArgument: no keys of that length are made.
    """
    bits = length_of(key_type, length)
    if key_type is KeyType.RSA:
        return _pair(rsa.generate_private_key(public_exponent=65537, key_size=bits))
    if key_type is KeyType.ECDSA:
        return _pair(ec.generate_private_key(_CURVES[bits]))
    return _pair(ed25519.Ed25519PrivateKey.generate())


def imported(content: str, passphrase: str | None = None) -> KeyPair:
    """The pair of keys in a file of OpenSSH or PEM (PKCS#1, PKCS#8, SEC 1).

    Raises:
        InvalidArgument: it holds no private key, the passphrase is missing or wrong, or nobody should trust
            such a key.
    """
    secret = passphrase.encode() if passphrase else None
    raw = content.strip().encode() + b"\n"
    load = (
        serialization.load_ssh_private_key
        if b"BEGIN OPENSSH PRIVATE KEY" in raw
        else serialization.load_pem_private_key
    )
    try:
        key = load(raw, secret)
    except TypeError:
        wanted = "is encrypted: give keyFilePassword" if secret is None else "has no passphrase"
        raise InvalidArgument(f"The file of the key {wanted}.", member="keyFilePassword") from None
    except (ValueError, UnsupportedAlgorithm):
        told = ", or its passphrase is another" if secret is not None else ""
        raise InvalidArgument(
            f"This is no private key that can be read, as files of OpenSSH and PEM hold one{told}.",
            member=_MEMBER,
        ) from None
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < SHORTEST_RSA:
            raise InvalidArgument(
                f"A key of RSA with {key.key_size} bits is too short: {SHORTEST_RSA} are wanted.",
                member=_MEMBER,
            )
        return _pair(key)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return _pair(key)
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in {c.name for c in _CURVES.values()}:
        return _pair(key)
    raise InvalidArgument(
        "Only keys of RSA, ECDSA (NIST P-256, 384, 521) and Ed25519 are taken.", member=_MEMBER
    )


def _pair(key: _Private) -> KeyPair:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    digest = hashlib.sha256(base64.b64decode(public.split()[1])).digest()
    if isinstance(key, rsa.RSAPrivateKey):
        key_type, length = KeyType.RSA, key.key_size
    elif isinstance(key, ec.EllipticCurvePrivateKey):
        key_type, length = KeyType.ECDSA, key.curve.key_size
    else:
        key_type, length = KeyType.ED25519, 256
    return KeyPair(
        key_type=key_type,
        length=length,
        private=private.decode(),
        public=public.decode(),
        fingerprint=f"SHA256:{base64.b64encode(digest).decode().rstrip('=')}",
    )
