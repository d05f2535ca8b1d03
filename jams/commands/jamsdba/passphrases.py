"""The passphrase of an exported key: from a file, a terminal, or standard input. Never an argument."""

from __future__ import annotations

import getpass
import sys

from jams.commands.passwords import read_password
from jams.objects.errors import ConfigurationInvalid
from jams.security.files import read_private

from .verb import Call, Qualifier

PASSPHRASE = Qualifier(
    "PASSPHRASE", "a file with the passphrase, which nobody else can read; asked for otherwise", "file"
)


def new_passphrase(call: Call) -> str:
    """A passphrase that is being set. Raises InvalidArgument, ConfigurationInvalid."""
    return _of_file(call) or read_password("Passphrase of the exported key: ")


def known_passphrase(call: Call) -> str:
    """A passphrase that was set before. Raises ConfigurationInvalid."""
    given = _of_file(call)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass("Passphrase of the exported key: ")


def _of_file(call: Call) -> str | None:
    named = call.value(PASSPHRASE.name)
    if named is None:
        return None
    path = call.path(named)
    try:
        return read_private(path).decode().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigurationInvalid(f"{path} cannot be read: {reason}.", target=path) from None
