"""Secrets at rest: sealed under the keys of a server, which a file in its home directory holds.

The newest key seals, all of them open (:mod:`jams.security.sealing`). The file holds them in clear, readable
for its owner alone, or wrapped (:mod:`jams.security.keyfiles`); it is always replaced as a whole, so that
whoever is killed meanwhile leaves the keys of before or those of after.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from jams.objects.durability import sync_directory
from jams.objects.errors import ConfigurationInvalid

from . import keyfiles, sealing
from .files import read_private, write_private
from .keyfiles import Keys
from .wrapping import Wrapping

KEY_FILE = "secret.key"
"""The name of the key file in the home directory."""

_LOCK_SECONDS = 30.0


class Vault:
    """Seals and opens secrets with the keys in a file.

    The file is read whenever it is needed, so that a key that another process adds counts at once.
    """

    def __init__(
        self, path: Path, *, wrapped: str | None = None, wrappings: Mapping[str, Wrapping] | None = None
    ) -> None:
        """Names the key file; touches nothing.

        Args:
            path: the key file.
            wrapped: the kind of wrapping that the file is written with; None writes it in clear.
            wrappings: what wraps and unwraps, by kind.
        """
        self.path = path
        self._wrapped = wrapped
        self._wrappings = wrappings or {}

    def __repr__(self) -> str:
        return f"Vault({self.path})"

    def seal(self, secret: str, purpose: str) -> str:
        """The secret as it may be stored. The first time of all, a random key is made.

        Whoever stores it seals it within the transaction that stores it, behind the lock of the definitions:
        a key is given up behind that lock too, when nothing is sealed under it.

        Raises:
            ConfigurationInvalid: the key file cannot be used.
        """
        return sealing.seal(self.keys_to_seal(), secret, purpose)

    def open(self, sealed: str, purpose: str) -> str:
        """The secret that was sealed for the purpose.

        Raises:
            ConfigurationInvalid: its key is missing, or the text was not sealed with it for this purpose.
        """
        return sealing.opened(self.keys(), sealed, purpose, self.path)

    def keys(self) -> Keys:
        """The keys by name, the newest last; none while there is no file.

        Raises:
            ConfigurationInvalid: the key file cannot be used.
        """
        try:
            return keyfiles.read(read_private(self.path), self._wrapping)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it does not hold keys"
            raise ConfigurationInvalid(f"{self.path} cannot be used: {reason}.", target=self.path) from error

    def keys_to_seal(self) -> Keys:
        """The keys, with a first one if there was none. Raises ConfigurationInvalid."""
        return self.keys() or self.change(lambda keys: keys or dict([keyfiles.new_key()]))

    def change(self, work: Callable[[Keys], Keys]) -> Keys:
        """Replace the keys by what ``work`` makes of them, one process after the other; the keys then.

        Raises:
            ConfigurationInvalid: the key file cannot be used or written.
        """
        if not self.keys() and (first := self._first(work)) is not None:
            return first
        try:
            with FileLock(f"{self.path}.lock", timeout=_LOCK_SECONDS, is_singleton=False, mode=0o600):
                self._clear_away()
                before = self.keys()
                after = work(dict(before))
                if list(after.items()) != list(before.items()) or not self.is_kept_as_told():
                    write_private(self.path, keyfiles.written(after, self._wrapping_to_write()))
                return after
        except Timeout:
            raise ConfigurationInvalid(
                f"Another process has been changing {self.path} for {_LOCK_SECONDS:.0f} seconds; try again."
            ) from None
        except OSError as error:
            raise ConfigurationInvalid(f"{self.path} cannot be written: {error.strerror}.") from error

    def is_kept_as_told(self) -> bool:
        """Whether the file is wrapped as this vault would write it; true while there is none."""
        try:
            return keyfiles.kind_of(read_private(self.path)) == self._wrapped
        except FileNotFoundError:
            return True

    def _first(self, work: Callable[[Keys], Keys]) -> Keys | None:
        """Write the first keys; None if another process was quicker."""
        keys = work({})
        made = self.path.with_name(f".first.{self.path.name}.{secrets.token_hex(4)}")
        write_private(made, keyfiles.written(keys, self._wrapping_to_write()))
        try:
            # A link, unlike a rename, never replaces a key under which something may be sealed already.
            os.link(made, self.path)
        except (FileExistsError, FileNotFoundError):
            return None
        except OSError as error:
            raise ConfigurationInvalid(f"{self.path} cannot be written: {error.strerror}.") from error
        finally:
            with suppress(OSError):
                made.unlink()
        sync_directory(self.path.parent)
        return keys

    def _clear_away(self) -> None:
        """Remove what somebody has left behind who was killed while he wrote."""
        for pattern in (f".{self.path.name}.*", f".first.{self.path.name}.*"):
            for remains in self.path.parent.glob(pattern):
                remains.unlink(missing_ok=True)

    def _wrapping_to_write(self) -> Wrapping | None:
        return None if self._wrapped is None else self._wrapping(self._wrapped)

    def _wrapping(self, kind: str) -> Wrapping:
        found = self._wrappings.get(kind)
        if found is None:
            raise ConfigurationInvalid(
                f"{self.path} is wrapped by {kind}, and Common.config does not say how to unwrap it.",
                target=self.path,
            )
        return found
