"""Secrets at rest: AES-256-GCM under keys that a file in the home directory holds.

A sealed secret is a text ``1:KEY:DATA``: the form, the name of the key it was sealed under, and nonce and
ciphertext in base64. It is bound to its purpose, so that a sealed text copied to another place does not open.
The key file holds a line ``NAME KEY`` for each key, the newest last: that one seals, all of them open, so
that a new key can be added before everything is sealed anew.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jams.objects.errors import ConfigurationInvalid

from .files import read_private, write_private

KEY_FILE = "secret.key"
"""The name of the key file in the home directory."""

_FORM = "1"
_NONCE_BYTES = 12
_KEY_BYTES = 32


class Vault:
    """Seals and opens secrets with the keys in a file.

    The file is read whenever it is needed, so that a key that another process adds counts at once.
    """

    def __init__(self, path: Path) -> None:
        """Names the key file; touches nothing."""
        self._path = path

    def __repr__(self) -> str:
        return f"Vault({self._path})"

    def seal(self, secret: str, purpose: str) -> str:
        """The secret as it may be stored. The first time of all, a random key is made.

        Raises:
            ConfigurationInvalid: the key file cannot be used.
        """
        keys = self._keys() or self._make_key()
        name, key = list(keys.items())[-1]
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, secret.encode(), purpose.encode())
        return f"{_FORM}:{name}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, purpose: str) -> str:
        """The secret that was sealed for the purpose.

        Raises:
            ConfigurationInvalid: its key is missing, or the text was not sealed with it for this purpose.
        """
        form, _, rest = sealed.partition(":")
        name, _, data = rest.partition(":")
        key = self._keys().get(name)
        if form != _FORM or key is None:
            raise ConfigurationInvalid(
                f"A secret cannot be read: {self._path} lacks the key {name} that it was stored under.",
                target=self._path,
            )
        try:
            raw = base64.b64decode(data, validate=True)
            return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise ConfigurationInvalid(
                "A stored secret was damaged or moved from where it was stored; set it again."
            ) from error

    def _keys(self) -> dict[str, bytes]:
        """The keys by name, the newest last; none while there is no file."""
        try:
            lines = read_private(self._path).decode("ascii").splitlines()
            return dict(_parsed(line) for line in lines if line.strip())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it does not hold keys"
            raise ConfigurationInvalid(
                f"{self._path} cannot be used: {reason}.", target=self._path
            ) from error

    def _make_key(self) -> dict[str, bytes]:
        """Write the first key, unless another process is quicker; the keys then."""
        key = secrets.token_bytes(_KEY_BYTES)
        name = hashlib.sha256(key).hexdigest()[:8]
        made = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}")
        write_private(made, f"{name} {base64.b64encode(key).decode()}\n".encode())
        try:
            # A link, unlike a rename, never replaces a key under which something may be sealed already.
            os.link(made, self._path)
        except FileExistsError:
            pass
        except OSError as error:
            raise ConfigurationInvalid(f"{self._path} cannot be written: {error.strerror}.") from error
        finally:
            with suppress(OSError):
                made.unlink()
        return self._keys()


def _parsed(line: str) -> tuple[str, bytes]:
    name, text = line.split()
    key = base64.b64decode(text, validate=True)
    if len(key) != _KEY_BYTES:
        raise ValueError("not a key")
    return name, key
