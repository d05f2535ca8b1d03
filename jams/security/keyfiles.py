"""Keys as text: a line ``NAME KEY`` for each, the newest last; in clear, or wrapped.

The file in the home directory and an exported one have the same form, so that either can stand for the other.
A wrapped text is ``wrapped:1:KIND:COST:SALT:DATA``: the lines, encrypted by AES-256-GCM under a key that is
derived as KIND says, with all that stands before DATA as associated data.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Callable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from jams.objects.errors import ConfigurationInvalid

from .wrapping import Wrapping

Keys = dict[str, bytes]
"""Keys by name, the newest last: that one seals, all of them open."""

KEY_BYTES = 32
_NONCE_BYTES = 12
_SALT_BYTES = 16
_WRAPPED = "wrapped:1:"
_LONGEST = 1 << 20


def new_key() -> tuple[str, bytes]:
    """A random key, and its name: the beginning of its SHA-256."""
    key = secrets.token_bytes(KEY_BYTES)
    return name_of(key), key


def name_of(key: bytes) -> str:
    """What a key is called: eight digits that tell nothing of it."""
    return hashlib.sha256(key).hexdigest()[:8]


def written(keys: Keys, wrapping: Wrapping | None) -> bytes:
    """The keys as the content of a file, wrapped unless ``wrapping`` is None.

    Raises:
        ConfigurationInvalid: what wraps cannot be had.
    """
    lines = "".join(f"{name} {base64.b64encode(key).decode()}\n" for name, key in keys.items())
    if wrapping is None:
        return lines.encode()
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    head = f"{_WRAPPED}{wrapping.kind}:{wrapping.cost}:{base64.b64encode(salt).decode()}:"
    key = wrapping.key(salt, wrapping.cost, make=True)
    data = nonce + AESGCM(key).encrypt(nonce, lines.encode(), head.encode())
    return f"{head}{base64.b64encode(data).decode()}\n".encode()


def kind_of(content: bytes) -> str | None:
    """How the content of a file is wrapped; None if it is in clear."""
    if not content.startswith(_WRAPPED.encode()):
        return None
    return content.decode("ascii", "replace").split(":")[2]


def read(content: bytes, wrapping_of: Callable[[str], Wrapping]) -> Keys:
    """The keys that the content of a file holds.

    Args:
        content: the content.
        wrapping_of: what unwraps a content of that kind.

    Raises:
        ValueError: it does not hold keys.
        ConfigurationInvalid: it is wrapped, and what unwraps cannot be had, or is another.
    """
    if len(content) > _LONGEST:
        raise ValueError("not keys")
    text = content.decode("ascii")
    if text.startswith(_WRAPPED):
        text = _unwrapped(text.strip(), wrapping_of)
    return dict(_parsed(line) for line in text.splitlines() if line.strip())


def _unwrapped(text: str, wrapping_of: Callable[[str], Wrapping]) -> str:
    head, _, data = text.rpartition(":")
    _, _, kind, cost, salt = head.split(":")
    raw = base64.b64decode(data, validate=True)
    wrapping = wrapping_of(kind)
    try:
        key = wrapping.key(base64.b64decode(salt, validate=True), cost, make=False)
        plain = AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], f"{head}:".encode())
    except InvalidTag:
        raise ConfigurationInvalid(f"The keys cannot be unwrapped: {wrapping.other}.") from None
    return plain.decode("ascii")


def _parsed(line: str) -> tuple[str, bytes]:
    name, text = line.split()
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not a key") from error
    if len(key) != KEY_BYTES or not name.isalnum():
        raise ValueError("not a key")
    return name, key
