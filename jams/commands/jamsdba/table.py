"""The verbs of JAMSDBA: each is a module of this package that has a ``VERB``, imported when it is said."""

from __future__ import annotations

from importlib import import_module

from .verb import Verb

MODULES = {
    "INSTALL": "install",
    "UPDATE": "update",
    "RESET SCHEDULE": "reset_schedule",
    "RESET FAILOVER": "reset_failover",
    "BACKUP": "backup",
    "RESTORE": "restore",
    "RELOCATE": "relocate",
    "GRANT": "grant",
    "DR CHECK": "dr_check",
    "SIZE": "size",
    "PURGE": "purge",
    "GENERATE KEY": "generate_key",
    "EXPORT KEY": "export_key",
    "IMPORT KEY": "import_key",
    "PROTECT": "protect",
    "WRAP KEY": "wrap_key",
    "VERIFY KEYS": "verify_keys",
    "VERIFY DATABASE": "verify_database",
    "VERIFY AUDIT": "verify_audit",
    "EXPORT AUDIT": "export_audit",
}
"""Phrase and module of each verb, in the order of HELP. HELP and EXIT belong to the prompt itself."""


def load(phrase: str) -> Verb:
    """The verb of that phrase."""
    verb: Verb = import_module(f"{__package__}.{MODULES[phrase]}").VERB
    return verb
