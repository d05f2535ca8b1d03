"""The session key, under which SecureStrings travel up to protocol version 2.3 (MS-PSRP 2.2.5.1.24).

The exchange (RSA, PKCS#1 v1.5; then AES-256-CBC with a zero vector) is obfuscation and no protection;
confidentiality comes from SSH or TLS. From version 2.4 on there is no key: the text goes as base64.
"""

from __future__ import annotations

import base64
import binascii
import os
import struct

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from .protocol_errors import ClixmlViolation, MessageViolation, SessionKeyMissing

_BLOB = struct.Struct("<BBHI4sII")
_SIMPLE_BLOB = bytes.fromhex("010200001066000000a40000")
_BLOCK = 128


class Secrets:
    """Seals and unseals the secrets of one session, by the protocol version that was agreed."""

    def __init__(self) -> None:
        self.plain = False
        self._key: bytes | None = None

    @property
    def ready(self) -> bool:
        """Whether secrets can be written."""
        return self.plain or self._key is not None

    def exchange(self, public_key: str) -> str:
        """Take the client's public key ; gives the session key as ENCRYPTED_SESSION_KEY carries it.

        Both are Windows key blobs in base64.

        Raises MessageViolation if it is no RSA key of 2048 to 4096 bits.
        """
        key = _public_key(public_key)
        if self._key is None:
            self._key = os.urandom(32)
        sealed = key.encrypt(self._key, padding.PKCS1v15())
        return base64.b64encode(_SIMPLE_BLOB + sealed[::-1]).decode("ascii")

    def seal(self, secret: str) -> str:
        """The text of an SS element. Raises SessionKeyMissing."""
        clear = secret.encode("utf-16-le", "surrogatepass")
        if self.plain:
            return base64.b64encode(clear).decode("ascii")
        padder = PKCS7(_BLOCK).padder()
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(padder.update(clear) + padder.finalize()) + encryptor.finalize()
        return base64.b64encode(sealed).decode("ascii")

    def unseal(self, sealed: str) -> str:
        """The secret in an SS element. Raises SessionKeyMissing, ClixmlViolation."""
        try:
            data = base64.b64decode(sealed, validate=True)
            if not self.plain:
                decryptor = self._cipher().decryptor()
                unpadder = PKCS7(_BLOCK).unpadder()
                clear = decryptor.update(data) + decryptor.finalize()
                data = unpadder.update(clear) + unpadder.finalize()
            return data.decode("utf-16-le", "surrogatepass")
        except (binascii.Error, ValueError):
            raise ClixmlViolation("A secret cannot be decrypted.") from None

    def _cipher(self) -> Cipher[modes.CBC]:
        if self._key is None:
            raise SessionKeyMissing("client and server have not exchanged a session key")
        return Cipher(algorithms.AES(self._key), modes.CBC(bytes(16)))


def _public_key(text: str) -> rsa.RSAPublicKey:
    try:
        blob = base64.b64decode(text, validate=True)
        kind, version, _reserved, _algorithm, magic, bits, exponent = _BLOB.unpack_from(blob)
        modulus = blob[_BLOB.size :]
        if (kind, version, magic) != (6, 2, b"RSA1") or bits not in (2048, 3072, 4096):
            raise ValueError("not a public key")
        if len(modulus) != bits // 8:
            raise ValueError("the modulus is cut")
        return rsa.RSAPublicNumbers(exponent, int.from_bytes(modulus, "little")).public_key()
    except (ValueError, struct.error):
        raise MessageViolation("The client's public key cannot be used.") from None
