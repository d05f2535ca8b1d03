"""One secret, sealed under a key: the text ``1:KEY:DATA``, nonce and ciphertext of AES-256-GCM in base64.

What it is for is its associated data, so that a sealed text copied to another row does not open there.
"""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jams.objects.errors import ConfigurationInvalid

from .keyfiles import Keys

_FORM = "1"
_NONCE_BYTES = 12


def newest(keys: Keys) -> str:
    """The name of the key that seals."""
    return next(reversed(keys))


def under(key: str) -> str:
    """With what the texts begin that are sealed under a key."""
    return f"{_FORM}:{key}:"


def key_of(sealed: str) -> str:
    """The name of the key that a text is sealed under; empty if it is none."""
    form, _, rest = sealed.partition(":")
    return rest.partition(":")[0] if form == _FORM else ""


def seal(keys: Keys, secret: str, purpose: str) -> str:
    """The secret, sealed under the newest of the keys."""
    name = newest(keys)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    data = AESGCM(keys[name]).encrypt(nonce, secret.encode(), purpose.encode())
    return f"{under(name)}{base64.b64encode(nonce + data).decode()}"


def opened(keys: Keys, sealed: str, purpose: str, where: object) -> str:
    """The secret that was sealed for the purpose; ``where`` says whose keys they are.

    Raises:
        ConfigurationInvalid: its key is not among them, or it was not sealed with it for this purpose.
    """
    form, _, rest = sealed.partition(":")
    name, _, data = rest.partition(":")
    key = keys.get(name)
    if form != _FORM or key is None:
        raise ConfigurationInvalid(
            f"A secret cannot be read: {where} lacks the key {name} that it was stored under.", target=where
        )
    try:
        raw = base64.b64decode(data, validate=True)
        return AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise ConfigurationInvalid(
            "A stored secret was damaged or moved from where it was stored; set it again."
        ) from error
