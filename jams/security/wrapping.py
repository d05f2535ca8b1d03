"""What keys are wrapped with: a passphrase, the system's keyring, or what a command says."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import shlex
import subprocess
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jams.objects.errors import ConfigurationInvalid

from .files import read_private

_BYTES = 32
_DERIVED = "-"
_SCRYPT = "15-8-1"
"""What scrypt is told: the logarithm of N, r and p. 32 MiB and a tenth of a second."""

_MOST_LOG_N, _MOST_R, _MOST_P = 19, 16, 4
_SHORTEST_PASSPHRASE = 12
_SHORTEST_FETCHED = 16
_COMMAND_SECONDS = 60
_SERVICE = "JAMS"


class Wrapping(Protocol):
    """What gives the key that wraps other keys. An instance may keep what it was told, in memory alone."""

    @property
    def kind(self) -> str:
        """What it is called in a wrapped file."""

    @property
    def cost(self) -> str:
        """What a new wrapped file says of how its key is derived."""

    @property
    def other(self) -> str:
        """What is said when a file was wrapped with another one of this kind."""

    def key(self, salt: bytes, cost: str, *, make: bool) -> bytes:
        """The 256-bit key for a salt; ``make`` says that a secret may be made that is not there yet.

        Raises:
            ConfigurationInvalid: it cannot be had.
            ValueError: there is no such cost.
        """


class Passphrase:
    """A passphrase; the key is derived from it by scrypt."""

    kind = "passphrase"
    cost = _SCRYPT
    other = "the passphrase is another, or the file was damaged"

    def __init__(self, passphrase: str) -> None:
        """Raises ConfigurationInvalid when the passphrase is too short to keep a key."""
        if len(passphrase) < _SHORTEST_PASSPHRASE:
            raise ConfigurationInvalid(
                f"A passphrase that wraps keys has at least {_SHORTEST_PASSPHRASE} characters."
            )
        self._passphrase = passphrase.encode()
        self._known: dict[tuple[bytes, str], bytes] = {}

    def __repr__(self) -> str:
        return "Passphrase()"

    def key(self, salt: bytes, cost: str, *, make: bool) -> bytes:
        """See :class:`Wrapping`; kept for each salt, since deriving it is meant to be slow."""
        if (salt, cost) not in self._known:
            log_n, r, p = map(int, cost.split("-"))
            if not (10 <= log_n <= _MOST_LOG_N and 1 <= r <= _MOST_R and 1 <= p <= _MOST_P):
                raise ValueError("no cost of scrypt that is taken")
            self._known[salt, cost] = hashlib.scrypt(
                self._passphrase, salt=salt, n=1 << log_n, r=r, p=p, maxmem=(1 << 31) - 1, dklen=_BYTES
            )
        return self._known[salt, cost]


class PassphraseFile:
    """A passphrase that stands in a file which nobody else can read; the file is read when it is needed."""

    kind = Passphrase.kind
    cost = Passphrase.cost
    other = Passphrase.other

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: Passphrase | None = None

    def key(self, salt: bytes, cost: str, *, make: bool) -> bytes:
        """See :class:`Wrapping`."""
        if self._read is None:
            try:
                text = read_private(self._path).decode().strip("\r\n")
            except (OSError, UnicodeDecodeError) as error:
                reason = getattr(error, "strerror", None) or "it is no text"
                raise ConfigurationInvalid(
                    f"KeyPassphraseFile: {self._path} cannot be read: {reason}.", target="KeyPassphraseFile"
                ) from None
            self._read = Passphrase(text)
        return self._read.key(salt, cost, make=make)


class SystemKeyring:
    """A random secret in the keyring of the system's account (Secret Service, Keychain, Windows' locker)."""

    kind = "keyring"
    cost = _DERIVED
    other = "the keyring holds another secret than the one they were wrapped with"

    def __init__(self, owner: str) -> None:
        """``owner`` tells servers of one account apart: the path of the home directory."""
        self._owner = owner
        self._secret: bytes | None = None

    def key(self, salt: bytes, cost: str, *, make: bool) -> bytes:
        """See :class:`Wrapping`."""
        if self._secret is None:
            self._secret = self._found(make)
        return _derived(self._secret, salt)

    def _found(self, make: bool) -> bytes:
        try:
            import keyring
            from keyring.errors import KeyringError
        except ImportError:
            raise ConfigurationInvalid(
                "KeyProtection keyring needs the package keyring; install openjams[keyring].",
                target="KeyProtection",
            ) from None
        try:
            text = keyring.get_password(_SERVICE, self._owner)
            if text is None and make:
                text = base64.b64encode(secrets.token_bytes(_BYTES)).decode()
                keyring.set_password(_SERVICE, self._owner, text)
                text = keyring.get_password(_SERVICE, self._owner)
        except KeyringError as error:
            raise ConfigurationInvalid(
                f"The keyring of this account cannot be used: {error}.", target="KeyProtection"
            ) from None
        if text is None:
            raise ConfigurationInvalid(
                f"The keyring of this account holds nothing of {_SERVICE} for {self._owner}, with which the "
                "keys were wrapped.",
                target="KeyProtection",
            )
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error:
            raise ConfigurationInvalid(
                f"What the keyring of this account holds of {_SERVICE} for {self._owner} is no key."
            ) from None


class KeyCommand:
    """A command that writes a secret to its standard output, as clients of key stores (KMS, Vault) do."""

    kind = "command"
    cost = _DERIVED
    other = "KeyCommand has said another secret than the one they were wrapped with"

    def __init__(self, command: str) -> None:
        self._command = command
        self._secret: bytes | None = None

    def key(self, salt: bytes, cost: str, *, make: bool) -> bytes:
        """See :class:`Wrapping`; the command is run once in the life of a process."""
        if self._secret is None:
            self._secret = self._fetched()
        return _derived(self._secret, salt)

    def _fetched(self) -> bytes:
        try:
            done = subprocess.run(
                shlex.split(self._command),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_COMMAND_SECONDS,
                check=False,
            )
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            reason = getattr(error, "strerror", None) or (
                f"it took longer than {_COMMAND_SECONDS} seconds"
                if isinstance(error, subprocess.TimeoutExpired)
                else str(error)
            )
            raise ConfigurationInvalid(f"KeyCommand cannot be run: {reason}.", target="KeyCommand") from None
        if done.returncode:
            raise ConfigurationInvalid(
                f"KeyCommand has ended with {done.returncode} and gives no key.", target="KeyCommand"
            )
        said = done.stdout.strip()
        if len(said) < _SHORTEST_FETCHED:
            raise ConfigurationInvalid(
                f"KeyCommand has written fewer than {_SHORTEST_FETCHED} characters, which is no key.",
                target="KeyCommand",
            )
        return said


def _derived(secret: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), _BYTES, salt, b"JAMS keys").derive(secret)
