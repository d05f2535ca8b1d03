"""EXPORT KEY: the keys in a file, to be kept elsewhere."""

from __future__ import annotations

from jams.security import keys
from jams.services.secret_keys import vault_of

from .passphrases import PASSPHRASE, new_passphrase
from .verb import Call, Qualifier, Verb

CLEAR = Qualifier("CLEAR", "write the keys as they are: whoever has the file can read every secret")
REPLACE = Qualifier("REPLACE", "replace a file of that name")


def run(call: Call) -> int:
    """Write the file."""
    path = call.path(call.words[0])
    passphrase = None if call.has(CLEAR.name) else new_passphrase(call)
    names = keys.export(vault_of(call.settings), path, passphrase, replace=call.has(REPLACE.name))
    print(
        f"{path} holds the key {names[-1]}{_older(names)}, {'in clear' if passphrase is None else 'wrapped'}."
    )
    print("Bring it to a safe place, and remove it here.")
    return 0


def _older(names: list[str]) -> str:
    return f" and older ones ({', '.join(names[:-1])})" if names[1:] else ""


VERB = Verb(
    about="write the key into a file, wrapped by a passphrase",
    audited=True,
    run=run,
    places=("file",),
    qualifiers=(CLEAR, PASSPHRASE, REPLACE),
    more=(
        "The passphrase is asked for, or is the first line of standard input. The file is its owner's alone.",
    ),
)
