"""The keys of a home's secrets, kept as Common.config says."""

from __future__ import annotations

import os
from pathlib import Path

from jams.security.one_time_codes import OneTimeCodes
from jams.security.vault import KEY_FILE, Vault
from jams.security.wrapping import KeyCommand, PassphraseFile, SystemKeyring, Wrapping

from .settings import Settings


def vault_of(settings: Settings) -> Vault:
    """The vault of a home; touches nothing.

    What is configured unwraps, whatever ``KeyProtection`` says of the next time that the file is written: so
    one way of keeping the keys can be left for another.
    """
    wrappings: dict[str, Wrapping] = {"keyring": SystemKeyring(str(settings.home))}
    if settings.key_passphrase_file:
        path = Path(os.path.expandvars(settings.key_passphrase_file)).expanduser()
        wrappings["passphrase"] = PassphraseFile(settings.home / path)
    if settings.key_command:
        wrappings["command"] = KeyCommand(settings.key_command)
    kind = settings.key_protection
    return Vault(settings.home / KEY_FILE, wrapped=None if kind == "file" else kind, wrappings=wrappings)


def one_time_codes(settings: Settings) -> OneTimeCodes:
    """The one-time codes of a home's accounts; touches nothing."""
    return OneTimeCodes(vault_of(settings), issuer=f"JAMS {settings.name}")
