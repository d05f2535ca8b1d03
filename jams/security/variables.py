"""The values of encrypted variables, sealed in the vault: runs use them, and nobody is shown one."""

from __future__ import annotations

from sqlalchemy import Connection

from jams.database import variables as rows
from jams.database.sealed import VARIABLE

from .vault import Vault


class VariableSecrets:
    """Seals and opens the values of the variables of one server."""

    def __init__(self, vault: Vault) -> None:
        """Touches nothing."""
        self._vault = vault

    def get_ready(self) -> None:
        """Do what is slow of sealing before a transaction, which it shall not hold up.

        Raises:
            ConfigurationInvalid: the key cannot be used.
        """
        self._vault.keys_to_seal()

    def seal(self, id: int, value: str) -> str:
        """The value of the variable of that number as it is stored; behind the lock of the definitions.

        Raises:
            ConfigurationInvalid: the key cannot be used.
        """
        return self._vault.seal(value, VARIABLE.purpose(str(id)))

    def open(self, c: Connection, id: int) -> str:
        """The value of an encrypted variable, to be used and not shown.

        Raises:
            VariableNotFound: there is no such variable, or it is not encrypted any more.
            ConfigurationInvalid: its value cannot be opened.
        """
        return self._vault.open(rows.sealed(c, id), VARIABLE.purpose(str(id)))
