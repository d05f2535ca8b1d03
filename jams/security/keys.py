"""The keys of a server: made, exported, imported, proved.

A key is added to the key file before anything is sealed under it, and taken out after nothing is. So every
step of a change leaves a server that can open all its secrets, whoever is killed there.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from jams.objects.errors import AlreadyExists, ConfigurationInvalid, Conflict, InvalidArgument

from . import keyfiles, resealing, sealing
from .files import write_private
from .keyfiles import Keys
from .resealing import Proof, Resealed, Tell, untold
from .storage import Storage
from .vault import Vault
from .wrapping import Passphrase, Wrapping


class Imported(Struct, frozen=True, kw_only=True):
    """What came of an import: the newest key of the file, and what was sealed anew, if anything was to be."""

    key: str
    resealed: Resealed | None


def generate(database: Storage, vault: Vault, *, keep: bool = False, tell: Tell = untold) -> Resealed:
    """Make a new key, and seal every secret under it; a server that runs goes on meanwhile.

    Args:
        database: where the secrets lie.
        vault: the keys.
        keep: whether keys stay in the key file that nothing needs any more, for backups of earlier.
        tell: is told how many secrets are done, and of how many.

    Raises:
        ConfigurationInvalid: the key file cannot be used.
    """
    name, key = keyfiles.new_key()
    vault.change(lambda keys: {**keys, name: key})
    return resealing.reseal(database, vault, keep=keep, tell=tell)


def export(vault: Vault, path: Path, passphrase: str | None, *, replace: bool = False) -> list[str]:
    """Write all keys of a server into a file that its owner alone can read; their names, the newest last.

    Args:
        vault: the keys.
        path: the file.
        passphrase: what wraps them; None writes them in clear.
        replace: whether a file of that name is replaced.

    Raises:
        AlreadyExists: there is such a file.
        ConfigurationInvalid: there are no keys yet, the passphrase is too short, or the file cannot be
            written.
    """
    keys = vault.keys()
    if not keys:
        raise ConfigurationInvalid("There is no key yet; GENERATE KEY makes one.")
    content = keyfiles.written(keys, None if passphrase is None else Passphrase(passphrase))
    if path.exists() and os.path.samefile(path, vault.path):
        raise InvalidArgument(f"{path} is the key file itself.")
    if path.exists() and not replace:
        raise AlreadyExists(f"There is a file {path} already.", target=path)
    write_private(path, content)
    return list(keys)


def read_exported(path: Path, passphrase: str | None) -> Keys:
    """The keys of an exported file.

    Raises:
        ConfigurationInvalid: it cannot be read, holds no keys, is wrapped and there is no passphrase or
            another one.
    """

    def wrapping(kind: str) -> Wrapping:
        if kind != Passphrase.kind:
            raise ConfigurationInvalid(f"{path} is wrapped by {kind}: it is no exported key.", target=path)
        if passphrase is None:
            raise ConfigurationInvalid(f"{path} is wrapped by a passphrase, which is missing.", target=path)
        return Passphrase(passphrase)

    try:
        keys = keyfiles.read(path.read_bytes(), wrapping)
    except OSError as error:
        raise ConfigurationInvalid(f"{path} cannot be read: {error.strerror}.", target=path) from None
    except ValueError:
        raise ConfigurationInvalid(f"{path} does not hold keys.", target=path) from None
    if not keys:
        raise ConfigurationInvalid(f"{path} does not hold keys.", target=path)
    return keys


def is_wrapped(path: Path) -> bool:
    """Whether an exported file asks for a passphrase; false for what cannot be read."""
    try:
        return keyfiles.kind_of(path.read_bytes()) is not None
    except OSError:
        return False


def import_keys(
    database: Storage,
    vault: Vault,
    keys: Keys,
    *,
    encrypt: bool = True,
    keep: bool = False,
    tell: Tell = untold,
) -> Imported:
    """Take keys over; the newest of them seals from now on.

    Args:
        database: where the secrets lie.
        vault: the keys of this server, to which they are added.
        keys: the imported keys.
        encrypt: whether every secret is sealed anew under it. If not, they lie under it already: in a
            restored database, or one that is shared with the server from which the key comes.
        keep: as of :func:`generate`.
        tell: as of :func:`generate`.

    Raises:
        Conflict: the keys cannot do what is asked; nothing was changed, and the message says why.
        ConfigurationInvalid: the key file cannot be used.
    """
    before = vault.keys()
    proof = resealing.prove(database, {**before, **keys}, "what is imported, with the keys of this server,")
    if proof.unopened and encrypt:
        first = proof.unopened[0]
        raise Conflict(
            f"{len(proof.unopened)} of {proof.total} secrets lie under other keys (the first: {first.noun} "
            f"{first.name}, key {first.key}) and cannot be sealed anew; if they lie under the imported key, "
            "say /NOENCRYPT.",
        )
    if not encrypt and proof.total and not set(keys) & set(proof.keys) and proof.unopened:
        raise Conflict(
            f"None of the {proof.total} secrets lies under the imported key {sealing.newest(keys)}; they "
            f"need {', '.join(sorted({each.key or '?' for each in proof.unopened}))}. Nothing was changed.",
        )

    def joined(known: Keys) -> Keys:
        return {**{name: key for name, key in known.items() if name not in keys}, **keys}

    vault.change(joined)
    resealed = resealing.reseal(database, vault, keep=keep, tell=tell) if encrypt else None
    return Imported(key=sealing.newest(keys), resealed=resealed)


def prove(database: Storage, vault: Vault, *, tell: Tell = untold) -> Proof:
    """Whether the keys at hand open every secret. Raises ConfigurationInvalid."""
    return resealing.prove(database, vault.keys(), vault.path, tell)
